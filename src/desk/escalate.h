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
 * A ticket for which that fails is put aside (store/put_aside) and tried again by itself:
 * a broken row stops nobody else's escalation.
 *
 * A step fires late, and says so, when its time had passed before it could fire: nothing
 * ran, or the target was changed.
 */

#include "rule/promise.h"
#include "rule/table.h"
#include "store/event.h"
#include "store/kept_clock.h"

/* Sets s->next_at of a clock that has changed; `e` is the event that did it, or NULL. */
void escalate_arm(struct work *w, const struct ticket *t, struct promise_state *s,
	const struct event *e);

/* The same for many clocks: with the organisation's table read once. */
void escalate_arm_by(struct work *w, const struct table *table, const struct ticket *t,
	struct promise_state *s);

/* Does everything that is due for one ticket at w->now. DONE, MISSING when there is no
 * such ticket, or FAULT: its clocks cannot be read or moved. Harmless when nothing is
 * due.
 */
enum outcome escalate_ticket(struct work *w, int64_t org, int64_t ticket) must_check;

/* Does it for at most `limit` tickets, the longest overdue first, but those put aside.
 * How many; -1 when one of them could not be done: then nothing of it may be kept. */
int escalate_due(struct work *w, int limit);

/* Does it for one, put aside or not, and it is put aside no more. DONE or FAULT. */
enum outcome escalate_one(struct work *w, const struct kept_clock_due *due) must_check;

/* After a FAULT, in a transaction of its own: puts the ticket aside (store/put_aside),
 * with an error in the log that names it. */
void escalate_put_aside(struct work *w, const struct kept_clock_due *due);

#endif
