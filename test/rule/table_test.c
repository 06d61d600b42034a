/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/table.h"

#include "testing.h"

enum { HIGHWAYS = 7, SUPPLIER = 8 };

#define ANY                                                               \
	.priority = TABLE_ANY, .impact = TABLE_ANY, .urgency = TABLE_ANY, \
	.vip = TABLE_ANY, .vulnerable = TABLE_ANY

static const struct table_row steps[] = {
	{.position = 1, ANY, .team = TABLE_ANY, .clock = "resolution", .amount = 75},
	{.position = 2, ANY, .team = HIGHWAYS, .clock = "team", .amount = 50},
	{.position = 3, ANY, .team = TABLE_ANY, .amount = 100},
	{.position = 4, ANY, .amount = 120},
};
static const struct table escalation = {1, steps, 4};

static void
every_row_that_matches_is_found_in_order(void **state)
{
	static const struct {
		const char *clock;
		int64_t team;
		int64_t positions[5];
	} cases[] = {
		{"resolution", HIGHWAYS, {1, 3, 4}},
		{"resolution", SUPPLIER, {1, 3, 4}},
		{"team", HIGHWAYS, {2, 3, 4}},
		{"team", SUPPLIER, {3, 4}},
		{"response", 0, {3, 4}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct table_facts f = {.clock = cases[i].clock, .team = cases[i].team};
		const struct table_row *row = NULL;
		int n = 0;

		while ((row = table_next(&escalation, &f, row)))
			assert_int_equal(row->position, cases[i].positions[n++]);
		assert_int_equal(cases[i].positions[n], 0);
	}
}

static void
the_first_match_decides(void **state)
{
	struct table_facts f = {.clock = "team", .team = HIGHWAYS};

	(void)state;
	assert_int_equal(table_match(&escalation, &f)->position, 2);
}

static void
a_condition_on_the_team_holds_for_that_team_alone(void **state)
{
	static const struct table_row rows[] = {{.position = 1, ANY, .team = SUPPLIER}};
	const struct table t = {1, rows, 1};
	struct table_facts f = {.team = HIGHWAYS};

	(void)state;
	assert_null(table_match(&t, &f));
	f.team = SUPPLIER;
	assert_non_null(table_match(&t, &f));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_that_matches_is_found_in_order),
		cmocka_unit_test(the_first_match_decides),
		cmocka_unit_test(a_condition_on_the_team_holds_for_that_team_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
