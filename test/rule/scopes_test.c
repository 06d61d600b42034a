/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/scopes.h"

#include "testing.h"

#include <string.h>

static bool
leaves(const char *words, enum right r)
{
	return scopes_rights(words) >> r & 1;
}

static void
words_leave_their_rights_alone(void **state)
{
	(void)state;
	assert_true(leaves("tickets:read", RIGHT_SEE));
	assert_true(leaves("tickets:read", RIGHT_READ));
	assert_false(leaves("tickets:read", RIGHT_REPLY));
	assert_false(leaves("tickets:read", RIGHT_PEOPLE));
	assert_true(leaves("tickets:write", RIGHT_CREATE));
	assert_false(leaves("tickets:write", RIGHT_READ));
	assert_true(leaves(" people:read  admin ", RIGHT_PEOPLE));
	assert_true(leaves(" people:read  admin ", RIGHT_ADMIN));
	assert_false(leaves("people:read admin", RIGHT_AUDIT));
}

static void
no_words_leave_all_and_unknown_words_nothing(void **state)
{
	(void)state;
	for (int r = 0; r < RIGHT_COUNT; r++) {
		assert_true(leaves("", (enum right)r));
		assert_false(leaves("everything", (enum right)r));
		assert_false(leaves(" ", (enum right)r));
		assert_false(leaves("Tickets:Read tickets tickets:", (enum right)r));
	}
}

static void
each_word_is_known_by_its_name(void **state)
{
	(void)state;
	for (int s = 0; s < SCOPES_COUNT; s++)
		assert_int_equal(scopes_named(scopes_name((enum scopes_word)s)), s);
	assert_int_equal(scopes_named("tickets"), SCOPES_COUNT);
}

static bool
contains(const char *words, enum scopes_word s)
{
	return scopes_bits(words) >> s & 1;
}

static void
writing_contains_reading_and_admin_all_that_is_administered(void **state)
{
	(void)state;
	assert_true(contains("rules:write", SCOPES_RULES_READ));
	assert_false(contains("rules:read", SCOPES_RULES_WRITE));
	assert_false(contains("rules:write", SCOPES_ACCOUNTS_READ));
	assert_false(contains("rules:write", SCOPES_ADMIN));
	assert_true(contains("tickets:read admin", SCOPES_SHARING_WRITE));
	assert_false(contains("admin", SCOPES_AUDIT_READ));
	assert_true(contains("", SCOPES_LETTERS));
	assert_false(contains("everything", SCOPES_LETTERS));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_leave_their_rights_alone),
		cmocka_unit_test(no_words_leave_all_and_unknown_words_nothing),
		cmocka_unit_test(
			writing_contains_reading_and_admin_all_that_is_administered),
		cmocka_unit_test(each_word_is_known_by_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
