/* SPDX-License-Identifier: AGPL-3.0-or-later */

/*
 * How fast time is counted: one JSON object a line, {"bench", "ns", "target_ns"}, the
 * median of several rounds for one call. Built on demand only:
 *
 *   ninja -C build test/bench/clock-bench && build/test/bench/clock-bench
 */

#include "base/arena.h"
#include "base/times.h"
#include "rule/clock.h"
#include "store/zone_file.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 9, CALLS = 200000, INSTANTS = 4096 };

static const char desk[] =
	"zone=Europe/London week=1/32400-61200,2/32400-61200,3/32400-61200,4/32400-61200,"
	"5/32400-61200 yearly=01-01,12-25,12-26";

/* What is measured, and where it is asked: instants over 110 years, or of one month. */
struct subject {
	const struct calendar *calendar;
	struct clock clock;
	int64_t far[INSTANTS], near[INSTANTS];
};

static int64_t
elapsed_far(const struct subject *s, int i)
{
	return calendar_elapsed(
		s->calendar, s->far[i % INSTANTS], s->far[(i + 1) % INSTANTS]);
}

static int64_t
elapsed_near(const struct subject *s, int i)
{
	return calendar_elapsed(
		s->calendar, s->near[i % INSTANTS], s->near[(i + 1) % INSTANTS]);
}

static int64_t
due_far(const struct subject *s, int i)
{
	int64_t due = 0;

	return calendar_due(s->calendar, s->far[i % INSTANTS], i % 400000, &due) ? due
										 : 0;
}

static int64_t
due_near(const struct subject *s, int i)
{
	int64_t due = 0;

	return calendar_due(s->calendar, s->near[i % INSTANTS], i % 400000, &due) ? due
										  : 0;
}

static int64_t
read_clock(const struct subject *s, int i)
{
	return clock_read(&s->clock, s->near[i % INSTANTS]).due;
}

static int64_t
local_time(const struct subject *s, int i)
{
	return zone_time_at(calendar_zone(s->calendar), s->near[i % INSTANTS]).second;
}

static int64_t
working_date(const struct subject *s, int i)
{
	struct calendar_day d = {0};

	return calendar_day(s->calendar, times_day(s->near[i % INSTANTS]), &d) + d.closes;
}

static int64_t
twenty_workdays(const struct subject *s, int i)
{
	struct workdays_target t = {20, WORKDAYS_MIDNIGHT};
	struct workdays_deadline d = {0};

	return workdays_due(
		       s->calendar, times_date(times_day(s->near[i % INSTANTS])), t, &d) +
	       d.due;
}

static int
by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
measure(const char *name, double target, int64_t (*call)(const struct subject *, int),
	const struct subject *s)
{
	volatile int64_t sink = 0;
	double ns[ROUNDS];

	for (int round = 0; round < ROUNDS; round++) {
		int64_t begin = times_ticks();

		for (int i = 0; i < CALLS; i++)
			sink = sink + call(s, i);
		ns[round] = (double)(times_ticks() - begin) * 1000 / CALLS;
	}
	qsort(ns, ROUNDS, sizeof *ns, by_size);
	printf("{\"bench\":\"%s\",\"ns\":%.1f,\"target_ns\":%.0f}\n", name,
		ns[ROUNDS / 2], target);
}

/* Laying out a calendar, and its memory. */
static void
measure_making(const struct hours *h, const struct zone *z)
{
	enum { MADE = 50 };
	int64_t begin = times_ticks();
	size_t used = 0;

	for (int i = 0; i < MADE; i++) {
		struct arena *a = arena_new();

		calendar_new(a, i, h, z);
		used = arena_used(a);
		arena_free(a);
	}
	printf("{\"bench\":\"calendar_new\",\"ns\":%.1f,\"target_ns\":10000000,\"bytes\":"
	       "%zu}\n",
		(double)(times_ticks() - begin) * 1000 / MADE, used);
}

int
main(void)
{
	struct arena *a = arena_new();
	struct subject s = {0};
	struct hours_problem problem;
	const char *zone_problem;
	uint64_t dice = 1;
	const struct hours *h = hours_parse(a, desk, &problem);
	const struct zone *z = zone_file_load(a, h->zone, &zone_problem);

	if (!z) {
		fprintf(stderr, "clock-bench: %s: %s\n", h->zone, zone_problem);
		return 1;
	}
	s.calendar = calendar_new(a, 1, h, z);
	for (int i = 0; i < INSTANTS; i++) {
		dice = dice * 6364136223846793005 + 1442695040888963407;
		s.far[i] = 631152000 + (int64_t)(dice >> 33) % 3471292800;
		s.near[i] = 1780300800 + (int64_t)(dice >> 33) % 2592000;
	}
	s.clock = clock_new(
		&(struct clock_policy){.target = 14400, .calendar = s.calendar});
	s.clock.phase = CLOCK_RUNNING;
	s.clock.since = 1780300800;

	measure("elapsed_over_110_years", 1000, elapsed_far, &s);
	measure("elapsed_in_a_month", 1000, elapsed_near, &s);
	measure("due_over_110_years", 1000, due_far, &s);
	measure("due_in_a_month", 1000, due_near, &s);
	measure("clock_read", 5000, read_clock, &s);
	measure("zone_time_at", 1000, local_time, &s);
	measure("calendar_day", 5000, working_date, &s);
	measure("twenty_workdays", 100000, twenty_workdays, &s);
	measure_making(h, z);
	arena_free(a);
	return 0;
}
