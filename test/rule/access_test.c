/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/access.h"
#include "testing.h"

#include <string.h>

static void
every_right_has_a_name_that_finds_it(void **state)
{
	(void)state;
	for (enum right r = RIGHT_NONE + 1; r < RIGHT_COUNT; r++) {
		assert_non_null(access_right_name(r));
		assert_true(*access_right_name(r) != 0);
		assert_int_equal(access_right_named(access_right_name(r)), r);
	}
	assert_int_equal(access_right_named("no-such-right"), RIGHT_NONE);
	assert_int_equal(access_right_named(""), RIGHT_NONE);
}

static void
a_list_of_words_is_read_as_it_was_written(void **state)
{
	struct arena *a = testing_arena();

	(void)state;
	for (enum role r = 0; r < ROLE_COUNT; r++) {
		uint64_t rights = access_standard(r);

		assert_true(access_rights_of(access_rights_text(a, rights)) == rights);
	}
	assert_true(access_rights_of("reply  see nonsense rep") ==
		    (RIGHT_BIT(RIGHT_SEE) | RIGHT_BIT(RIGHT_REPLY)));
	assert_true(access_rights_of("") == 0);
}

static void
what_is_not_granted_is_not_there(void **state)
{
	struct grant grants[] = {access_grant(1, ROLE_ANALYST), {2, ROLE_LEADER, 0}};
	struct actor a = {.kind = ACTOR_STAFF,
		.org = 1,
		.person = 7,
		.grants = grants,
		.grant_count = 2};

	(void)state;
	assert_true(access_may(&a, 1, RIGHT_REPLY));
	assert_false(access_may(&a, 2, RIGHT_REPLY));
	assert_false(access_may(&a, 3, RIGHT_REPLY));
	grants[0].rights &= RIGHT_BIT(RIGHT_SEE); /* a token's narrow scope */
	assert_true(access_scope(&a, 1, RIGHT_SEE).all);
	assert_false(access_scope(&a, 1, RIGHT_SEE).read);
	assert_false(access_scope(&a, 1, RIGHT_REPLY).all);
}

static void
an_agreement_helps_only_those_who_may_do_the_same_at_home(void **state)
{
	struct grant grant = access_grant(1, ROLE_APPRENTICE);
	struct actor a = {
		.kind = ACTOR_STAFF, .org = 1, .grants = &grant, .grant_count = 1};

	(void)state;
	assert_false(access_scope(&a, 1, RIGHT_SEE).shared);
	assert_true(access_scope(&a, 2, RIGHT_SEE).shared);
	assert_int_equal(access_scope(&a, 2, RIGHT_SEE).taker, 1);
	assert_true(access_scope(&a, 2, RIGHT_REPLY).shared);
	assert_false(access_scope(&a, 2, RIGHT_RESOLVE).shared);
	grant = access_grant(1, ROLE_PARTNER);
	assert_false(access_scope(&a, 2, RIGHT_SEE).shared);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_right_has_a_name_that_finds_it),
		cmocka_unit_test(a_list_of_words_is_read_as_it_was_written),
		cmocka_unit_test(what_is_not_granted_is_not_there),
		cmocka_unit_test(
			an_agreement_helps_only_those_who_may_do_the_same_at_home),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
