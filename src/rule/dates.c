/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/dates.h"

#include <assert.h>

enum { TEN_YEARS = 3653 }; /* in days */

struct date
dates_add_months(struct date d, int64_t n)
{
	int64_t months = d.year * (int64_t)12 + d.month - 1 + n;
	struct date to = {.year = (int)(months / 12), .month = (int)(months % 12) + 1};
	int longest = times_month_length(to.year, to.month);

	to.day = d.day < longest ? d.day : longest;
	return to;
}

int64_t
dates_length(enum clock_unit unit, int64_t n, int64_t received)
{
	assert(clock_unit_of_dates(unit));
	if (unit == CLOCK_DAYS)
		return n - 1;
	return times_days(dates_add_months(times_date(received), n)) - received;
}

/* The first working date from one on, forwards or backwards. */
static bool
nearest(const struct calendar *c, int64_t date, int step, int64_t *working)
{
	struct calendar_day day;

	for (int i = 0; i <= TEN_YEARS; i++, date += step)
		if (calendar_day(c, date, &day)) {
			*working = date;
			return true;
		}
	return false;
}

bool
dates_roll(const struct calendar *c, int64_t date, int64_t *working)
{
	return nearest(c, date, 1, working);
}

bool
dates_roll_back(const struct calendar *c, int64_t date, int64_t *working)
{
	return nearest(c, date, -1, working);
}

bool
dates_last(const struct calendar *c, enum clock_unit unit, int64_t date, int64_t *last)
{
	*last = date;
	return unit == CLOCK_DAYS || dates_roll(c, date, last);
}

/* A date that was left out altogether ends with the one before it. */
int64_t
dates_end(const struct calendar *c, int64_t date)
{
	int64_t from, to;

	while (!zone_day_ends(calendar_zone(c), date, &from, &to))
		date--;
	return to;
}
