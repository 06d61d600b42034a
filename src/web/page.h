/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

/*
 * What every page has around its body. A page struct begins with
 *
 *	struct page page;
 *
 * and the layout its view names (views/resident/resident.html, views/staff/staff.html)
 * prints it. Texts are in the language of the page; NULL leaves a thing out.
 */

#include "format/words.h"

/* A link of a trail or list. */
struct page_link {
	const char *text;
	const char *href; /* NULL: words only */
};

struct page_links {
	const struct page_link *at;
	int count;
};

/* The same page in each language, the one shown included. */
struct page_language {
	const char *tag;  /* "cy" */
	const char *name; /* "Cymraeg" */
	const char *href;
	bool current;
};

struct page_languages {
	const struct page_language *at;
	int count;
};

/* What was just done, shown once on the page that follows. */
enum page_notice_kind { NOTICE_NONE, NOTICE_SUCCESS, NOTICE_INFORMATION };

struct page_notice {
	enum page_notice_kind kind;
	const char *text;
	const char *undo; /* address that a form posts to, to take it back */
};

/* The entry of the navigation a page belongs to. */
enum page_section {
	SECTION_NONE,
	/* residents */
	SECTION_SERVICES,
	SECTION_TRACK,
	SECTION_HELP,
	SECTION_ACCOUNT,
	/* staff */
	SECTION_QUEUE,
	SECTION_NEW,
	SECTION_SEARCH,
	SECTION_KNOWLEDGE,
	SECTION_REPORTS,
	SECTION_WALLBOARD,
	SECTION_ADMIN,
};

struct page {
	enum word title;	/* whole sentence or name of the page */
	const char *title_text; /* instead, when it is data: a subject, a service */
	const char *language;	/* of the page: "en" */
	const char *organisation;
	const char *catalogue; /* language of what the organisation wrote (services and
				  their answers), when it is not that of the page */
	const char *brand;     /* address of the organisation's own style sheet */
	const char *person;    /* who is signed in */
	const char *token; /* against forged forms: {part token p.page} in each form */
	enum page_section section;
	bool wrong; /* the form came back: "Error: " before the title */
	/* staff: which ways the bar shows */
	bool may_work;	  /* the queue */
	bool may_create;  /* logging a contact for somebody */
	bool may_figures; /* reports */
	bool may_board;	  /* the wallboard */
	bool may_admin;
	bool alarm;		 /* staff: the glass was broken today */
	bool may_audit;		 /* the register of agreements and the audit */
	const char *back;	 /* residents: the back link */
	const char *live;	 /* staff: address of the page's event stream */
	const char *about;	 /* the one reference whose changes matter to it */
	struct page_links trail; /* breadcrumbs, without this page itself */
	struct page_notice notice;
	struct page_languages languages;
};

#endif
