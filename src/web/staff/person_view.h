/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PERSON_VIEW_H
#define WEB_PERSON_VIEW_H

/* People and their tickets as the views of search and of one person print them. */

#include "web/page.h"
#include "web/parts.h"
#include "web/staff/queue_view.h"
#include "web/staff/ticket_sheet.h"

struct person_row {
	const char *name, *href, *email, *phone, *body, *address, *adjustments;
	bool vip, vulnerable;
	struct ticket_links tickets;
};

struct person_rows {
	const struct person_row *at;
	int count;
};

struct staff_search_view {
	struct page page;
	const char *text; /* what was searched; "" at first */
	bool may_people;
	bool none;	/* nothing was found */
	bool misread;	/* it looks like a reference with a wrong digit */
	bool no_ticket; /* a right reference, but no ticket to be seen */
	bool more;	/* more people than are shown */
	struct person_rows people;
};

struct person_page_view {
	struct page page;
	struct person_row person;
	struct ticket_links tickets;
	const char *next, *first; /* addresses */
	const char *log;	  /* to log a contact of theirs, or NULL */
};

#endif
