/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SERVICE_VIEW_H
#define WEB_SERVICE_VIEW_H

#include "web/page.h"
#include "web/parts.h"

struct service_group {
	const char *name; /* of a category, or a letter */
	const char *id;	  /* to link to within the page */
	struct page_links services;
};

struct service_groups {
	const struct service_group *at;
	int count;
};

/* The first page of all. */
struct home_view {
	struct page page;
	bool asked_for; /* the first list is by what was asked for most */
	struct page_links first;
	struct page_links groups;
};

/* The catalogue: by category, by letter, one category, or what a search found. */
struct services_view {
	struct page page;
	const char *category; /* the one shown, or NULL */
	const char *question; /* what was searched for; "" */
	int found;	      /* how many */
	bool searched;
	bool letters; /* the groups are letters */
	struct service_groups groups;
};

/* Where a form begins. */
struct start_view {
	struct page page;
	const char *name;
	const char *emergency;
	const char *action;
	const char *sign_in;	 /* when an account is needed and nobody is signed in */
	const char *charge;	 /* "£38.50" */
	enum word who;		 /* WORD_NONE: anybody */
	const char *aim;	 /* "10 working days" */
	struct page_links bring; /* files that it asks for */
	int questions;
	struct part_button go;
	struct part_button again; /* text NULL: nothing was begun before */
};

#endif
