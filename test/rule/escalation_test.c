/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/testing_clock.h"

#include "rule/escalation.h"

enum { HOUR = 3600 };

static struct clock
started(const struct clock_policy *p, const char *at)
{
	struct clock c = clock_new(p);
	struct clock_event e = {.id = 1, .sequence = 1, .at = testing_at(at)};
	struct clock_cycle ended;

	assert_int_equal(clock_apply(&c, &e, &ended), CLOCK_APPLIED);
	return c;
}

static struct clock
after(struct clock c, struct clock_event e)
{
	struct clock_cycle ended;

	assert_int_equal(clock_apply(&c, &e, &ended), CLOCK_APPLIED);
	return c;
}

static void
expect_due(const struct clock *c, struct escalation_step s, const char *at, bool late)
{
	struct escalation_alarm alarm;

	assert_true(escalation_due(c, &s, &alarm));
	assert_int_equal(alarm.at, testing_at(at));
	assert_int_equal(alarm.late, late);
}

static void
thresholds_are_shares_rounded_down_or_offsets_never_below_zero(void **state)
{
	static const struct {
		struct escalation_step step;
		int64_t target, spent;
		enum clock_unit unit;
	} cases[] = {
		{{1, ESCALATION_PERCENT, 75}, 14400, 10800},
		{{1, ESCALATION_PERCENT, 33}, 101, 33},
		{{1, ESCALATION_PERCENT, 1}, 99, 0},
		{{1, ESCALATION_PERCENT, 150}, 3, 4},
		{{1, ESCALATION_PERCENT, 100}, INT64_MAX / 128, INT64_MAX / 128},
		{{1, ESCALATION_OFFSET, -1800}, 14400, 12600},
		{{1, ESCALATION_OFFSET, 3600}, 14400, 18000},
		{{1, ESCALATION_OFFSET, -20000}, 14400, 0},
		{{1, ESCALATION_OFFSET, -1800}, 20, 19, CLOCK_WORKING_DAYS},
		{{1, ESCALATION_OFFSET, 3600}, 20, 21, CLOCK_WORKING_DAYS},
		{{1, ESCALATION_DAYS, -2}, 20, 18, CLOCK_WORKING_DAYS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct clock c = {.unit = cases[i].unit, .target = cases[i].target};

		assert_int_equal(escalation_spent(&cases[i].step, &c), cases[i].spent);
	}
}

/* clock.md 7: target 4 h, started Tuesday 15:00. */
static void
steps_and_breach_come_in_working_time(void **state)
{
	const struct clock_policy p = {.target = 4 * HOUR, .calendar = testing_office()};
	struct clock c = started(&p, "2026-06-02 15:00");
	struct escalation_alarm breach;

	(void)state;
	expect_due(&c, (struct escalation_step){1, ESCALATION_PERCENT, 75},
		"2026-06-03 10:00", false);
	expect_due(&c, (struct escalation_step){2, ESCALATION_OFFSET, -HOUR / 2},
		"2026-06-03 10:30", false);
	expect_due(&c, (struct escalation_step){3, ESCALATION_PERCENT, 100},
		"2026-06-03 11:00", false);
	expect_due(&c, (struct escalation_step){4, ESCALATION_OFFSET, HOUR},
		"2026-06-03 12:00", false);
	assert_true(escalation_breach(&c, &breach));
	assert_int_equal(breach.at, testing_at("2026-06-03 11:00:01"));
}

/* clock.md 7: 4 h from Tuesday 13:00 are used up at 17:00; the breach is seen on
 * Wednesday and recorded as of then. */
static void
a_breach_is_seen_when_anything_is_over_and_recorded_as_of_due(void **state)
{
	const struct clock_policy p = {.target = 4 * HOUR, .calendar = testing_office()};
	struct clock c = started(&p, "2026-06-02 13:00");
	struct escalation_alarm breach;

	(void)state;
	expect_due(&c, (struct escalation_step){1, ESCALATION_PERCENT, 100},
		"2026-06-02 17:00", false);
	assert_true(escalation_breach(&c, &breach));
	assert_int_equal(breach.at, testing_at("2026-06-03 09:00:01"));
	assert_int_equal(clock_read(&c, breach.at - 1).breach, TIMES_NONE);
	assert_int_equal(
		clock_read(&c, breach.at).breach, testing_at("2026-06-02 17:00"));
}

static void
nothing_is_armed_while_a_clock_does_not_run(void **state)
{
	const struct clock_policy p = {.target = 4 * HOUR, .calendar = testing_office()};
	const struct escalation_step half = {1, ESCALATION_PERCENT, 50};
	static const enum clock_act ends[] = {CLOCK_PAUSE, CLOCK_STOP, CLOCK_CANCEL};
	struct clock c = clock_new(&p);
	struct escalation_alarm alarm;

	(void)state;
	assert_false(escalation_next(&c, &half, 1, &alarm));
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		c = after(started(&p, "2026-06-02 09:00"),
			(struct clock_event){
				.at = testing_at("2026-06-02 10:00"), .act = ends[i]});
		assert_false(escalation_due(&c, &half, &alarm));
		assert_false(escalation_breach(&c, &alarm));
		assert_false(escalation_next(&c, &half, 1, &alarm));
	}
}

static void
a_new_target_arms_steps_anew_and_passed_ones_fire_at_once(void **state)
{
	const struct clock_policy p = {.target = 16 * HOUR, .calendar = testing_office()};
	struct clock c = after(started(&p, "2026-06-02 09:00"),
		(struct clock_event){.at = testing_at("2026-06-02 12:00"),
			.act = CLOCK_TARGET,
			.target = 4 * HOUR});

	(void)state; /* three hours spent: half of four is over, 75 % is just reached */
	expect_due(&c, (struct escalation_step){1, ESCALATION_PERCENT, 50},
		"2026-06-02 12:00", true);
	expect_due(&c, (struct escalation_step){2, ESCALATION_PERCENT, 75},
		"2026-06-02 12:00", false);
	expect_due(&c, (struct escalation_step){3, ESCALATION_PERCENT, 100},
		"2026-06-02 13:00", false);
}

static void
the_next_alarm_is_the_earliest_and_of_two_the_lower_threshold(void **state)
{
	const struct clock_policy p = {.target = 4 * HOUR, .calendar = testing_office()};
	const struct escalation_step steps[] = {
		{1, ESCALATION_OFFSET, HOUR},
		{2, ESCALATION_PERCENT, 100},
		{3, ESCALATION_PERCENT, 75},
	};
	struct clock c = started(&p, "2026-06-02 15:00");
	struct escalation_alarm alarm;

	(void)state;
	assert_true(escalation_next(&c, steps, 3, &alarm));
	assert_int_equal(alarm.step->id, 3);
	assert_true(escalation_next(&c, steps, 2, &alarm));
	assert_int_equal(alarm.step->id, 2);
	assert_true(escalation_next(&c, steps, 1, &alarm)); /* the breach is before it */
	assert_null(alarm.step);
	assert_int_equal(alarm.at, testing_at("2026-06-03 11:00:01"));

	/* Reopened with more than all spent: every step is late at the same instant, and
	 * the breach has been. */
	c = after(c, (struct clock_event){
			     .at = testing_at("2026-06-04 10:00"), .act = CLOCK_STOP});
	c = after(c, (struct clock_event){.at = testing_at("2026-06-04 11:00"),
			     .act = CLOCK_REOPEN,
			     .mode = CLOCK_MODE_RESUME});
	assert_true(escalation_next(&c, steps, 3, &alarm));
	assert_int_equal(alarm.step->id, 3);
	assert_true(alarm.late);
	assert_int_equal(alarm.at, testing_at("2026-06-04 11:00"));
	assert_false(escalation_next(&c, steps, 0, &alarm));
}

static void
steps_in_working_days_stand_at_the_end_of_a_date(void **state)
{
	struct clock_policy p = {
		.unit = CLOCK_WORKING_DAYS,
		.day_end = WORKDAYS_MIDNIGHT,
		.target = 20,
		.calendar = testing_office(),
	};
	struct clock c = started(&p, "2026-06-02 10:00");
	struct escalation_alarm breach;

	(void)state;
	expect_due(&c, (struct escalation_step){1, ESCALATION_PERCENT, 50},
		"2026-06-17 00:00", false);
	expect_due(&c, (struct escalation_step){2, ESCALATION_DAYS, -1},
		"2026-06-30 00:00", false);
	expect_due(&c, (struct escalation_step){3, ESCALATION_PERCENT, 100},
		"2026-07-01 00:00", false);
	assert_true(escalation_breach(&c, &breach));
	assert_int_equal(breach.at, testing_at("2026-07-01 00:00"));

	c = after(c, (struct clock_event){.at = testing_at("2026-06-11 12:00"),
			     .act = CLOCK_TARGET,
			     .target = 10});
	expect_due(&c, (struct escalation_step){1, ESCALATION_PERCENT, 50},
		"2026-06-11 12:00", true); /* six dates are over, the fifth was half */

	p.day_end = WORKDAYS_CLOSING;
	c = started(&p, "2026-06-02 10:00");
	assert_true(escalation_breach(&c, &breach));
	assert_int_equal(breach.at, testing_at("2026-06-30 17:00:01"));
}

/* One month from Thursday 3 September: Saturday 3 October gives way to Monday. */
static void
steps_of_months_stand_at_the_end_of_a_date_and_warn_on_working_days(void **state)
{
	const struct clock_policy p = {
		.unit = CLOCK_MONTHS, .target = 1, .calendar = testing_office()};
	const struct escalation_step days[] = {{9, ESCALATION_DAYS, -1}};
	struct clock c = started(&p, "2026-09-03 10:00");
	struct escalation_alarm alarm;

	(void)state;
	/* 32 days in all: 16 of them end with Saturday 19 September */
	expect_due(&c, (struct escalation_step){1, ESCALATION_PERCENT, 50},
		"2026-09-18 00:00", false);
	expect_due(&c, (struct escalation_step){2, ESCALATION_PERCENT, 25},
		"2026-09-11 00:00", false);
	expect_due(&c, (struct escalation_step){3, ESCALATION_PERCENT, 100},
		"2026-10-06 00:00", false);
	expect_due(&c, (struct escalation_step){4, ESCALATION_DAYS, -1},
		"2026-10-05 00:00", false);
	/* two days before would be heard of on Sunday */
	expect_due(&c, (struct escalation_step){5, ESCALATION_DAYS, -2},
		"2026-10-02 00:00", false);
	/* time is rounded up to a day */
	expect_due(&c, (struct escalation_step){6, ESCALATION_OFFSET, -1800},
		"2026-10-05 00:00", false);
	expect_due(&c, (struct escalation_step){7, ESCALATION_DAYS, 2},
		"2026-10-08 00:00", false);
	assert_true(escalation_breach(&c, &alarm));
	assert_int_equal(alarm.at, testing_at("2026-10-06 00:00"));
	assert_true(escalation_next(&c, days, 1, &alarm));
	assert_int_equal(alarm.step->id, 9);
}

/* privacy.md 3: where the safe target is no working day, the warning comes on the last
 * one before it. */
static void
steps_of_days_warn_on_the_last_working_day_before(void **state)
{
	const struct clock_policy p = {
		.unit = CLOCK_DAYS, .target = 30, .calendar = testing_office()};
	const struct clock_policy hours = {
		.target = 4 * HOUR, .calendar = testing_office()};
	struct clock c = started(&p, "2026-11-27 10:00");
	struct escalation_alarm alarm;

	(void)state;
	expect_due(&c, (struct escalation_step){1, ESCALATION_DAYS, -1},
		"2026-12-24 00:00", false);
	expect_due(&c, (struct escalation_step){2, ESCALATION_PERCENT, 100},
		"2026-12-27 00:00", false);
	c = started(&hours, "2026-11-27 10:00");
	assert_false(escalation_due(
		&c, &(struct escalation_step){3, ESCALATION_DAYS, -1}, &alarm));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			thresholds_are_shares_rounded_down_or_offsets_never_below_zero),
		cmocka_unit_test(steps_and_breach_come_in_working_time),
		cmocka_unit_test(
			a_breach_is_seen_when_anything_is_over_and_recorded_as_of_due),
		cmocka_unit_test(nothing_is_armed_while_a_clock_does_not_run),
		cmocka_unit_test(
			a_new_target_arms_steps_anew_and_passed_ones_fire_at_once),
		cmocka_unit_test(
			the_next_alarm_is_the_earliest_and_of_two_the_lower_threshold),
		cmocka_unit_test(steps_in_working_days_stand_at_the_end_of_a_date),
		cmocka_unit_test(
			steps_of_months_stand_at_the_end_of_a_date_and_warn_on_working_days),
		cmocka_unit_test(steps_of_days_warn_on_the_last_working_day_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
