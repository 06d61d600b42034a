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

/* Does it for at most `limit` tickets with an id after *after, which becomes the last of
 * them; call again until it gives 0. The version is the newest that is valid at w->now.
 * How many were done; 0 too when there is no such calendar. */
int recount_calendar(
	struct work *w, int64_t org, int64_t calendar, int limit, int64_t *after);

#endif
