/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_KEPT_CLOCK_H
#define STORE_KEPT_CLOCK_H

/*
 * The clocks of a ticket as they are kept: a cache of the fold over its events, in the
 * row of the ticket itself, so that a change of the ticket writes them with it.
 *
 * ticket.clocks is a line for each clock, by kind and subject:
 *
 *	resolution 0 0 0 1 ... 0|1772622000|1;percent 75
 *
 * kind, subject and the state in rule/clock's own numbers; when it wants attention next;
 * the cycle and the steps of it that have fired. The two after the bars are the timer's
 * and no part of the fold. Beside it ticket.next_at is the earliest such instant,
 * ticket.ticking is 1 while any clock runs or is paused, and table `verdict` has a row
 * for each clock that stands still, for figures, and for each earlier cycle that was
 * followed by one with nothing spent: a late answer stays late when the next is in time.
 */

#include "rule/promise.h"
#include "store/ticket.h"

/* The clocks of a ticket that is held, to be moved on: read once, and kept with the
 * ticket until ticket_save writes them. */
struct promise_set *kept_clock_of(struct work *w, struct ticket *t);

/* Can all that is stored of a ticket that was held be read? To be asked before a clock of
 * it is moved: what cannot be read is left out, and would be lost. */
bool kept_clock_is_whole(struct work *w, struct ticket *t);

/* Adds them to a set, as they are now, for who only looks. */
void kept_clock_read(struct work *w, const struct ticket *t, struct promise_set *set);

/* When the text of a ticket's clocks says that the customer's is due; 0: it is not
 * running, or broken already. */
int64_t kept_clock_expected(struct work *w, int64_t org, const char *text);

/* What ticket_save writes. */
struct kept_clock {
	const char *text; /* of all of them */
	int64_t next_at;  /* TIMES_NONE: nothing is to come */
	bool ticking;
};

/* That of a ticket whose clocks are in memory. While all of them wait to be armed anew
 * (t->next_at is 0) they go on waiting. */
struct kept_clock kept_clock_made(struct arena *a, const struct ticket *t);

/* The same; and table `verdict` follows. `was` is the text that is stored ("": none). */
struct kept_clock kept_clock_keep(
	struct work *w, const struct ticket *t, const char *was);

/* The text without what is the timer's: equal, when and only when every byte of the fold
 * agrees. */
const char *kept_clock_bare(struct arena *a, const char *text);

/* The same of a set. */
const char *kept_clock_fold(struct arena *a, const struct promise_set *set);

/* What is stored of a ticket, for `check`. */
struct kept_clock_row {
	int64_t ticket;
	const char *fold;     /* as kept_clock_bare has it */
	const char *verdicts; /* as verdict_text has them */
};

struct kept_clock_list {
	struct kept_clock_row *at;
	int count;
};

/* Those of all tickets from `first` to `last`, in their order. */
void kept_clock_rows(struct work *w, int64_t org, int64_t first, int64_t last,
	struct kept_clock_list *list);

/* At most `limit` tickets after an id with a clock that runs or is paused: as much of
 * each as is needed to move its clocks on and arm them. How many. */
int kept_clock_ticking(
	struct work *w, int64_t org, int64_t after, int limit, struct ticket *tickets);

/* Writes the clocks of such a ticket, its due, updated and events if it is as it was
 * read (with `was` events); false, and nothing is written, when not. Only for clocks
 * none of which came to a stop. */
bool kept_clock_move_on(struct work *w, const struct ticket *t,
	const struct kept_clock *clocks, int64_t was);

/* A ticket that wants attention. */
struct kept_clock_due {
	int64_t org, ticket, at;
};

/* At most `limit` of those that want it at w->now, but what is put aside
 * (store/put_aside), the longest overdue first. How many. */
int kept_clock_due(struct work *w, int limit, struct kept_clock_due *due);

/* A ticket that still wants attention at w->now wants none: what was to be done is done,
 * or it cannot be read. */
void kept_clock_disarm(struct work *w, int64_t org, int64_t ticket);

/* The next instant at which any does that is not put aside until later, or TIMES_NONE.
 */
int64_t kept_clock_next(struct work *w);

/* Every ticket of an organisation with a clock that runs or is paused wants attention
 * now (its next_at is 0): what arms them has changed. */
void kept_clock_arm_all(struct work *w, int64_t org);

#endif
