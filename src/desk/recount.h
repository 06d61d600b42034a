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
	int64_t after; /* ... with an id after this one; becomes the last of them */
	int64_t moved; /* so many more had such a clock */
};

/* Does it for a page of tickets; call again until it gives 0. The version is the newest
 * that is valid at w->now. How many were looked at; 0 too when there is no such calendar.
 */
int recount_calendar(struct work *w, struct recount_page *p);

#endif
