/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/clock_dates.h"

#include "rule/dates.h"

static int64_t
today(const struct clock *c)
{
	return zone_day_at(calendar_zone(c->calendar), c->since);
}

/* What is left of the target before its last day gives way. */
static int64_t
rest(const struct clock *c)
{
	return dates_length(c->unit, c->target, c->day_zero) - c->spent;
}

bool
clock_dates_last(const struct clock *c, int64_t *last)
{
	if (!dates_last(c->calendar, c->unit, today(c) + rest(c), last))
		return false;
	if (*last >= today(c) || c->breach != TIMES_NONE)
		return true;
	return dates_last(c->calendar, c->unit, today(c), last);
}

bool
clock_dates_over(const struct clock *c)
{
	int64_t last;

	return dates_last(c->calendar, c->unit, today(c) + rest(c), &last) &&
	       last < today(c);
}

/* Never over by more than has passed since the breach: what went on after its last day
 * was due later. */
int64_t
clock_dates_left(const struct clock *c)
{
	int64_t last, left = clock_dates_last(c, &last) ? last - today(c) : rest(c);
	int64_t broken;

	if (left >= 0 || c->breach == TIMES_NONE || c->tightened)
		return left;
	broken = zone_day_at(calendar_zone(c->calendar), c->breach);
	return left > broken - 1 - today(c) ? left : broken - 1 - today(c);
}

bool
clock_dates_when(const struct clock *c, int64_t spent, int64_t *at)
{
	int64_t last, date, working;

	if (!clock_dates_last(c, &last))
		return false;
	date = today(c) + spent - c->spent;
	*at = dates_end(c->calendar, date);
	if (date < last && dates_roll_back(c->calendar, date + 1, &working))
		*at = dates_end(c->calendar, working - 1);
	if (*at < c->since)
		*at = c->since;
	return true;
}

/* The last day of a target that lies on a date, or TIMES_NONE. */
static int64_t
last_of(const struct clock *c, enum clock_unit unit, int64_t date)
{
	int64_t last;

	return dates_last(c->calendar, unit, date, &last) ? last : TIMES_NONE;
}

static struct clock_dates
dates_of(const struct clock *c)
{
	int64_t length = dates_length(c->unit, c->target, c->day_zero);
	struct clock_dates d = {
		.unpaused = last_of(c, c->unit, c->day_zero + length),
		.latest = TIMES_NONE,
		.working = TIMES_NONE,
		.paused = today(c) - c->day_zero - c->spent,
	};

	if (!clock_dates_last(c, &d.last))
		d.last = TIMES_NONE;
	if (c->unit == CLOCK_DAYS)
		d.latest = last_of(c, CLOCK_MONTHS, c->day_zero + c->target + d.paused);
	if (d.last != TIMES_NONE && (!dates_roll_back(c->calendar, d.last, &d.working) ||
					    d.working == d.last))
		d.working = TIMES_NONE;
	return d;
}

bool
clock_dates(const struct clock *c, int64_t now, struct clock_dates *d)
{
	struct clock moved = *c;

	*d = (struct clock_dates){TIMES_NONE, TIMES_NONE, TIMES_NONE, TIMES_NONE, 0};
	if (!clock_unit_of_dates(c->unit) || c->phase == CLOCK_NONE)
		return false;
	clock_settle(&moved, clock_stamp(c, now));
	*d = dates_of(&moved);
	return true;
}
