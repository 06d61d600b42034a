/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/own_hours.h"

#include "store/shelf.h"
#include "store/shift.h"

#include <string.h>

enum { MOST_CALENDARS = 20, AHEAD = 14 * TIMES_DAY };

static const char *
day_text(struct arena *a, struct date d)
{
	return arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static bool
is_off(struct work *w, const struct shift_absence_list *off, struct date d)
{
	const char *day = day_text(w->arena, d);

	for (int i = 0; i < off->count; i++)
		if (strcmp(off->at[i].first, day) <= 0 &&
			strcmp(off->at[i].last, day) >= 0)
			return true;
	return false;
}

/* The first open instant that is on none of the days off; TIMES_NONE when there is none
 * in those days. */
static int64_t
first_open(struct work *w, const struct calendar *c, const struct shift_absence_list *off)
{
	const struct zone *z = calendar_zone(c);
	int64_t at, from = w->now, begins;

	while (calendar_due_by(c, from, 0, w->now + AHEAD, &at)) {
		if (!is_off(w, off, zone_time_at(z, at).date))
			return at;
		if (!zone_day_ends(z, zone_day_at(z, at), &begins, &from))
			break;
	}
	return TIMES_NONE;
}

int64_t
own_hours_next(struct work *w, int64_t org, int64_t person, int64_t calendar)
{
	int64_t calendars[MOST_CALENDARS], version, at, first = TIMES_NONE;
	int n = shift_calendars(w, org, person, calendars, MOST_CALENDARS);
	struct shift_absence_list off;
	const struct calendar *c;

	shift_absences_of(w, org, person,
		day_text(w->arena, times_date(times_day(w->now) - 1)), &off);
	if (n == 0)
		calendars[n++] = calendar;
	for (int i = 0; i < n; i++) {
		c = shelf_calendar(w, org, calendars[i], w->now, &version);
		at = c ? first_open(w, c, &off) : TIMES_NONE;
		if (at != TIMES_NONE && (first == TIMES_NONE || at < first))
			first = at;
	}
	if (first != TIMES_NONE)
		return first;
	c = shelf_calendar(w, org, calendar, w->now, &version);
	return c && calendar_due(c, w->now, 0, &at) ? at : w->now;
}
