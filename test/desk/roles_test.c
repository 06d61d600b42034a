/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/roles.h"
#include "store/parting.h"
#include "store/session.h"
#include "store/team.h"
#include "testing.h"
#include "testing_desk.h"

#include <string.h>

static struct testing_people people;

/* Lee runs the desk, and leads a team. */
static struct work *
as_administrator(void)
{
	struct work *w = testing_desk(&people);

	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	w->partings = NULL;
	return w;
}

static bool
says(struct work *w, const char *key)
{
	bool found = false;

	for (int i = 0; i < w->problems.count; i++)
		found = found || strcmp(w->problems.at[i].key, key) == 0;
	w->problems.count = 0;
	return found;
}

static struct roles_deed
deed(int64_t person, const char *role)
{
	return (struct roles_deed){
		.person = person, .role = role, .reason = "For the winter"};
}

static uint64_t
rights_of(struct work *w, int64_t person)
{
	struct actor a = {.kind = ACTOR_STAFF, .org = SOUTHMERE, .person = person};

	account_grants(w, person, SOUTHMERE, &a);
	return access_rights(&a, SOUTHMERE);
}

static bool
parts(const struct work *w, int64_t person)
{
	for (const struct parting *p = w->partings; p; p = p->next)
		if (p->person == person && !*p->session)
			return true;
	return false;
}

static void
a_role_is_given_and_taken_at_once(void **state)
{
	struct work *w = as_administrator();
	struct roles_deed d = deed(people.binman, "leader");

	(void)state;
	assert_int_equal(roles_give(w, &d), DONE);
	assert_true(rights_of(w, people.binman) & RIGHT_BIT(RIGHT_SEE_RESTRICTED));
	assert_true(parts(w, people.binman));
	assert_int_equal(roles_give(w, &d), INVALID);
	assert_true(says(w, "problem.roles.has"));
	w->partings = NULL;
	assert_int_equal(roles_take(w, &d), DONE);
	assert_false(rights_of(w, people.binman) & RIGHT_BIT(RIGHT_SEE_RESTRICTED));
	assert_true(parts(w, people.binman));
	assert_int_equal(roles_take(w, &d), INVALID);
	assert_true(says(w, "problem.roles.has_not"));
	assert_int_equal(
		db_int(w->db, 0,
			"select count(*) from audit where org = $1 and action in"
			" ('role.give', 'role.take') and subject = $2 and actor = $3"
			" and detail like '%role=leader%reason=For%'",
			SOUTHMERE, "ben@southmere.example.org", people.leader),
		2);
}

static bool
is_held(struct work *w, const char *cookie)
{
	struct session s;

	assert_int_equal(session_find(w, cookie, &s), DONE);
	return s.must_enrol;
}

/* Where a second factor is asked for, nobody works on with the password alone because
 * they were signed in before they had a role. */
static void
who_is_signed_in_with_less_than_the_role_wants_is_held(void **state)
{
	struct work *w = as_administrator();
	struct roles_deed d = deed(people.engineer, "analyst");
	struct session s;
	const char *cookie = session_start(
		w, ICT_DESK, people.engineer, 3600, "127.0.0.1", &s);
	struct session_entry sso = {.org = ICT_DESK,
		.person = people.engineer,
		.lifetime = 3600,
		.peer = "127.0.0.1",
		.way = "oidc"};
	const char *theirs = session_enter(w, &sso, &s);

	(void)state;
	account_rule(w, SOUTHMERE, true);
	assert_false(is_held(w, cookie));
	assert_int_equal(roles_give(w, &d), DONE);
	assert_true(is_held(w, cookie));
	assert_false(is_held(w, theirs));
}

static void
a_deed_wants_a_reason_and_the_right(void **state)
{
	struct work *w = as_administrator();
	struct roles_deed d = {.person = people.binman, .role = "leader", .reason = " "};

	(void)state;
	assert_int_equal(roles_give(w, &d), INVALID);
	assert_true(says(w, "problem.roles.reason"));
	d.reason = "For the winter";
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(roles_give(w, &d), DENIED);
	assert_int_equal(roles_take(w, &d), DENIED);
	assert_int_equal(roles_disable(w, &d), DENIED);
	assert_int_equal(roles_join(w, &d), DENIED);
	assert_int_equal(
		roles_change(w, "analyst", &(struct roles_change){.reason = "No reason"}),
		DENIED);
	assert_int_equal(roles_remove(w, "analyst", "No reason"), DENIED);
	/* Whoever runs another organisation runs it alone. */
	account_grant(w, ICT_DESK, people.engineer, ROLE_ADMINISTRATOR);
	testing_act_as(w, ICT_DESK, people.engineer);
	assert_int_equal(roles_take(w, &d), MISSING);
	assert_int_equal(roles_disable(w, &d), MISSING);
	assert_int_equal(roles_sign_out(w, &d), MISSING);
}

static void
nobody_gives_what_is_not_theirs(void **state)
{
	struct work *w = as_administrator();
	struct roles_deed d = deed(people.binman, "governance-officer");
	struct roles_change c = {.rights = RIGHT_BIT(RIGHT_SEE) | RIGHT_BIT(RIGHT_AUDIT),
		.reason = "For the winter"};
	struct role_row r;

	(void)state;
	assert_int_equal(roles_give(w, &d), INVALID);
	assert_true(says(w, "problem.roles.rights"));
	assert_int_equal(roles_change(w, "analyst", &c), INVALID);
	assert_true(says(w, "problem.roles.rights"));
	/* Nor is it theirs to take. */
	account_grant(w, SOUTHMERE, people.binman, ROLE_GOVERNANCE_OFFICER);
	assert_int_equal(roles_take(w, &d), INVALID);
	assert_true(says(w, "problem.roles.rights"));
	c.rights = RIGHT_BIT(RIGHT_SEE);
	assert_int_equal(roles_change(w, "governance-officer", &c), INVALID);
	assert_true(says(w, "problem.roles.rights"));
	/* What a role may hand on is the organisation's to say. */
	assert_int_equal(role_row_get(w, SOUTHMERE, "administrator", &r), DONE);
	r.gives = RIGHT_BIT(RIGHT_SEE);
	role_row_put(w, SOUTHMERE, &r);
	d.role = "specialist"; /* lee has its rights as leader */
	assert_int_equal(roles_give(w, &d), DONE);
	account_take(w, SOUTHMERE, people.leader, "leader");
	testing_act_as(w, SOUTHMERE, people.leader);
	d.role = "analyst";
	d.person = people.ann;
	assert_int_equal(roles_give(w, &d), MISSING); /* no account */
	d.person = people.analyst;
	d.role = "specialist";
	assert_int_equal(roles_give(w, &d), INVALID);
	assert_true(says(w, "problem.roles.rights"));
}

static void
nobody_gives_themselves_more(void **state)
{
	struct work *w = as_administrator();
	struct roles_deed d = deed(people.leader, "specialist");
	struct roles_change c = {.reason = "For me"};
	struct role_row r;

	(void)state;
	/* What they have already is no more. */
	assert_int_equal(roles_give(w, &d), DONE);
	account_take(w, SOUTHMERE, people.leader, "leader");
	account_take(w, SOUTHMERE, people.leader, "specialist");
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(roles_give(w, &d), INVALID);
	assert_true(says(w, "problem.roles.self"));
	assert_int_equal(role_row_get(w, SOUTHMERE, "administrator", &r), DONE);
	c.rights = r.rights | RIGHT_BIT(RIGHT_SEE);
	c.gives = r.gives;
	assert_int_equal(roles_change(w, "administrator", &c), INVALID);
	assert_true(says(w, "problem.roles.self"));
	d.team = people.highways;
	team_leave(w, SOUTHMERE, people.highways, people.leader);
	assert_int_equal(roles_join(w, &d), INVALID);
	assert_true(says(w, "problem.roles.self_team"));
}

static void
somebody_is_left_to_run_the_desk(void **state)
{
	struct work *w = as_administrator();
	struct roles_deed d = deed(people.leader, "administrator");
	struct roles_change c = {
		.rights = RIGHT_BIT(RIGHT_SEE_OWN), .reason = "For the winter"};
	struct role_row r;

	(void)state;
	assert_int_equal(roles_take(w, &d), INVALID);
	assert_true(says(w, "problem.roles.last"));
	assert_int_equal(roles_disable(w, &d), INVALID);
	assert_true(says(w, "problem.roles.last"));
	assert_int_equal(role_row_get(w, SOUTHMERE, "administrator", &r), DONE);
	c.gives = r.gives;
	assert_int_equal(roles_change(w, "administrator", &c), INVALID);
	assert_true(says(w, "problem.roles.last"));
	assert_true(rights_of(w, people.leader) & RIGHT_BIT(RIGHT_ADMIN));
	/* Somebody who cannot sign in is nobody. */
	account_grant(w, SOUTHMERE, people.binman, ROLE_ADMINISTRATOR);
	d.person = people.binman;
	assert_int_equal(roles_disable(w, &d), DONE);
	d.person = people.leader;
	assert_int_equal(roles_take(w, &d), INVALID);
	assert_true(says(w, "problem.roles.last"));
	d.person = people.binman;
	assert_int_equal(roles_enable(w, &d), DONE);
	d.person = people.leader;
	assert_int_equal(roles_take(w, &d), DONE);
	assert_false(rights_of(w, people.leader) & RIGHT_BIT(RIGHT_ADMIN));
}

static void
an_organisation_makes_roles_of_its_own(void **state)
{
	struct work *w = as_administrator();
	const char *name = "";
	struct roles_deed d;
	struct roles_change c = {
		.label = "Winter service", .reason = "It snows", .gives = 0};
	struct role_row_list list;

	(void)state;
	assert_int_equal(roles_make(w, "", "", "It snows", &name), INVALID);
	assert_true(says(w, "problem.roles.label"));
	assert_int_equal(roles_make(w, "Winter", "analyst", "It snows", &name), DONE);
	d = deed(people.binman, name);
	account_take(w, SOUTHMERE, people.binman, "analyst");
	assert_int_equal(roles_give(w, &d), DONE);
	assert_true(rights_of(w, people.binman) & RIGHT_BIT(RIGHT_REPLY));
	c.rights = RIGHT_BIT(RIGHT_SEE) | RIGHT_BIT(RIGHT_READ);
	w->partings = NULL;
	assert_int_equal(roles_change(w, name, &c), DONE);
	assert_true(parts(w, 0));
	assert_true(rights_of(w, people.binman) ==
		    (c.rights | RIGHT_BIT(RIGHT_SEE_OWN))); /* as everybody */
	role_row_list(w, SOUTHMERE, &list);
	assert_string_equal(list.at[list.count - 1].label, "Winter service");
	assert_int_equal(list.at[list.count - 1].holders, 1);
	/* The other organisation knows nothing of it. */
	assert_int_equal(role_row_get(w, ICT_DESK, name, &list.at[0]), MISSING);
	assert_int_equal(roles_remove(w, name, "It thaws"), INVALID);
	assert_true(says(w, "problem.roles.held"));
	assert_int_equal(roles_take(w, &d), DONE);
	assert_int_equal(roles_remove(w, name, "It thaws"), DONE);
	assert_int_equal(roles_remove(w, "analyst", "It thaws"), INVALID);
	assert_true(says(w, "problem.roles.standard"));
}

static void
an_account_that_is_disabled_is_out_everywhere(void **state)
{
	struct work *w = as_administrator();
	struct roles_deed d = deed(people.binman, "");
	struct session *s = arena_alloc(w->arena, sizeof *s);
	struct session again;
	const char *cookie = session_start(
		w, SOUTHMERE, people.binman, 3600, "127.0.0.1", s);
	struct account a;

	(void)state;
	assert_int_equal(session_find(w, cookie, &again), DONE);
	assert_int_equal(roles_disable(w, &d), DONE);
	assert_int_equal(session_find(w, cookie, &again), MISSING);
	assert_true(parts(w, people.binman));
	assert_int_equal(account_of(w, people.binman, &a), DONE);
	assert_true(a.disabled);
}

static void
accounts_of_others_residents_are_not_found(void **state)
{
	struct work *w = as_administrator();
	struct account a;

	(void)state;
	assert_int_equal(roles_by_email(w, "ben@southmere.example.org", &a), DONE);
	assert_int_equal(roles_person(w, people.binman, &a), DONE);
	/* Their staff may be given a role here by their address; until then no page. */
	assert_int_equal(roles_person(w, people.engineer, &a), MISSING);
	assert_int_equal(account_of(w, people.engineer, &a), DONE);
	assert_int_equal(roles_by_email(w, a.email, &a), DONE);
	account_take(w, ICT_DESK, people.engineer, "analyst");
	assert_int_equal(roles_by_email(w, a.email, &a), MISSING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_role_is_given_and_taken_at_once),
		cmocka_unit_test(who_is_signed_in_with_less_than_the_role_wants_is_held),
		cmocka_unit_test(a_deed_wants_a_reason_and_the_right),
		cmocka_unit_test(nobody_gives_what_is_not_theirs),
		cmocka_unit_test(nobody_gives_themselves_more),
		cmocka_unit_test(somebody_is_left_to_run_the_desk),
		cmocka_unit_test(an_organisation_makes_roles_of_its_own),
		cmocka_unit_test(an_account_that_is_disabled_is_out_everywhere),
		cmocka_unit_test(accounts_of_others_residents_are_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
