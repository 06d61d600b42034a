/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/testing_clock.h"

#include "rule/workdays.h"

/* Five working days from Tuesday 2 June 2026, and what pauses do to them, are in
 * clock_test.c; the rows W01 to W09 in vectors_test.c. */

static void
expect_due(const char *received, struct workdays_target t, const char *due)
{
	struct date d;
	struct workdays_deadline deadline;

	assert_true(times_parse_date(bytes_of(received), &d));
	assert_true(workdays_due(testing_office(), d, t, &deadline));
	assert_int_equal(deadline.due, testing_at(due));
	assert_int_equal(deadline.late, deadline.due + (t.end == WORKDAYS_CLOSING));
}

static void
the_date_of_receipt_is_day_zero(void **state)
{
	(void)state;
	expect_due("2026-06-02", (struct workdays_target){5, WORKDAYS_CLOSING},
		"2026-06-09 17:00");
	expect_due("2026-06-02", (struct workdays_target){5, WORKDAYS_MIDNIGHT},
		"2026-06-10 00:00");
	expect_due("2026-06-05", (struct workdays_target){1, WORKDAYS_CLOSING},
		"2026-06-08 17:00");
	expect_due("2026-06-06", (struct workdays_target){1, WORKDAYS_CLOSING},
		"2026-06-08 17:00");
	expect_due("2026-06-02", (struct workdays_target){0, WORKDAYS_CLOSING},
		"2026-06-02 17:00");
	expect_due("2026-06-06", (struct workdays_target){0, WORKDAYS_CLOSING},
		"2026-06-08 17:00");
}

/* privacy.md 4: stage 1 of a complaint is acknowledged within five working days and
 * answered within ten of that, or twenty. */
static void
the_ombudsmans_steps_fall_where_the_code_has_them(void **state)
{
	static const struct {
		const char *from;
		int64_t days;
		const char *due;
	} cases[] = {
		{"2026-04-02", 5, "2026-04-13 17:00"}, /* over Easter */
		{"2026-04-13", 10, "2026-04-27 17:00"},
		{"2026-04-27", 10, "2026-05-12 17:00"}, /* over the May holiday */
		{"2026-06-02", 5, "2026-06-09 17:00"},
		{"2026-06-09", 10, "2026-06-23 17:00"},
		{"2026-06-23", 10, "2026-07-07 17:00"},
		{"2026-12-21", 5, "2026-12-30 17:00"}, /* over Christmas */
		{"2026-12-30", 10, "2027-01-14 17:00"},
		{"2027-01-14", 10, "2027-01-28 17:00"},
		{"2026-05-01", 5, "2026-05-11 17:00"}, /* stage 2 */
		{"2026-05-11", 20, "2026-06-09 17:00"},
		{"2026-06-09", 20, "2026-07-07 17:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_due(cases[i].from,
			(struct workdays_target){cases[i].days, WORKDAYS_CLOSING},
			cases[i].due);
}

static void
counting_from_the_end_of_day_zero_is_the_same(void **state)
{
	const struct calendar *c = testing_office();
	int64_t first = times_days((struct date){2026, 1, 1});

	(void)state;
	for (int64_t day = first; day < first + 700; day++)
		for (int64_t n = 1; n < 40; n += 3) {
			struct workdays_target t = {n, n % 2};
			struct workdays_deadline due, after;
			int64_t from, end;

			assert_true(zone_day_ends(calendar_zone(c), day, &from, &end));
			assert_true(workdays_due(c, times_date(day), t, &due));
			assert_true(workdays_due_after(c, end, t, &after));
			assert_memory_equal(&due, &after, sizeof due);
			assert_int_equal(workdays_elapsed(c, end, due.due), n);
			assert_int_equal(
				workdays_elapsed(c, end, due.due - 86400), n - 1);
		}
}

static void
a_closing_counts_for_what_ends_there_and_not_for_what_begins(void **state)
{
	const struct calendar *c = testing_office();
	int64_t closing = testing_at("2026-06-02 17:00");

	(void)state;
	assert_int_equal(workdays_elapsed(c, closing - 1, closing), 1);
	assert_int_equal(workdays_elapsed(c, closing - 10, closing - 1), 0);
	assert_int_equal(workdays_elapsed(c, closing, closing + 3600), 0);
	assert_int_equal(workdays_elapsed(c, closing, closing - 1), 0);
	assert_int_equal(workdays_elapsed(c, testing_at("2026-05-29 12:00"),
				 testing_at("2026-06-09 12:00")),
		7);
}

/* In St John's the clocks went back from 00:01 to 23:01: for a minute it was the 29th,
 * then the 28th again, and that date closed an hour later. */
static void
a_date_that_comes_back_after_midnight_closes_at_its_second_end(void **state)
{
	const struct calendar *c = testing_calendar(testing_arena(),
		"zone=America/St_Johns week=1/0-86400,2/0-86400,3/0-86400,4/0-86400,"
		"5/0-86400,6/0-86400,7/0-86400");
	int64_t change = testing_at("2006-10-29T02:31:00Z"), end = change + 59 * 60;
	const struct workdays_target one = {1, WORKDAYS_CLOSING};
	struct workdays_deadline d;

	(void)state;
	assert_string_equal(zone_iso(testing_arena(), calendar_zone(c), change - 30),
		"2006-10-29T00:00:30-02:30");
	assert_int_equal(workdays_elapsed(c, change - 30, end), 1);
	assert_int_equal(workdays_elapsed(c, change - 30, end - 1), 0);
	assert_true(workdays_due_after(c, change - 30, one, &d));
	assert_int_equal(d.due, end);
}

static void
with_no_day_left_it_is_due_at_the_first_open_instant_or_that_midnight(void **state)
{
	static const struct {
		const char *from;
		enum workdays_end end;
		const char *due;
	} cases[] = {
		{"2026-06-02 10:00", WORKDAYS_CLOSING, "2026-06-02 10:00"},
		{"2026-06-02 17:00", WORKDAYS_CLOSING, "2026-06-03 09:00"},
		{"2026-06-06 10:00", WORKDAYS_CLOSING, "2026-06-08 09:00"},
		{"2026-06-02 10:00", WORKDAYS_MIDNIGHT, "2026-06-02 10:00"},
		{"2026-06-02 17:00", WORKDAYS_MIDNIGHT, "2026-06-03 00:00"},
		{"2026-06-02 23:59", WORKDAYS_MIDNIGHT, "2026-06-03 00:00"},
		{"2026-06-03 00:00", WORKDAYS_MIDNIGHT, "2026-06-03 09:00"},
		{"2026-06-06 10:00", WORKDAYS_MIDNIGHT, "2026-06-08 09:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct workdays_target none = {0, cases[i].end};
		struct workdays_deadline d;

		assert_true(workdays_due_after(
			testing_office(), testing_at(cases[i].from), none, &d));
		assert_int_equal(d.due, testing_at(cases[i].due));
		assert_int_equal(
			d.late, d.due + (d.due != testing_at("2026-06-03 00:00")));
	}
}

static void
a_target_beyond_ten_years_is_an_error(void **state)
{
	const struct workdays_target far = {2700, WORKDAYS_CLOSING};
	struct workdays_deadline due;

	(void)state;
	assert_false(
		workdays_due(testing_office(), (struct date){2026, 6, 2}, far, &due));
	assert_false(workdays_due_after(
		testing_office(), testing_at("2026-06-02 09:00"), far, &due));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_date_of_receipt_is_day_zero),
		cmocka_unit_test(the_ombudsmans_steps_fall_where_the_code_has_them),
		cmocka_unit_test(counting_from_the_end_of_day_zero_is_the_same),
		cmocka_unit_test(
			a_closing_counts_for_what_ends_there_and_not_for_what_begins),
		cmocka_unit_test(
			a_date_that_comes_back_after_midnight_closes_at_its_second_end),
		cmocka_unit_test(
			with_no_day_left_it_is_due_at_the_first_open_instant_or_that_midnight),
		cmocka_unit_test(a_target_beyond_ten_years_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
