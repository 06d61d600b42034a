/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TICKET_PAGE_H
#define WEB_TICKET_PAGE_H

/* One ticket: what happened, what was promised, who asked, and what can be done. */

#include "http/reply.h"
#include "store/ticket.h"

/* What a form that comes back brings along, so that nothing typed is lost. */
struct ticket_typed {
	const char *words; /* NULL: the draft that the server keeps */
	bool conflict;
	int64_t seen;	      /* a conflict: the newest event the form knew of */
	int64_t team, person; /* chosen in the assignment; 0: as they are */
	bool extend;	      /* ticked: the reply says that it takes longer */
	int64_t priority;     /* chosen; 0: as it is */
	const char *reason;
	/* Promises: news by then (or a review of the wait), why we wait, what was said on
	 * the telephone and when, why it is handed back. NULL: nothing typed. */
	const char *by_day, *by_time, *waits;
	const char *call, *call_day, *call_time, *call_reason, *refusal;
};

/* The ticket of a reference as it was typed or linked, in the organisation the actor
 * works in, in others that they work for, and in those that share with it. DONE or
 * MISSING. */
enum outcome ticket_page_find(
	struct work *w, const char *reference, struct ticket *t) must_check;

/* Prints the page, or the question that comes before a sealed ticket; problems of the
 * work stand at their fields. Always DONE. */
enum outcome ticket_page_print(struct work *w, const struct request *q,
	const struct ticket *t, const struct ticket_typed *typed, struct reply *r);

/* GET /staff/tickets/:ref?before=SEQ; part=live gives only what a live page patches,
 * part=people&team=ID the people of a team to choose from. */
enum outcome ticket_page_show(struct work *w, const struct request *q, struct reply *r);

/* GET /staff/tickets/:ref/files/:id: always to be saved, never shown. */
enum outcome ticket_page_file(struct work *w, const struct request *q, struct reply *r);

#endif
