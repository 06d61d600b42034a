/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_EVENT_H
#define STORE_EVENT_H

/* What happened to a ticket: append-only, the timeline. Written by desk/timeline alone.
 */

#include "format/pairs.h"
#include "store/ticket.h"

struct event {
	int64_t seq, at;
	const char *kind; /* see desk/timeline.h for the kinds */
	int64_t actor;	  /* person, 0: the house */
	enum actor_kind actor_kind;
	bool public;		/* the customer may read it */
	int64_t contact;	/* what brought it, or 0 */
	const char *body;	/* what a person wrote; "" */
	const char *html;	/* the same with its marks, sanitised; or NULL */
	struct pairs data;	/* the facts: from, to, reason, ... */
	const char *actor_name; /* read along */
	int64_t ticket;		/* read along by event_read_facts */
};

struct event_list {
	struct event *at;
	int count;
	bool more; /* there are older ones */
};

enum event_reader {
	EVENT_FOR_STAFF,
	EVENT_FOR_CUSTOMER,
	EVENT_FOR_HOUSE, /* whole, to count with: never to be shown */
};

/* Inserts; the caller gives seq. */
void event_insert(struct work *w, const struct ticket *t, const struct event *e);

/* The same event for every ticket from `first` to `last` that has a clock which runs or
 * is paused, as the one whose seq and time the ticket itself already says. How many. */
int64_t event_insert_run(
	struct work *w, int64_t org, int64_t first, int64_t last, const struct event *e);

/* The newest `limit` events of a ticket that was read through a scope, oldest first;
 * those before `before` (a seq) when it is not 0. A customer's reading leaves out what
 * is not public; what the ticket's reader may not see (t->hidden) is left out too. */
void event_read(struct work *w, const struct ticket *t, enum event_reader who,
	int64_t before, int limit, struct event_list *list);

/* One event of a ticket. DONE or MISSING. */
enum outcome event_get(
	struct work *w, const struct ticket *t, int64_t seq, struct event *e) must_check;

/* The newest of a kind, to count with; without body and names. DONE or MISSING. */
enum outcome event_last(struct work *w, const struct ticket *t, const char *kind,
	struct event *e) must_check;

/* What clocks are folded from: the events that matter to them, of an organisation's
 * tickets from `first` to `last`, by ticket and seq; without bodies and names. */
void event_read_facts(struct work *w, int64_t org, int64_t first, int64_t last,
	struct event_list *list);

/* Those of one ticket that its resolution is counted from when nobody is waited for. */
void event_read_course(
	struct work *w, int64_t org, int64_t ticket, struct event_list *list);

/* Those alone that take a ticket to another team or back into work, in the same way. */
void event_read_moves(struct work *w, int64_t org, int64_t first, int64_t last,
	struct event_list *list);

#endif
