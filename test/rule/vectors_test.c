/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "rule/vectors.h"
#include "store/zone_file.h"

static struct vectors_report
checked(struct bytes table)
{
	struct vectors_report report;
	const char *problem;

	if (vectors_check(testing_arena(), table, zone_file_load, &report, &problem) !=
		DONE)
		fail_msg("%s", problem);
	return report;
}

static void
all_hundred_rows_of_the_reference_table_are_right(void **state)
{
	struct vectors_report r = checked(testing_file("rule/clock-vectors.tsv"));

	(void)state;
	for (size_t i = 0; i < r.n; i++)
		if (!r.rows[i].right)
			print_error("%s: computed %s, expected %s\n", r.rows[i].id,
				r.rows[i].computed, r.rows[i].expected);
	assert_int_equal(r.n, 100);
	assert_int_equal(r.wrong, 0);
}

#define HEADER                                                                       \
	"id\tkind\tcalendar\tstart\tend\tamount\tdetail\twant_due\twant_due_local\t" \
	"want_elapsed_s\twant_spent_s\twant_remaining_s\twant_breach\twant_state\n"
#define CALENDAR "A\tcalendar\tA\t\t\t\tzone=UTC week=1/0-60,2/0-60\n"

static void
a_wrong_row_says_what_was_computed_or_why_not(void **state)
{
	static const struct {
		const char *row, *computed;
	} cases[] = {
		/* 2026-06-01 is a Monday */
		{"x\tdue\tA\t2026-06-01T00:00:00Z\t\t60\t\t2026-06-01T00:00:59Z\n",
			"due=2026-06-01T00:01:00Z"},
		{"x\tdue\tA\t2026-06-01T00:00:00Z\t\t60\t\t-\n",
			"due=2026-06-01T00:01:00Z"},
		{"x\telapsed\tA\t2026-06-01T00:00:00Z\t2026-06-03T00:00:"
		 "00Z\t\t\t\t\t121\n",
			"elapsed=120"},
		{"x\treplay\tA\t\t\t60\t2026-06-01T00:00:00Z start\t\t\t\t\t\t\tpaused\n",
			"state=running"},
		{"x\treplay\tA\t\t\t60\t\t\t\t\t\t\t\trunning\n", "state=none"},
		{"x\tdue\tB\t2026-06-01T00:00:00Z\t\t60\t\t-\n",
			"no such calendar above this line: B"},
		{"x\tdue\tA\tyesterday\t\t60\t\t-\n", "not an instant: yesterday"},
		{"x\tdue\tA\t2026-06-01T00:00:00Z\t\tsome\t\t-\n", "not a number: some"},
		{"x\tdue\tA\t2026-06-01T00:00:00Z\t\t\t\t-\n", "a number is missing: "},
		{"x\tdue\tA\t2026-06-01T00:00:00Z\t\t999999\t\t-\n",
			"not within ten years: 999999"},
		{"x\tdue\tA\t2026-06-01T00:00:00Z\t\t60\n", "this line expects nothing"},
		{"x\tworkdays\tA\t2026-02-30\t\t1\t\t-\n", "not a date: 2026-02-30"},
		{"x\tguess\tA\t\t\t\t\t-\n", "not a kind of vector: guess"},
		{"x\tcalendar\tB\t\t\t\tzone=UTC week=1/60-0\n",
			"it closes before it opens: 60-0"},
		{"x\tcalendar\tB\t\t\t\tzone=Nowhere week=1/0-60\n",
			"there is no such time zone on this machine: Nowhere"},
		{"x\treplay\tA\t\t\t1\t2026-06-01T00:00:00Z snooze\t-\n",
			"not an event: 2026-06-01T00:00:00Z snooze"},
		{"x\treplay\tA\t\t\t1\t2026-06-01T00:00:00Z reopen gently\t-\n",
			"not a mode: 2026-06-01T00:00:00Z reopen gently"},
		{"x\treplay\tA\t\t\t1\t2026-06-01T00:00:00Z stop now\t-\n",
			"more words than needed: 2026-06-01T00:00:00Z stop now"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *table = arena_printf(
			testing_arena(), "%s%s%s", HEADER, CALENDAR, cases[i].row);
		struct vectors_report r = checked(bytes_of(table));

		assert_int_equal(r.n, 2);
		assert_int_equal(r.wrong, 1);
		assert_string_equal(r.rows[1].computed, cases[i].computed);
	}
}

static void
columns_may_stand_in_any_order_and_lines_end_as_they_like(void **state)
{
	struct vectors_report r = checked(bytes_of(
		"note\twant_state\twant_breach\twant_remaining_s\twant_spent_s\t"
		"want_elapsed_s\twant_due_local\twant_due\tdetail\tamount\tend\tstart\t"
		"calendar\tkind\tid\r\n"
		"\t\t\t\t\t\t\t\tzone=UTC week=1/0-60\t\t\t\tA\tcalendar\tC\r\n"
		"\r\n"
		"it\t\t\t\t\t\t2026-06-01T00:00:07+00:00\t\t\t7\t\t"
		"2026-06-01T00:00:00Z\tA\tdue\tD"));

	(void)state;
	assert_int_equal(r.n, 2);
	assert_int_equal(r.wrong, 0);
	assert_string_equal(r.rows[1].id, "D");
}

static void
what_is_no_table_is_refused(void **state)
{
	struct vectors_report r;
	const char *problem;

	(void)state;
	assert_int_equal(vectors_check(testing_arena(), bytes_of(""), zone_file_load, &r,
				 &problem),
		INVALID);
	assert_string_equal(problem, "the first line does not name the column id");
	assert_int_equal(vectors_check(testing_arena(), bytes_of("id\tkind\n"),
				 zone_file_load, &r, &problem),
		INVALID);
	assert_string_equal(problem, "the first line does not name the column calendar");
	assert_int_equal(vectors_check(testing_arena(), bytes_of(HEADER), zone_file_load,
				 &r, &problem),
		INVALID);
	assert_string_equal(problem, "the table has no lines");
	assert_int_equal(vectors_check(testing_arena(), bytes_of("\xFF"), zone_file_load,
				 &r, &problem),
		INVALID);
	assert_string_equal(problem, "the file is not text");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_hundred_rows_of_the_reference_table_are_right),
		cmocka_unit_test(a_wrong_row_says_what_was_computed_or_why_not),
		cmocka_unit_test(
			columns_may_stand_in_any_order_and_lines_end_as_they_like),
		cmocka_unit_test(what_is_no_table_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
