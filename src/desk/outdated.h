/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_OUTDATED_H
#define DESK_OUTDATED_H

/*
 * Is what a letter to staff says over before it leaves, which may be a night or a weekend
 * after it was written? It says itself on what that depends (letter.about):
 *
 *	clock resolution 0 3	a step or the breach of that cycle of a clock: over when
 *				the ticket is solved, or the clock stopped (its promise is
 *				kept, or given up) or began anew
 *	unplaced 7		nobody of the team could take a ticket: over when none
 *				of its tickets waits like that
 *
 * A clock that is paused is not over. What depends on nothing always leaves.
 */

#include "rule/promise.h"
#include "store/outbox.h"

const char *outdated_with_clock(struct work *w, const struct promise_state *s);
const char *outdated_with_placing(struct work *w, int64_t team);

/* Why a letter need not leave any more, for the log and the outbox; NULL: it does. */
const char *outdated(struct work *w, const struct letter *l);

#endif
