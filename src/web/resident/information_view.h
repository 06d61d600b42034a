/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_INFORMATION_VIEW_H
#define WEB_INFORMATION_VIEW_H

/* Help, cookies, privacy and the accessibility statement. */

#include "web/page.h"

struct information_view {
	struct page page;
	const char *email, *phone;	  /* of the organisation; "" when it has none */
	const char *mailto, *tel;	  /* as addresses */
	const char *date;		  /* of the statement */
	const char *guidelines, *service; /* addresses of others */
	const char *front;		  /* of the names of cookies */
};

struct privacy_row {
	const char *service;
	const char *kept; /* "2 years" */
};

struct privacy_rows {
	const struct privacy_row *at;
	int count;
};

struct privacy_group {
	const char *name;
	struct privacy_rows rows;
};

struct privacy_groups {
	const struct privacy_group *at;
	int count;
};

struct privacy_view {
	struct page page;
	const char *mailto;
	const char *commissioner;
	struct privacy_groups groups;
};

#endif
