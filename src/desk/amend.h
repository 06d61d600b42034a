/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_AMEND_H
#define DESK_AMEND_H

/*
 * Saying, with a reason, that something happened at another time than it was recorded
 * with (clock.md section 3). The record stays; the clocks take the new time; the event
 * `amended` keeps both times and how each clock stood before and after, so that reports
 * can show what amendments moved.
 *
 * A closure in the past (the desk was shut by snow) is the same for named tickets: a
 * calendar event with a version that has the day closed, amended to the beginning of
 * that day.
 */

#include "base/times.h"
#include "desk/handle.h"

/* Amends the time of the event numbered `seq`. Needs the right to amend. INVALID (seq: no
 * such event, or not one that clocks count; at: in the future, before the ticket came, or
 * out of its order: see below; reason), else as handle.h says.
 *
 * An event stays where the others need it: the receipt first, a promise before it is due,
 * a wait after its question. And an amendment moves time, not work: afterwards every
 * clock but those for answers and news waits, runs or stands as before. So nobody can
 * leave a ticket in work with a clock that waits for ever. */
struct amendment {
	int64_t seq, at;
	const char *reason;
};
enum outcome amend_event(struct work *w, const struct handle *h,
	const struct amendment *a, struct ticket *t) must_check;

/* The same for a ticket that is held and an event that was just added to it, without
 * asking for the right. */
void amend_held(struct work *w, struct ticket *t, const struct event *e, int64_t at,
	const char *reason);

/* Declares a date closed in a calendar, afterwards, for named tickets. */
struct closure {
	int64_t org, calendar;
	struct date date;
	const char *reason;
	int64_t approver; /* a person, not the one who does it, who may amend too */
	const char *const *references;
	int count;
};

/* All tickets or none. The approver is told by a notice that names what they are said to
 * have approved; each ticket's event keeps their name and that they were told. DONE;
 * DENIED; INVALID (calendar, date, reason, approver, references: one is no ticket that
 * the actor may amend). */
enum outcome amend_closure(struct work *w, const struct closure *c) must_check;

#endif
