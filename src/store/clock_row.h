/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_CLOCK_ROW_H
#define STORE_CLOCK_ROW_H

/* The stored state of a ticket's clocks: a cache of the fold over its events, and beside
 * it what the timer needs. */

#include "rule/promise.h"
#include "store/ticket.h"

struct clock_row_search {
	int64_t org, calendar, version, after;
	int limit;
};

/* Adds all clocks of a ticket to a set. */
void clock_row_read(struct work *w, const struct ticket *t, struct promise_set *set);

/* Writes one as of its last event; `due` and so on are derived for lists and figures. */
void clock_row_write(
	struct work *w, const struct ticket *t, const struct promise_state *s);

/* Writes when a clock wants attention next, and which steps have fired. */
void clock_row_arm(struct work *w, const struct ticket *t, const struct promise_state *s);

/* Clocks of another kind or subject than any in the set are gone: an event was amended.
 */
void clock_row_keep_only(
	struct work *w, const struct ticket *t, const struct promise_set *set);

/* Everything but the timer that is stored of a clock, as one text: equal, when and only
 * when every byte agrees. */
const char *clock_row_text(struct arena *a, const struct promise_state *s);

/* The same of what is stored, of the tickets from `first` to `last`, in their order. */
struct clock_row {
	int64_t ticket, subject;
	const char *kind, *text;
};

struct clock_row_list {
	struct clock_row *at;
	int count;
};

void clock_row_texts(struct work *w, int64_t org, int64_t first, int64_t last,
	struct clock_row_list *list);

/* Tickets with a clock that runs or is paused under a version of a calendar other than
 * `version`, of at most `limit` tickets after an id: as much of each ticket as is needed
 * to move its clocks on and arm them, and its clocks in t->clocks. How many. */
int clock_row_under(
	struct work *w, const struct clock_row_search *search, struct ticket *tickets);

/* Writes what a calendar event changes of a ticket's clocks, and of the ticket itself if
 * it is as it was read (with `was` events); false, and nothing is written, when not. */
bool clock_row_move_on(struct work *w, const struct ticket *t, int64_t was);

/* A ticket that wants attention. */
struct clock_row_due {
	int64_t org, ticket, at;
};

/* At most `limit` of those that want it at w->now, the longest overdue first; each once.
 * How many. */
int clock_row_due(struct work *w, int limit, struct clock_row_due *due);

/* Clocks of a ticket that still want attention at w->now want none: what was to be done
 * is done, or they cannot be read. */
void clock_row_disarm(struct work *w, int64_t org, int64_t ticket);

/* The next instant at which any does, or TIMES_NONE. */
int64_t clock_row_next(struct work *w);

/* Every clock of an organisation that runs or is paused wants attention now: what arms
 * them has changed. */
void clock_row_arm_all(struct work *w, int64_t org);

#endif
