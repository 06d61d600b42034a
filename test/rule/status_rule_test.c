/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/status_rule.h"

#include "testing.h"

#include <string.h>

#define ANY                                                               \
	.priority = TABLE_ANY, .impact = TABLE_ANY, .urgency = TABLE_ANY, \
	.vip = TABLE_ANY, .vulnerable = TABLE_ANY, .team = TABLE_ANY

static struct status_ruling
ask(const struct table *t, const char *kind, const char *from, const char *to)
{
	struct table_facts f = {.kind = kind, .from_status = from, .to_status = to};

	return status_rule_ask(t, &f);
}

static void
the_standard_lets_work_go_forward_and_back_but_not_past_its_end(void **state)
{
	/* from; each column a status to become: new open waiting resolved closed
	 * cancelled */
	static const char *const expected[] = {
		"111101", /* new */
		"011101", /* open */
		"011101", /* waiting */
		"010110", /* resolved */
		"010010", /* closed */
		"010001", /* cancelled */
	};

	(void)state;
	for (int i = 0; status_rule_status(i); i++)
		for (int k = 0; status_rule_status(k); k++)
			assert_int_equal(
				ask(status_rule_standard(), "request",
					status_rule_status(i), status_rule_status(k))
					.allowed,
				expected[i][k] == '1');
}

static void
the_first_row_that_matches_decides_and_no_row_refuses(void **state)
{
	static const struct table_row rows[] = {
		{.position = 1,
			ANY,
			.kind = "change",
			.to_status = "closed",
			.refused = true},
		{.position = 2, ANY, .from_status = "resolved", .to_status = "closed"},
		{.position = 3,
			ANY,
			.from_status = "new",
			.to_status = "open",
			.needs_right = "assign"},
	};
	static const struct table t = {1, rows, 3};

	(void)state;
	assert_false(ask(&t, "change", "resolved", "closed").allowed);
	assert_int_equal(ask(&t, "change", "resolved", "closed").row->position, 1);
	assert_true(ask(&t, "incident", "resolved", "closed").allowed);
	assert_string_equal(
		ask(&t, "incident", "new", "open").row->needs_right, "assign");
	assert_false(ask(&t, "incident", "open", "resolved").allowed);
	assert_null(ask(&t, "incident", "open", "resolved").row);
}

static void
no_table_keeps_a_wait_from_ending(void **state)
{
	static const struct table_row rows[] = {{.position = 1, ANY, .refused = true}};
	static const struct table t = {1, rows, 1};

	(void)state;
	assert_true(ask(&t, "incident", "waiting", "open").allowed);
	assert_true(ask(&t, "incident", "closed", "closed").allowed);
	assert_false(ask(&t, "incident", "waiting", "resolved").allowed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_standard_lets_work_go_forward_and_back_but_not_past_its_end),
		cmocka_unit_test(the_first_row_that_matches_decides_and_no_row_refuses),
		cmocka_unit_test(no_table_keeps_a_wait_from_ending),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
