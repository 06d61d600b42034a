/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_WORKDAYS_H
#define RULE_WORKDAYS_H

/*
 * Targets in working days: "an answer within five working days" (clock.md 2). One day is
 * never 24 working hours and never 86,400 seconds; this unit counts dates.
 *
 * A *working date* is a local date with an open second; that is one with a segment,
 * unless a change of the clocks swallows it whole. The date of receipt is day 0 whatever
 * the hour; the next working date is day 1; the due date is day n.
 *
 * Where a policy allows pauses, a date counts iff the clock is running at its last
 * closing (decision); what happens in the very second of the closing comes after it. So
 * counting dates is counting closings, and a clock in working days is the same fold as
 * one in seconds with this ruler in place of calendar_elapsed.
 */

#include "rule/calendar.h"

/* When on the due date the time is up. */
enum workdays_end {
	WORKDAYS_CLOSING,  /* at its last closing; a stop at that very instant is in time
			    */
	WORKDAYS_MIDNIGHT, /* at its end, 00:00 of the next date; a stop must lie before
			      it */
};

struct workdays_target {
	int64_t days; /* >= 0 */
	enum workdays_end end;
};

struct workdays_deadline {
	int64_t due;
	int64_t late; /* the first instant that is too late: due, or the second after it
		       */
};

/* The deadline of a target for what was received on a local date. False when it lies more
 * than ten years ahead. With 0 days the due date is day 0 or, if that is no working date,
 * the next one. */
bool workdays_due(const struct calendar *c, struct date received,
	struct workdays_target t, struct workdays_deadline *d) must_check;

/* The number of working dates whose last closing lies in (from, to]. */
int64_t workdays_elapsed(const struct calendar *c, int64_t from, int64_t to);

/*
 * The deadline on the working date whose last closing is the days-th after `from`. False
 * when that is more than ten years ahead.
 *
 * With 0 days left it is the first open instant, as for a clock in seconds (clock.md 5);
 * but an evening on which a target ends at midnight still runs to its midnight.
 */
bool workdays_due_after(const struct calendar *c, int64_t from, struct workdays_target t,
	struct workdays_deadline *d) must_check;

/* As workdays_due_after, looking no further than the local date of `last` instead. */
bool workdays_due_by(const struct calendar *c, int64_t from, struct workdays_target t,
	int64_t last, struct workdays_deadline *d) must_check;

#endif
