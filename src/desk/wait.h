/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_WAIT_H
#define DESK_WAIT_H

/* How a wait for the customer ends by itself: at the chase limit or at the review date,
 * whichever is first. All of it is settled when the wait begins and stands in its event,
 * so that the clocks are right whenever somebody looks. */

#include "desk/handle.h"
#include "store/wait_reason.h"

/* Puts reason, until, limit and chases into an event `waiting`, which is at w->now.
 * `review`: an instant at which staff want to look again, or 0. Counts working days of
 * the calendar of the ticket's resolution clock, else of the organisation's; each
 * instant is the opening of its day. */
void wait_terms(struct work *w, const struct ticket *t, struct event *e,
	const struct wait_reason *r, int64_t review);

/* Staff have heard what they waited for in another way, or need wait no longer. CONFLICT
 * when it is not waiting; else as handle.h says. */
enum outcome wait_end(struct work *w, const struct handle *h, const char *reason,
	struct ticket *t) must_check;

#endif
