/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "rule/hours.h"

#include <string.h>

static const struct hours *
parsed(const char *definition)
{
	struct hours_problem problem;
	const struct hours *h = hours_parse(testing_arena(), definition, &problem);

	if (!h)
		fail_msg("%s: %s: %s", definition, problem.what, problem.where);
	return h;
}

static int64_t
day(int year, int month, int date)
{
	return times_days((struct date){year, month, date});
}

static void
a_definition_is_read_in_any_order_and_written_in_one(void **state)
{
	static const struct {
		const char *given, *canonical;
	} cases[] = {
		{"zone=UTC week=1/0-86400", "zone=UTC week=1/0-86400"},
		{"  closed=2026-12-25,2026-01-01,2026-12-25   week=5/36000-43200,1/0-1,"
		 "5/0-7200  zone=Europe/London ",
			"zone=Europe/London week=1/0-1,5/0-7200,5/36000-43200 "
			"closed=2026-01-01,2026-12-25"},
		{"open=2026-12-24/46800-50400+32400-43200,2026-12-23/0-60 zone=UTC",
			"zone=UTC "
			"open=2026-12-23/0-60,2026-12-24/32400-43200+46800-50400"},
		{"yearly=12-24,02-29,01-01 week=7/1-2 zone=Asia/Tehran",
			"zone=Asia/Tehran week=7/1-2 yearly=01-01,02-29,12-24"},
		{"zone=UTC week=1/0-10,1/10-20", "zone=UTC week=1/0-10,1/10-20"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *text = hours_text(testing_arena(), parsed(cases[i].given));

		assert_string_equal(text, cases[i].canonical);
		assert_string_equal(hours_text(testing_arena(), parsed(text)), text);
	}
}

static void
what_cannot_be_hours_is_refused_with_the_piece_that_is_meant(void **state)
{
	static const struct {
		const char *definition, *what, *where;
	} cases[] = {
		{"", "the time zone is missing", "zone="},
		{"week=1/0-1", "the time zone is missing", "zone="},
		{"zone=UTC", "there are no hours at all", "week="},
		{"zone=UTC closed=2026-01-01", "there are no hours at all", "week="},
		{"zone=UTC week=", "a word is KEY=VALUE", "week="},
		{"zone=UTC week", "a word is KEY=VALUE", "week"},
		{"zone=UTC weak=1/0-1", "this word is unknown", "weak=1/0-1"},
		{"zone=UTC zone=UTC week=1/0-1", "this word stands twice", "zone=UTC"},
		{"zone=UTC week=0/0-1", "a weekday is 1 (Monday) to 7 (Sunday)", "0/0-1"},
		{"zone=UTC week=8/0-1", "a weekday is 1 (Monday) to 7 (Sunday)", "8/0-1"},
		{"zone=UTC week=1/0-1,", "a weekday is 1 (Monday) to 7 (Sunday)", ""},
		{"zone=UTC week=1", "these are not two seconds of a day", ""},
		{"zone=UTC week=1/0", "these are not two seconds of a day", "0"},
		{"zone=UTC week=1/0-86401", "these are not two seconds of a day",
			"0-86401"},
		{"zone=UTC week=1/-5-10", "these are not two seconds of a day", "-5-10"},
		{"zone=UTC week=1/0-999999", "these are not two seconds of a day",
			"0-999999"},
		{"zone=UTC week=1/9-9", "it closes before it opens", "9-9"},
		{"zone=UTC week=1/9-8", "it closes before it opens", "9-8"},
		{"zone=UTC week=1/5-10,1/0-6", "these hours of one day overlap", "5-10"},
		{"zone=UTC week=1/0-1 closed=2026-02-29", "this is not a date",
			"2026-02-29"},
		{"zone=UTC week=1/0-1 closed=2026-01-01,", "this is not a date", ""},
		{"zone=UTC week=1/0-1 yearly=02-30", "this is not a month and a day",
			"02-30"},
		{"zone=UTC week=1/0-1 yearly=2-3", "this is not a month and a day",
			"2-3"},
		{"zone=UTC open=2026-01-01", "these are not two seconds of a day", ""},
		{"zone=UTC open=2026-01-01/5-9+8-10", "these hours of one day overlap",
			"8-10"},
		{"zone=UTC open=2026-01-01/5-9,2026-01-01/10-11",
			"this date has hours of its own twice", "2026-01-01"},
	};
	struct hours_problem problem;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (hours_parse(testing_arena(), cases[i].definition, &problem))
			fail_msg("taken for hours: %s", cases[i].definition);
		assert_string_equal(problem.what, cases[i].what);
		assert_string_equal(problem.where, cases[i].where);
	}
}

static void
replacement_wins_over_closure_over_yearly_closure_over_the_week(void **state)
{
	const struct hours *h = parsed(
		"zone=UTC week=1/100-200,2/100-200,3/100-200,4/100-200 "
		"yearly=06-01,06-02,06-03 closed=2026-06-02,2026-06-03 "
		"open=2026-06-03/300-400");

	(void)state;
	assert_int_equal(hours_on(h, day(2026, 6, 1)).n, 0); /* Monday, yearly */
	assert_int_equal(hours_on(h, day(2026, 6, 2)).n, 0); /* closed */
	assert_int_equal(hours_on(h, day(2026, 6, 3)).at[0].from, 300); /* its own */
	assert_int_equal(hours_on(h, day(2026, 6, 4)).at[0].from, 100); /* the week */
	assert_int_equal(hours_on(h, day(2026, 6, 5)).n, 0);		/* Friday: none */
}

static void
bank_holidays_are_added_to_what_is_closed_already(void **state)
{
	const struct hours *h = parsed(
		"zone=UTC week=1/0-9 closed=2026-08-31,2026-05-04");
	const int64_t dates[] = {day(2026, 12, 25), day(2026, 5, 4), day(2026, 1, 1)};

	(void)state;
	assert_string_equal(hours_text(testing_arena(),
				    hours_with_closed(testing_arena(), h, dates, 3)),
		"zone=UTC week=1/0-9 closed=2026-01-01,2026-05-04,2026-08-31,2026-12-25");
	assert_string_equal(hours_text(testing_arena(), h),
		"zone=UTC week=1/0-9 closed=2026-05-04,2026-08-31");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_definition_is_read_in_any_order_and_written_in_one),
		cmocka_unit_test(
			what_cannot_be_hours_is_refused_with_the_piece_that_is_meant),
		cmocka_unit_test(
			replacement_wins_over_closure_over_yearly_closure_over_the_week),
		cmocka_unit_test(bank_holidays_are_added_to_what_is_closed_already),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
