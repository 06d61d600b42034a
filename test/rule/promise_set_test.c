/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/testing_clock.h"

#include "rule/promise.h"

/* A resolution that is promised on Tuesday 2 June 2026, at nine, and waits once. */
static struct promise_pause
pause_at(enum clock_unit unit, int64_t target, const char *when)
{
	struct promise_set set = {.arena = testing_arena()};
	struct promise_fact facts[] = {
		{
			.seq = 1,
			.at = testing_at("2026-06-02 09:00"),
			.kind = "received",
			.why = "",
			.until = TIMES_NONE,
			.resolution =
				{
					.target = target,
					.unit = unit,
					.calendar = testing_office(),
				},
		},
		{
			.seq = 2,
			.at = testing_at(when),
			.kind = "waiting",
			.why = "",
			.until = TIMES_NONE,
		},
	};

	promise_fold(&set, facts, 2);
	assert_int_equal(set.pause_count, 1);
	return set.pauses[0];
}

static void
a_pause_in_the_last_tenth_is_known_in_every_unit(void **state)
{
	static const struct {
		enum clock_unit unit;
		int64_t target;
		const char *when;
		bool late;
	} cases[] = {
		{CLOCK_SECONDS, 36000, "2026-06-03 09:59", false},
		{CLOCK_SECONDS, 36000, "2026-06-03 10:00", true},
		/* One working day: Wednesday. Not on the day it came. */
		{CLOCK_WORKING_DAYS, 1, "2026-06-02 16:00", false},
		{CLOCK_WORKING_DAYS, 1, "2026-06-03 09:00", true},
		/* Five: Tuesday the ninth is the last, and Monday closes at five. */
		{CLOCK_WORKING_DAYS, 5, "2026-06-08 16:59", false},
		{CLOCK_WORKING_DAYS, 5, "2026-06-08 17:00", true},
		{CLOCK_WORKING_DAYS, 5, "2026-06-09 16:59", true},
		{CLOCK_WORKING_DAYS, 5, "2026-06-12 09:00", true}, /* over */
		{CLOCK_WORKING_DAYS, 9, "2026-06-12 16:59", false},
		{CLOCK_WORKING_DAYS, 9, "2026-06-15 09:00", true},
		{CLOCK_WORKING_DAYS, 10, "2026-06-15 16:59", false},
		{CLOCK_WORKING_DAYS, 10, "2026-06-16 09:00", true},
		/* Twenty: the thirtieth is the last, the twenty-ninth the one before. */
		{CLOCK_WORKING_DAYS, 20, "2026-06-26 16:59", false},
		{CLOCK_WORKING_DAYS, 20, "2026-06-29 09:00", true},
		/* The wall calendar: Saturday the sixth is the last of five. */
		{CLOCK_DAYS, 5, "2026-06-05 23:59", false},
		{CLOCK_DAYS, 5, "2026-06-06 00:00", true},
		/* A month: Thursday 2 July is the thirtieth day. */
		{CLOCK_MONTHS, 1, "2026-06-28 23:59", false},
		{CLOCK_MONTHS, 1, "2026-06-29 00:00", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (pause_at(cases[i].unit, cases[i].target, cases[i].when).late !=
			cases[i].late)
			fail_msg("case %zu: %s", i, cases[i].when);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pause_in_the_last_tenth_is_known_in_every_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
