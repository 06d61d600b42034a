/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/machines.h"
#include "desk/roles.h"
#include "store/account.h"
#include "testing.h"
#include "testing_desk.h"

#include <string.h>

static struct testing_people people;

static struct work *
as_administrator(void)
{
	struct work *w = testing_desk(&people);

	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	return w;
}

static struct token
token(struct work *w, const char *role, const char *scopes)
{
	return (struct token){.org = SOUTHMERE,
		.person = w->actor->person,
		.name = "Salt sensors",
		.role = role,
		.scopes = scopes,
		.expires = w->now + 86400};
}

static bool
says(struct work *w, const char *key)
{
	bool found = w->problems.count == 1 &&
		     strcmp(w->problems.at[0].field, "role") == 0 &&
		     strcmp(w->problems.at[0].key, key) == 0;

	w->problems.count = 0;
	return found;
}

static void
a_token_may_have_a_role_that_was_made_here(void **state)
{
	struct work *w = as_administrator();
	const char *name = "", *secret;
	struct token_list list;
	struct actor machine;
	struct token t;

	(void)state;
	assert_int_equal(
		roles_make(w, "Winter service", "analyst", "It snows", &name), DONE);
	t = token(w, name, "tickets:read");
	assert_int_equal(machines_add_token(w, &t, &secret), DONE);
	assert_int_equal(account_by_token(w, secret, &machine), DONE);
	assert_true(access_may(&machine, SOUTHMERE, RIGHT_READ));
	assert_false(access_may(&machine, SOUTHMERE, RIGHT_REPLY)); /* its scope */
	token_list(w, SOUTHMERE, &list);
	assert_string_equal(list.at[0].label, "Winter service");
	/* It goes with the role. */
	assert_int_equal(roles_remove(w, name, "It thaws"), DONE);
	assert_int_equal(account_by_token(w, secret, &machine), DONE);
	assert_int_equal(machine.grant_count, 0);
}

static void
a_token_has_no_more_than_its_maker_may_hand_on(void **state)
{
	struct work *w = as_administrator();
	const char *name = "", *secret;
	struct roles_change narrow = {.label = "Junior",
		.rights = RIGHT_BIT(RIGHT_ADMIN) | RIGHT_BIT(RIGHT_FIGURES),
		.reason = "To learn"};
	struct role_row r;
	struct token t = token(w, "governance-officer", "audit:read");

	(void)state;
	assert_int_equal(machines_add_token(w, &t, &secret), INVALID);
	assert_true(says(w, "problem.token.rights"));
	t.role = "juggler";
	assert_int_equal(machines_add_token(w, &t, &secret), INVALID);
	assert_true(says(w, "problem.token.role"));
	t.role = "customer";
	assert_int_equal(machines_add_token(w, &t, &secret), INVALID);
	assert_true(says(w, "problem.token.role"));
	/* Who runs the desk and hands nothing on makes no token that does. */
	assert_int_equal(roles_make(w, "Junior", "", "To learn", &name), DONE);
	assert_int_equal(role_row_get(w, SOUTHMERE, "administrator", &r), DONE);
	narrow.rights = r.rights;
	assert_int_equal(roles_change(w, name, &narrow), DONE);
	account_give(w, SOUTHMERE, people.binman, name);
	account_take(w, SOUTHMERE, people.binman, "analyst");
	testing_act_as(w, SOUTHMERE, people.binman);
	t = token(w, "administrator", "accounts:write");
	assert_int_equal(machines_add_token(w, &t, &secret), INVALID);
	assert_true(says(w, "problem.token.rights"));
	t.role = name;
	assert_int_equal(machines_add_token(w, &t, &secret), DONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_may_have_a_role_that_was_made_here),
		cmocka_unit_test(a_token_has_no_more_than_its_maker_may_hand_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
