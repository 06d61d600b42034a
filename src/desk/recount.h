/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_RECOUNT_H
#define DESK_RECOUNT_H

/*
 * A new version of a calendar for what is already running. Clocks in flight keep the
 * version they began with unless an event moves them (clock.md sections 3 and 7); this
 * writes that event on every ticket with a clock that runs or is paused under another
 * version: the time so far counts under the old one, what follows under the new.
 */

#include "store/ticket.h"

struct recount_page {
	int64_t org, calendar;
	int limit;     /* look at so many tickets at most */
	int64_t after; /* ... with an id after this one */
};

/*
 * What a page of tickets comes to. It is made on any connection, writing nothing, and
 * written on the same or another: a ticket that was changed in between is then done like
 * one that somebody has just changed. So the next page can be counted while this one is
 * written. It lives in the arena of the work that made it.
 */
struct recount_plan {
	int looked;	 /* tickets; 0: there are no more, or no such calendar */
	int64_t reached; /* the last one's id */
	struct recount *recount;
};

/* The version is the newest that is valid at w->now. */
void recount_plan(
	struct work *w, const struct recount_page *p, struct recount_plan *plan);

/* How many tickets had such a clock. */
int recount_write(struct work *w, const struct recount_plan *plan);

#endif
