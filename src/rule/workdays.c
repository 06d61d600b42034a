/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/workdays.h"

#include <assert.h>

enum { TEN_YEARS = 3653 }; /* in days */

static struct workdays_deadline
until(int64_t instant)
{
	return (struct workdays_deadline){.due = instant, .late = instant + 1};
}

static struct workdays_deadline
before(int64_t instant)
{
	return (struct workdays_deadline){.due = instant, .late = instant};
}

static struct workdays_deadline
deadline_on(const struct calendar_day *day, enum workdays_end end)
{
	return end == WORKDAYS_MIDNIGHT ? before(day->ends) : until(day->closes);
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
	struct calendar_day day;

	for (int64_t date = date_before(c, from); date <= last; date++)
		n += calendar_day(c, date, &day) && day.closes > from && day.closes <= to;
	return n;
}

/* What is due when no day is left. */
static bool
nothing_left(const struct calendar *c, int64_t from, enum workdays_end end, int64_t last,
	struct workdays_deadline *d)
{
	struct calendar_day day;
	bool works = calendar_day(c, zone_day_at(calendar_zone(c), from), &day);
	int64_t opening;

	if (end == WORKDAYS_MIDNIGHT && works && day.closes <= from) {
		*d = before(day.ends);
		return true;
	}
	if (!calendar_due_by(c, from, 0, last, &opening))
		return false;
	*d = until(opening);
	return true;
}

bool
workdays_due_by(const struct calendar *c, int64_t from, struct workdays_target t,
	int64_t last, struct workdays_deadline *d)
{
	int64_t end = zone_day_at(calendar_zone(c), last), n = 0;
	struct calendar_day day;

	assert(t.days >= 0);
	if (t.days == 0)
		return nothing_left(c, from, t.end, last, d);
	for (int64_t date = date_before(c, from); date <= end; date++) {
		n += calendar_day(c, date, &day) && day.closes > from;
		if (n == t.days) {
			*d = deadline_on(&day, t.end);
			return true;
		}
	}
	return false;
}

bool
workdays_due_after(const struct calendar *c, int64_t from, struct workdays_target t,
	struct workdays_deadline *d)
{
	return workdays_due_by(c, from, t, from + TEN_YEARS * (int64_t)TIMES_DAY, d);
}

bool
workdays_due(const struct calendar *c, struct date received, struct workdays_target t,
	struct workdays_deadline *d)
{
	int64_t day_zero = times_days(received), n = 0;
	struct calendar_day day;

	for (int64_t date = day_zero; date <= day_zero + TEN_YEARS; date++) {
		if (!calendar_day(c, date, &day))
			continue;
		n += date > day_zero;
		if (n >= t.days) {
			*d = deadline_on(&day, t.end);
			return true;
		}
	}
	return false;
}
