/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_DATES_H
#define RULE_DATES_H

/*
 * Targets in calendar months and calendar days: "one month from receipt", "within 30
 * days" (privacy.md 1 to 3). Dates are local, and counted as days since 1970-01-01.
 *
 *	months	the date of receipt is day 0; a last day that is no working day gives way
 *		to the next one
 *	days	the date of receipt is day 1, and nothing gives way. This is the safe
 *		reading of the law on complaints about data protection; the later one has
 *		day 0 and gives way
 *
 * To be confirmed, as privacy.md says: how paused days are counted and that an extension
 * runs from the receipt (months), and which of the two readings holds (days).
 */

#include "rule/calendar.h"
#include "rule/clock_unit.h"

/* The same day number n months on (n may be negative); where that month is too short, its
 * last day. Always in one step from the original date: 31 October and three months are
 * 31 January, but one month and two more are 30 January. */
struct date dates_add_months(struct date d, int64_t n);

/* How many days after the date of receipt the last day of a target lies, before it gives
 * way; n >= 1. */
int64_t dates_length(enum clock_unit unit, int64_t n, int64_t received);

/* A working date on or after, on or before that date. False when there is none within
 * ten years. */
bool dates_roll(const struct calendar *c, int64_t date, int64_t *working) must_check;
bool dates_roll_back(const struct calendar *c, int64_t date, int64_t *working) must_check;

/* The last day of a target that lies on `date` before it gives way. */
bool dates_last(const struct calendar *c, enum clock_unit unit, int64_t date,
	int64_t *last) must_check;

/* The first instant after a local date: what is due on it must be done before. */
int64_t dates_end(const struct calendar *c, int64_t date);

#endif
