/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/workdays.h"

#include <assert.h>

enum { TEN_YEARS = 3653 }; /* in days */

static int64_t
due_on(const struct calendar_day *d, enum workdays_end end)
{
	return end == WORKDAYS_MIDNIGHT ? d->ends : d->closes;
}

bool
workdays_late(enum workdays_end end, int64_t due, int64_t instant)
{
	return end == WORKDAYS_MIDNIGHT ? instant >= due : instant > due;
}

/* Where counting from an instant begins: the date before its own is looked at too, since
 * where midnight is passed twice it may close after its successor has begun. */
static int64_t
date_before(const struct calendar *c, int64_t instant)
{
	return zone_day_at(calendar_zone(c), instant) - 1;
}

int64_t
workdays_elapsed(const struct calendar *c, int64_t from, int64_t to)
{
	int64_t last = zone_day_at(calendar_zone(c), to), n = 0;
	struct calendar_day d;

	for (int64_t date = date_before(c, from); date <= last; date++)
		n += calendar_day(c, date, &d) && d.closes > from && d.closes <= to;
	return n;
}

bool
workdays_due_by(const struct calendar *c, int64_t from, struct workdays_target t,
	int64_t last, int64_t *due)
{
	int64_t end = zone_day_at(calendar_zone(c), last), n = 0;
	struct calendar_day d;

	assert(t.days >= 0);
	for (int64_t date = date_before(c, from); date <= end; date++) {
		if (!calendar_day(c, date, &d))
			continue;
		n += d.closes > from;
		if (t.days > 0 ? n == t.days
			       : !workdays_late(t.end, due_on(&d, t.end), from)) {
			*due = due_on(&d, t.end);
			return true;
		}
	}
	return false;
}

bool
workdays_due_after(
	const struct calendar *c, int64_t from, struct workdays_target t, int64_t *due)
{
	return workdays_due_by(c, from, t, from + TEN_YEARS * (int64_t)TIMES_DAY, due);
}

bool
workdays_due(const struct calendar *c, struct date received, struct workdays_target t,
	int64_t *due)
{
	int64_t day_zero = times_days(received), n = 0;
	struct calendar_day d;

	for (int64_t date = day_zero; date <= day_zero + TEN_YEARS; date++) {
		if (!calendar_day(c, date, &d))
			continue;
		n += date > day_zero;
		if (n >= t.days) {
			*due = due_on(&d, t.end);
			return true;
		}
	}
	return false;
}

bool
workdays_roll(const struct calendar *c, struct date date, struct date *working)
{
	int64_t first = times_days(date);
	struct calendar_day d;

	for (int64_t day = first; day <= first + TEN_YEARS; day++)
		if (calendar_day(c, day, &d)) {
			*working = times_date(day);
			return true;
		}
	return false;
}
