/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/testing_clock.h"

#include "rule/clock_dates.h"
#include "rule/dates.h"
#include "rule/workdays.h"

/* The tables of privacy.md, sections 1 to 6 as far as they are about dates. */

enum { HOUR = 3600 };

#define WEEK                                                                         \
	"zone=Europe/London week=1/32400-61200,2/32400-61200,3/32400-61200,4/32400-" \
	"61200,5/32400-61200 closed="

/* England and Wales, 2026 to 2028. */
static const struct calendar *
england(void)
{
	return testing_calendar(testing_arena(),
		WEEK "2026-01-01,2026-04-03,2026-04-06,2026-05-04,2026-05-25,2026-08-31,"
		     "2026-12-25,2026-12-28,2027-01-01,2027-03-26,2027-03-29,2027-05-03,"
		     "2027-05-31,2027-08-30,2027-12-27,2027-12-28,2028-01-03,2028-04-14,"
		     "2028-04-17,2028-05-01,2028-05-29,2028-08-28,2028-12-25,2028-12-26");
}

/* Closed on a bank holiday of any part of the United Kingdom, 2026. */
static const struct calendar *
kingdom(void)
{
	return testing_calendar(testing_arena(),
		WEEK "2026-01-01,2026-01-02,2026-03-17,2026-04-03,2026-04-06,2026-05-04,"
		     "2026-05-25,2026-06-15,2026-07-13,2026-08-03,2026-08-31,2026-11-30,"
		     "2026-12-25,2026-12-28");
}

static int64_t
day(const char *text)
{
	struct date d;

	assert_true(times_parse_date(bytes_of(text), &d));
	return times_days(d);
}

static const char *
text_of(int64_t date)
{
	struct date d = times_date(date);

	return arena_printf(testing_arena(), "%04d-%02d-%02d", d.year, d.month, d.day);
}

static void
months_are_added_in_one_step_and_end_with_the_month(void **state)
{
	static const struct {
		const char *from;
		int64_t n;
		const char *to;
	} cases[] = {
		{"2026-09-03", 1, "2026-10-03"},
		{"2026-08-31", 1, "2026-09-30"},
		{"2026-10-31", 3, "2027-01-31"}, /* 1 and 2 more would be the 30th */
		{"2026-11-30", 1, "2026-12-30"},
		{"2027-01-30", 1, "2027-02-28"},
		{"2028-01-29", 1, "2028-02-29"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2026-12-31", 12, "2027-12-31"},
		{"2024-02-29", 24, "2026-02-28"},  /* privacy.md 6 */
		{"2026-08-31", 6, "2027-02-28"},   /* the same */
		{"2012-02-29", 300, "2037-02-28"}, /* the same */
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-05-05", 0, "2026-05-05"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(text_of(times_days(dates_add_months(
					    times_date(day(cases[i].from)), cases[i].n))),
			cases[i].to);
}

static void
a_last_day_rolls_to_a_working_one(void **state)
{
	static const struct {
		const char *date, *next, *last;
	} cases[] = {
		{"2026-10-03", "2026-10-05", "2026-10-02"}, /* Saturday */
		{"2026-09-30", "2026-09-30", "2026-09-30"},
		{"2026-04-03", "2026-04-07", "2026-04-02"}, /* Good Friday */
		{"2026-12-25", "2026-12-29", "2026-12-24"}, /* Christmas */
	};
	const struct calendar *never = testing_calendar(
		testing_arena(), "zone=UTC open=2026-01-01/0-60");
	int64_t to;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(dates_roll(england(), day(cases[i].date), &to));
		assert_string_equal(text_of(to), cases[i].next);
		assert_true(dates_roll_back(england(), day(cases[i].date), &to));
		assert_string_equal(text_of(to), cases[i].last);
	}
	assert_false(dates_roll(never, day("2026-01-02"), &to));
}

/* A clock that began on that date at ten, at a target of so many. */
static struct clock
begun(const struct calendar *c, enum clock_unit unit, int64_t n, const char *date)
{
	struct clock_policy p = {.unit = unit, .target = n, .calendar = c};
	struct clock clock = clock_new(&p);
	struct clock_event start = {
		.at = testing_at(arena_printf(testing_arena(), "%s 10:00", date))};
	struct clock_cycle ended;

	assert_int_equal(clock_apply(&clock, &start, &ended), CLOCK_APPLIED);
	return clock;
}

/* It is due at the end of that date: in time one second before, not on its stroke. */
static void
expect_due(const struct clock *c, const char *date)
{
	struct clock_reading r = clock_read(c, c->last);
	struct clock_dates d;

	assert_true(clock_dates(c, c->last, &d));
	assert_string_equal(text_of(d.last), date);
	assert_int_equal(r.due, testing_at(arena_printf(testing_arena(), "%s 00:00",
					text_of(d.last + 1))));
	assert_int_equal(clock_read(c, r.due - 1).breach, TIMES_NONE);
	assert_int_equal(clock_read(c, r.due - 1).left, 0);
	assert_int_equal(clock_read(c, r.due).breach, r.due);
	assert_int_equal(clock_read(c, r.due).left, -1);
	assert_int_equal(clock_read(c, r.due + 40 * (int64_t)TIMES_DAY).breach, r.due);
}

static void
after(struct clock *c, enum clock_act act, const char *at, int64_t target)
{
	struct clock_event e = {.at = testing_at(at), .act = act, .target = target};
	struct clock_cycle ended;

	assert_int_equal(clock_apply(c, &e, &ended), CLOCK_APPLIED);
}

/* The rows of privacy.md 2. */
static void
access_requests_are_due_where_the_table_has_them(void **state)
{
	static const struct {
		const char *received, *due, *extended;
	} cases[] = {
		{"2026-09-03", "2026-10-05", "2026-12-03"},
		{"2026-08-31", "2026-09-30", "2026-11-30"},
		{"2026-01-30", "2026-03-02", "2026-04-30"},
		{"2027-01-30", "2027-03-01", "2027-04-30"},
		{"2028-01-29", "2028-02-29", "2028-05-02"},
		{"2026-03-03", "2026-04-07", "2026-06-03"},
		{"2026-11-25", "2026-12-29", "2027-02-25"},
		{"2026-10-31", "2026-11-30", "2027-02-01"},
		{"2026-11-30", "2026-12-30", "2027-03-01"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct clock c = begun(england(), CLOCK_MONTHS, 1, cases[i].received);
		const char *noon = arena_printf(
			testing_arena(), "%s 12:00", cases[i].due);

		expect_due(&c, cases[i].due);
		/* extended on the very last day: in one step from the receipt */
		after(&c, CLOCK_TARGET, noon, 3);
		assert_int_equal(c.breach, TIMES_NONE);
		expect_due(&c, cases[i].extended);
	}
}

/* The last row: a clarification asked on 10 September and answered on the 21st. */
static void
days_waited_are_added_before_the_last_day_rolls(void **state)
{
	struct clock c = begun(england(), CLOCK_MONTHS, 1, "2026-09-03");
	struct clock_dates d;

	(void)state;
	after(&c, CLOCK_PAUSE, "2026-09-10 16:59", 0);
	assert_int_equal(clock_read(&c, testing_at("2026-09-20 12:00")).due, TIMES_NONE);
	assert_int_equal(
		clock_read(&c, testing_at("2026-12-20 12:00")).breach, TIMES_NONE);
	after(&c, CLOCK_RESUME, "2026-09-21 08:00", 0);
	expect_due(&c, "2026-10-14");
	assert_true(clock_dates(&c, c.last, &d));
	assert_string_equal(text_of(d.unpaused), "2026-10-05");
	assert_int_equal(d.paused, 11);
	assert_int_equal(d.working, TIMES_NONE);
	assert_int_equal(d.latest, TIMES_NONE);
	assert_int_equal(c.spent, 7);

	/* asked and answered on one day: it is as if it had not been */
	after(&c, CLOCK_PAUSE, "2026-09-22 09:00", 0);
	after(&c, CLOCK_RESUME, "2026-09-22 23:59", 0);
	expect_due(&c, "2026-10-14");

	/* the extension stays in one step from the receipt, with the days waited */
	after(&c, CLOCK_TARGET, "2026-10-01 12:00", 3);
	expect_due(&c, "2026-12-14");
	after(&c, CLOCK_STOP, "2026-12-14 23:59", 0);
	assert_int_equal(clock_read(&c, c.last).result, CLOCK_MET);
}

/* privacy.md 3: the safe reading, and beside it the later one. */
static void
complaints_about_data_are_acknowledged_by_the_safe_reading(void **state)
{
	static const struct {
		const char *received, *safe, *rolled, *warned;
	} cases[] = {
		{"2026-06-22", "2026-07-21", "2026-07-22", NULL},
		{"2026-11-27", "2026-12-26", "2026-12-29", "2026-12-24"},
		{"2026-12-03", "2027-01-01", "2027-01-04", "2026-12-31"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct clock c = begun(england(), CLOCK_DAYS, 30, cases[i].received);
		struct clock_dates d;

		expect_due(&c, cases[i].safe);
		assert_true(clock_dates(&c, c.last, &d));
		assert_string_equal(text_of(d.latest), cases[i].rolled);
		if (cases[i].warned)
			assert_string_equal(text_of(d.working), cases[i].warned);
		else
			assert_int_equal(d.working, TIMES_NONE);
	}
}

/* privacy.md 4 and 5: working days, on the calendar of the policy. */
static void
working_days_fall_where_the_tables_have_them(void **state)
{
	static const struct {
		const char *from;
		int64_t days;
		const char *due;
		bool any; /* holiday of the United Kingdom counts */
	} cases[] = {
		{"2026-04-02", 5, "2026-04-13", false},
		{"2026-04-13", 10, "2026-04-27", false},
		{"2026-04-27", 10, "2026-05-12", false},
		{"2026-06-02", 5, "2026-06-09", false},
		{"2026-06-09", 10, "2026-06-23", false},
		{"2026-06-23", 10, "2026-07-07", false},
		{"2026-12-21", 5, "2026-12-30", false},
		{"2026-12-30", 10, "2027-01-14", false},
		{"2027-01-14", 10, "2027-01-28", false},
		{"2026-04-07", 10, "2026-04-21", false}, /* acknowledged early */
		{"2026-05-01", 5, "2026-05-11", false},
		{"2026-05-11", 20, "2026-06-09", false},
		{"2026-06-09", 20, "2026-07-07", false},
		{"2026-03-03", 20, "2026-04-01", true},
		{"2026-03-03", 20, "2026-03-31", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct workdays_target t = {cases[i].days, WORKDAYS_MIDNIGHT};
		struct workdays_deadline d;

		assert_true(workdays_due(cases[i].any ? kingdom() : england(),
			times_date(day(cases[i].from)), t, &d));
		assert_string_equal(text_of(times_day(d.due + HOUR) - 1), cases[i].due);
	}
}

static void
what_is_over_is_counted_from_the_last_day(void **state)
{
	struct clock c = begun(england(), CLOCK_MONTHS, 1, "2026-09-03");
	struct clock_reading r;

	(void)state;
	assert_int_equal(clock_read(&c, testing_at("2026-09-03 11:00")).left, 32);
	assert_int_equal(clock_read(&c, testing_at("2026-10-04 11:00")).left, 1);
	r = clock_read(&c, testing_at("2026-10-07 11:00"));
	assert_int_equal(r.left, -2);
	assert_int_equal(r.breach, testing_at("2026-10-06 00:00"));

	/* an extension that comes too late leaves the breach and shows a new date */
	after(&c, CLOCK_TARGET, "2026-10-07 12:00", 3);
	r = clock_read(&c, c.last);
	assert_int_equal(r.breach, testing_at("2026-10-06 00:00"));
	assert_int_equal(r.due, TIMES_NONE);
	assert_int_equal(r.revised_due, testing_at("2026-12-04 00:00"));
}

static void
a_shorter_target_breaks_only_what_is_over(void **state)
{
	struct clock c = begun(england(), CLOCK_MONTHS, 3, "2026-09-03");

	(void)state;
	/* the Sunday between the last day and the Monday it gives way to */
	after(&c, CLOCK_TARGET, "2026-10-04 12:00", 1);
	assert_int_equal(c.breach, TIMES_NONE);
	expect_due(&c, "2026-10-05");

	c = begun(england(), CLOCK_MONTHS, 3, "2026-09-03");
	after(&c, CLOCK_TARGET, "2026-10-06 12:00", 1);
	assert_int_equal(c.breach, testing_at("2026-10-06 12:00"));
	assert_true(c.tightened);
}

/* Nothing is broken by a wait, nor by a reopening: today is then the last day. */
static void
what_has_nothing_left_is_due_at_the_end_of_the_day(void **state)
{
	struct clock c = begun(england(), CLOCK_MONTHS, 1, "2026-09-03");
	struct clock_event again = {.at = testing_at("2026-10-14 10:00"),
		.act = CLOCK_REOPEN,
		.mode = CLOCK_MODE_RESUME};
	struct clock_cycle ended;

	(void)state;
	after(&c, CLOCK_PAUSE, "2026-10-04 12:00", 0);
	after(&c, CLOCK_RESUME, "2026-10-21 12:00", 0);
	expect_due(&c, "2026-10-21");

	c = begun(england(), CLOCK_MONTHS, 1, "2026-09-03");
	after(&c, CLOCK_STOP, "2026-10-05 12:00", 0);
	assert_int_equal(clock_apply(&c, &again, &ended), CLOCK_APPLIED);
	assert_int_equal(ended.result, CLOCK_MET);
	expect_due(&c, "2026-10-14");

	again.mode = CLOCK_MODE_RESTART;
	c = begun(england(), CLOCK_MONTHS, 1, "2026-09-03");
	after(&c, CLOCK_STOP, "2026-10-05 12:00", 0);
	assert_int_equal(clock_apply(&c, &again, &ended), CLOCK_APPLIED);
	expect_due(&c, "2026-11-16");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(months_are_added_in_one_step_and_end_with_the_month),
		cmocka_unit_test(a_last_day_rolls_to_a_working_one),
		cmocka_unit_test(access_requests_are_due_where_the_table_has_them),
		cmocka_unit_test(days_waited_are_added_before_the_last_day_rolls),
		cmocka_unit_test(
			complaints_about_data_are_acknowledged_by_the_safe_reading),
		cmocka_unit_test(working_days_fall_where_the_tables_have_them),
		cmocka_unit_test(what_is_over_is_counted_from_the_last_day),
		cmocka_unit_test(a_shorter_target_breaks_only_what_is_over),
		cmocka_unit_test(what_has_nothing_left_is_due_at_the_end_of_the_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
