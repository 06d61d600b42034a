/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_TICKET_LIST_H
#define STORE_TICKET_LIST_H

/* Lists of tickets, in pages by key: what a scope does not cover is not in them. */

#include "store/ticket.h"

enum ticket_view {
	/* open ones, by due */
	TICKET_MINE,
	TICKET_TEAM,
	TICKET_ALL,
	/* newest first, whatever their status */
	TICKET_OF_CUSTOMER,
	TICKET_EVERY,
	/* resolved and closed ones, last solved first */
	TICKET_SOLVED,
};

struct ticket_query {
	enum ticket_view view;
	int64_t team;	  /* TICKET_TEAM: that team; 0: any of mine */
	int64_t customer; /* TICKET_OF_CUSTOMER: newest first, solved ones too */
	/* The cursor, both 0 at the beginning: where the last page ended. For
	 * TICKET_SOLVED after_due is the solved instant. */
	int64_t after_due, after_id;
	const char *status; /* only those; NULL: any the view has. Not for counting. */
	int limit;	    /* 1..200 */
};

struct ticket_list {
	struct ticket *at;
	int count;
	bool more; /* there is a next page, after at[count - 1] */
};

/* A page of a view. */
void ticket_list_read(struct work *w, const struct scope *s, const struct ticket_query *q,
	struct ticket_list *list);

/* The newest TICKET_EACH of each of at most TICKET_PEOPLE customers, theirs together. */
enum { TICKET_PEOPLE = 10, TICKET_EACH = 5 };
void ticket_list_of_people(struct work *w, const struct scope *s, const int64_t *people,
	int count, struct ticket_list *list);

/* How many tickets a view of open ones or of a customer has, counted to at most `most`.
 */
int64_t ticket_list_count(struct work *w, const struct scope *s,
	const struct ticket_query *q, int64_t most);

#endif
