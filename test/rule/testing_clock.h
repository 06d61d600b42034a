/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_CLOCK_H
#define TESTING_CLOCK_H

/* What the tests of zones, calendars and clocks share. */

#include "testing.h"

#include "rule/calendar.h"
#include "rule/zone.h"

/* A zone of the system's; the test fails when there is none of that name. */
const struct zone *testing_zone(struct arena *a, const char *name);

/* A calendar from its definition; the test fails when it is refused. */
const struct calendar *testing_calendar(struct arena *a, const char *definition);

/* The council desk of clock.md: Europe/London, Monday to Friday 09-17, with the bank
 * holidays of England and Wales of 2026 and 2027. And round the clock in London. */
const struct calendar *testing_office(void);
const struct calendar *testing_always(void);

/* "2026-06-02 09:00[:00]" on the wall in London, or an instant "2026-06-02T09:00:00Z". */
int64_t testing_at(const char *text);

/* The names of all zones of the system's, sorted; NULL ends them. */
const char *const *testing_zone_names(void);

/* How many cases a test with random cases tries: `everyday`, or all of `full` when the
 * environment says PORTREEVE_CASES=full, or the number it says. */
int64_t testing_cases(int64_t everyday, int64_t full);

/* Numbers that look random and are the same in every run. */
struct testing_dice {
	uint64_t state;
};

uint64_t testing_roll(struct testing_dice *d);

/* Between two numbers, both included. */
int64_t testing_between(struct testing_dice *d, int64_t least, int64_t most);

/* Opening hours made up by dice, in a form of their own: an independent witness for what
 * a calendar says about them. */
enum { PLAN_SEGMENTS = 3, PLAN_DATES = 4 };

struct testing_day {
	int n;
	int from[PLAN_SEGMENTS], to[PLAN_SEGMENTS];
};

struct testing_plan {
	struct testing_day week[7]; /* Monday first */
	int n_closed, n_yearly, n_open;
	struct date closed[PLAN_DATES], yearly[PLAN_DATES], open[PLAN_DATES];
	struct testing_day open_day[PLAN_DATES];
};

/* A plan whose dates lie within two days of a day (since 1970). */
struct testing_plan testing_plan(struct testing_dice *d, int64_t around);

/* Its definition for a zone. */
const char *testing_plan_text(
	struct arena *a, const struct testing_plan *p, const char *zone);

/* The day that the plan has for a date, by the order of precedence of clock.md 1. */
const struct testing_day *testing_plan_day(const struct testing_plan *p, struct date d);

#endif
