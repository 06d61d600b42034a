/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_ESCALATE_H
#define DESK_ESCALATE_H

/*
 * What happens to a clock while nobody touches it (clock.md section 7): escalation steps,
 * the breach that can be seen, reminders to a customer who is waited for, and the end of
 * that wait at the chase limit or the review date.
 *
 * Every kept clock carries the next such instant (and its ticket the earliest,
 * ticket.next_at), set whenever it changes; a timer (app/timers) asks the index for what
 * is due and never looks at the rest. A step is one threshold; rows of the table
 * `escalation` with the same threshold are one step that tells them all. It fires once
 * for (clock, cycle, step): the row of table `escalation` that says so is inserted with
 * what it does, so a second node, or the same after a restart, finds it there.
 *
 * A step fires late, and says so, when its time had passed before it could fire: nothing
 * ran, or the target was changed.
 */

#include "rule/promise.h"
#include "rule/table.h"
#include "store/event.h"

/* Sets s->next_at of a clock that has changed; `e` is the event that did it, or NULL. */
void escalate_arm(struct work *w, const struct ticket *t, struct promise_state *s,
	const struct event *e);

/* The same for many clocks: with the organisation's table read once. */
void escalate_arm_by(struct work *w, const struct table *table, const struct ticket *t,
	struct promise_state *s);

/* Does everything that is due for one ticket at w->now. DONE, or MISSING when there is no
 * such ticket. Harmless when nothing is due. */
enum outcome escalate_ticket(struct work *w, int64_t org, int64_t ticket) must_check;

/* Does it for at most `limit` tickets, the longest overdue first. How many. */
int escalate_due(struct work *w, int limit);

#endif
