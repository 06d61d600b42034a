/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "base/buffer.h"
#include "rule/fold.h"
#include "rule/lengths.h"
#include "rule/table_cover.h"
#include "rule/table_diff.h"

#include <string.h>

/* A row of a few columns, said as "service=A,priority=2,set_priority=1". */
static struct table_row
row_of(const char *table, const char *text)
{
	struct table_row row = table_shape_blank();
	struct bytes rest = bytes_of(text);

	while (rest.len > 0) {
		struct bytes value = bytes_cut(&rest, ',');
		struct bytes name = bytes_cut(&value, '=');
		const struct table_column *c = table_shape_column(
			table_shape_named(table),
			arena_text(testing_arena(), name.at, name.len));

		assert_non_null(c);
		table_shape_set(
			c, &row, arena_text(testing_arena(), value.at, value.len));
	}
	return row;
}

static struct table
table_of(const char *table, const char *const *texts)
{
	int count = 0;
	struct table_row *rows = arena_array(testing_arena(), 20, sizeof *rows);

	for (; texts[count]; count++) {
		rows[count] = row_of(table, texts[count]);
		rows[count].position = count + 1;
	}
	return (struct table){.version = 1, .rows = rows, .count = count};
}

#define ROWS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void
each_step_sees_what_the_one_before_gave(void **state)
{
	struct table priority = table_of("priority", ROWS("vip=1,set_priority=1"));
	struct table route = table_of("route", ROWS("priority=1,set_team=7"));
	struct table target = table_of(
		"target", ROWS("priority=2,resolution=99",
				  "priority=1,resolution=3600,calendar=1"));
	struct fold_tables tables = {{&priority, &route, &target}};
	struct fold_input in = {
		.facts = {.priority = 3, .vip = true}, .own = {.priority = 3, .team = 5}};
	struct folded f;

	(void)state;
	fold_run(&tables, &in, &f);
	assert_int_equal(f.priority, 1);
	assert_int_equal(f.team, 7);
	assert_int_equal(f.at[FOLD_TARGET].row->position, 2);
	assert_int_equal(f.at[FOLD_PRIORITY].saw.priority, 3);
	assert_int_equal(f.at[FOLD_ROUTE].saw.priority, 1);

	in.facts.vip = false;
	fold_run(&tables, &in, &f);
	assert_int_equal(f.priority, 3);
	assert_int_equal(f.team, 5);
	assert_int_equal(f.at[FOLD_ROUTE].by, FOLD_BY_SERVICE);
	assert_null(f.at[FOLD_TARGET].row);
}

static void
a_hand_stands_between_rows_over_hands_and_the_others(void **state)
{
	static const struct {
		const char *first, *second;
		int64_t hand, gives;
		enum fold_by by;
	} cases[] = {
		{"set_priority=1", "set_priority=2,over_hand=1", 0, 1, FOLD_BY_ROW},
		{"set_priority=1", "set_priority=2", 4, 4, FOLD_BY_HAND},
		{"set_priority=1", "set_priority=2,over_hand=1", 4, 2, FOLD_BY_ROW},
		{"vip=1,set_priority=1,over_hand=1", "set_priority=2", 4, 4,
			FOLD_BY_HAND},
		{"vip=1,set_priority=1", "vip=1,set_priority=2", 0, 3, FOLD_BY_SERVICE},
	};
	struct table none = {.count = 0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct table priority = table_of(
			"priority", ROWS(cases[i].first, cases[i].second));
		struct fold_tables tables = {{&priority, &none, &none}};
		struct fold_input in = {.facts = {.priority = 3},
			.own = {.priority = 3},
			.hand = {.priority = cases[i].hand}};
		struct folded f;

		fold_run(&tables, &in, &f);
		assert_int_equal(f.priority, cases[i].gives);
		assert_int_equal(f.at[FOLD_PRIORITY].by, cases[i].by);
	}
}

static const char *
roads(const void *catalogue, const char *service)
{
	(void)catalogue;
	return strcmp(service, "POTHOLE") == 0 ? "Roads" : NULL;
}

static void
a_row_is_covered_by_a_wider_one_before_it(void **state)
{
	static const struct {
		const char *earlier, *later;
		bool covered;
	} cases[] = {
		{"", "service=POTHOLE", true},
		{"service=POTHOLE", "service=POTHOLE,vip=1", true},
		{"service=POTHOLE,vip=1", "service=POTHOLE", false},
		{"vip=1", "vip=0", false},
		{"service=LIGHT", "service=POTHOLE", false},
		{"category=Roads", "service=POTHOLE,priority=1", true},
		{"category=Roads", "service=LIGHT", false},
		{"category=Roads", "category=Roads", true},
		{"words=gas", "words=smell of gas", true},
		{"words=gas", "words=gasket", false},
		{"words=smell of gas", "words=gas", false},
		{"words=gas", "", false},
		{"channel=web,urgency=1", "channel=web,urgency=1,impact=2", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct table_row earlier = row_of("priority", cases[i].earlier);
		struct table_row later = row_of("priority", cases[i].later);

		if (table_cover(table_shape_named("priority"), &earlier, &later, roads,
			    NULL) != cases[i].covered)
			fail_msg(
				"\"%s\" before \"%s\"", cases[i].earlier, cases[i].later);
	}
}

static const char *
changes(const char *const *was, const char *const *is)
{
	struct table a = table_of("priority", was), b = table_of("priority", is);
	struct table_diff d = table_diff(
		testing_arena(), table_shape_named("priority"), &a, &b);
	struct buffer out = buffer_in(testing_arena(), 32);
	int total = 0;

	for (int i = 0; i < d.count; i++) {
		const struct table_change *c = &d.at[i];

		buffer_printf(&out, "%s%c%d%d", i ? " " : "", "+-*>"[c->kind],
			c -> was ? (int)c -> was -> position : 0,
			c -> is ? (int)c -> is -> position : 0);
	}
	for (int i = 0; i <= TABLE_MOVED; i++)
		total += d.of[i];
	assert_int_equal(total, d.count);
	return buffer_text(&out);
}

static void
a_diff_names_added_removed_changed_and_moved_rows(void **state)
{
	(void)state;
	assert_string_equal(changes(ROWS("vip=1"), ROWS("vip=1")), "");
	assert_string_equal(changes(ROWS("vip=1"), ROWS("vip=1", "vip=0")), "+02");
	assert_string_equal(changes(ROWS("vip=1", "vip=0"), ROWS("vip=0")), "-10");
	assert_string_equal(changes(ROWS("vip=1", "impact=1", "vip=0"),
				    ROWS("vip=1", "impact=2", "vip=0")),
		"*22");
	assert_string_equal(changes(ROWS("vip=1", "impact=1", "impact=2", "impact=3"),
				    ROWS("impact=3", "vip=1", "impact=1", "impact=2")),
		">41");
	assert_string_equal(
		changes(ROWS("vip=1"), ROWS("impact=1", "impact=2")), "*11 +02");
	assert_string_equal(changes(ROWS("vip=1,note=a"), ROWS("vip=1,note=b")), "*11");
}

static void
lengths_are_read_as_people_type_them(void **state)
{
	static const struct {
		const char *text;
		int64_t n;
		enum clock_unit unit;
		bool well;
	} cases[] = {
		{"", 0, CLOCK_SECONDS, true},
		{"4 hours", 14400, CLOCK_SECONDS, true},
		{" 4h", 14400, CLOCK_SECONDS, true},
		{"1 hour 30 minutes", 5400, CLOCK_SECONDS, true},
		{"90 min", 5400, CLOCK_SECONDS, true},
		{"20 working days", 20, CLOCK_WORKING_DAYS, true},
		{"2 wd", 2, CLOCK_WORKING_DAYS, true},
		{"1 day", 1, CLOCK_DAYS, true},
		{"30 calendar days", 30, CLOCK_DAYS, true},
		{"1 month", 1, CLOCK_MONTHS, true},
		{"3 Calendar Months", 3, CLOCK_MONTHS, true},
		{"5 Working Days ", 5, CLOCK_WORKING_DAYS, true},
		{"4", 0, CLOCK_SECONDS, false},
		{"4 weeks", 0, CLOCK_SECONDS, false},
		{"-4 hours", 0, CLOCK_SECONDS, false},
		{"2 days 4 hours", 0, CLOCK_SECONDS, false},
		{"4 hours 2 days", 0, CLOCK_SECONDS, false},
		{"4 working hours", 0, CLOCK_SECONDS, false},
		{"99999999999999999999 h", 0, CLOCK_SECONDS, false},
		{"2000 days", 0, CLOCK_SECONDS, false},
		{"1 month 3 days", 0, CLOCK_SECONDS, false},
		{"1 working month", 0, CLOCK_SECONDS, false},
		{"4 calendar hours", 0, CLOCK_SECONDS, false},
		{"3 calendar", 0, CLOCK_SECONDS, false},
		{"37 months", 0, CLOCK_SECONDS, false},
		{"h", 0, CLOCK_SECONDS, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct length l, again;

		if (lengths_read(cases[i].text, &l) != cases[i].well)
			fail_msg("\"%s\"", cases[i].text);
		if (!cases[i].well)
			continue;
		assert_int_equal(l.n, cases[i].n);
		assert_int_equal(l.unit, cases[i].unit);
		assert_true(lengths_read(lengths_text(testing_arena(), &l), &again));
		assert_int_equal(again.n, l.n);
		assert_int_equal(again.unit, l.unit);
	}
}

static void
terms_are_the_same_when_all_of_them_are(void **state)
{
	static const struct {
		const char *was, *is;
		bool same;
	} cases[] = {
		{"", "", true},
		{"resolution=14400", "resolution=14400,note=As agreed", true},
		{"resolution=14400", "resolution=18000", false},
		{"resolution=14400", "resolution=14400,no_pause=1", false},
		{"unit=1,resolution=2", "unit=1,resolution=2,midnight=1", false},
		{"response_unit=1,response=2", "response_unit=1,response=2,midnight=1",
			false},
		/* Hours end when they end. */
		{"resolution=14400", "resolution=14400,midnight=1", true},
		{"resolution=14400", "resolution=14400,mode=2", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct table_row was = row_of("target", cases[i].was);
		struct table_row is = row_of("target", cases[i].is);

		if (fold_same_terms(&was, &is) != cases[i].same)
			fail_msg("%s and %s", cases[i].was, cases[i].is);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_sees_what_the_one_before_gave),
		cmocka_unit_test(a_hand_stands_between_rows_over_hands_and_the_others),
		cmocka_unit_test(a_row_is_covered_by_a_wider_one_before_it),
		cmocka_unit_test(a_diff_names_added_removed_changed_and_moved_rows),
		cmocka_unit_test(lengths_are_read_as_people_type_them),
		cmocka_unit_test(terms_are_the_same_when_all_of_them_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
