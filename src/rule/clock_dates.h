/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_CLOCK_DATES_H
#define RULE_CLOCK_DATES_H

/*
 * Clocks whose unit is months or days (rule/dates). They are the same fold as the others,
 * with dates passed as the ruler: `spent` counts the midnights that went by while the
 * clock ran. So the last day in time is, whatever happened on the way,
 *
 *	the date of receipt + the length of the target + days paused
 *
 * where a pause is as many days as lie between the date it began and the date it ended,
 * and where months give way to the next working day. A new target is laid from the date
 * of receipt, in one step. Time is up at the end of the last day.
 *
 * What runs on after the last day was reached in a pause, or after a reopening with
 * nothing left, is due at the end of that very day (decision; as clock.md 5 has it for
 * seconds).
 */

#include "rule/clock.h"

/* How a clock in months or days stands, as dates. TIMES_NONE: more than ten years ahead,
 * or not so. */
struct clock_dates {
	int64_t last;	  /* the last day in time */
	int64_t unpaused; /* as it were if nothing had been waited for */
	int64_t latest;	  /* days: as the later reading of the law has it (rule/dates) */
	int64_t working;  /* the last working day before `last`, if that is none */
	int64_t paused;	  /* so many days did not count */
};

/* False for other units, and before the start. `now` as in clock_read. */
bool clock_dates(const struct clock *c, int64_t now, struct clock_dates *d);

/* For rule/clock; the clock is started and its unit months or days. */

/* The last day in time if the clock goes on from c->since and runs. False when it is more
 * than ten years ahead. */
bool clock_dates_last(const struct clock *c, int64_t *last) must_check;

/* Does the last day lie before the date of c->since? */
bool clock_dates_over(const struct clock *c);

/* Days from the date of c->since to the last one: 0 on the last day, negative when over.
 */
int64_t clock_dates_left(const struct clock *c);

/* When so many days are spent: at the end of a date. What comes before the due instant
 * and would fall on a day nobody works comes at the beginning of the last working day
 * before (decision; privacy.md 3). */
bool clock_dates_when(const struct clock *c, int64_t spent, int64_t *at) must_check;

#endif
