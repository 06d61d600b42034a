/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/rule_check.h"

#include "testing.h"

#define ANY                                                               \
	.priority = TABLE_ANY, .impact = TABLE_ANY, .urgency = TABLE_ANY, \
	.vip = TABLE_ANY, .vulnerable = TABLE_ANY

static void
a_step_stands_no_further_off_than_can_be_typed(void **state)
{
	static const struct {
		int64_t unit, amount;
		const char *fault;
	} cases[] = {
		{CLOCK_SECONDS, -1800, NULL},
		{CLOCK_SECONDS, 36000000, NULL},
		{CLOCK_SECONDS, -36000000, NULL},
		{CLOCK_SECONDS, 36000001, "problem.tables.step_far"},
		{CLOCK_SECONDS, INT64_MAX, "problem.tables.step_far"},
		{CLOCK_SECONDS, INT64_MIN, "problem.tables.step_far"},
		{CLOCK_DAYS, 1000, NULL},
		{CLOCK_DAYS, -1001, "problem.tables.step_far"},
		{CLOCK_DAYS, INT64_MIN, "problem.tables.step_far"},
		{CLOCK_WORKING_DAYS, 1, "problem.tables.step"},
	};
	const struct table_shape *s = table_shape_named("escalation");
	const struct rule_names names = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct table_row row = {ANY, .threshold = TABLE_OFFSET,
			.unit = cases[i].unit, .amount = cases[i].amount,
			.notify = TABLE_NOTIFY_LEADER};
		const char *fault = rule_check_fault(s, &names, &row, RULE_CHECK_ALL);

		if (cases[i].fault)
			assert_string_equal(fault, cases[i].fault);
		else
			assert_null(fault);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_stands_no_further_off_than_can_be_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
