/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/provider_entry.h"
#include "desk/providers.h"
#include "desk/roles.h"
#include "testing.h"
#include "testing_desk.h"

#include <string.h>

static struct testing_people people;

/* Lee runs the desk. */
static struct work *
as_administrator(void)
{
	struct work *w = testing_desk(&people);

	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	return w;
}

static bool
says(struct work *w, const char *key, const char *detail)
{
	bool found = false;

	for (int i = 0; i < w->problems.count; i++)
		found = found || (strcmp(w->problems.at[i].field, "roles") == 0 &&
					 strcmp(w->problems.at[i].key, key) == 0 &&
					 strcmp(w->problems.at[i].detail, detail) == 0);
	w->problems.count = 0;
	return found;
}

static struct provider
mapping(struct work *w, const char *roles)
{
	struct provider p = {.org = SOUTHMERE,
		.kind = "oidc",
		.name = "Council",
		.audience = "staff",
		.live = true};

	pairs_add(w->arena, &p.settings, "issuer", "https://id.example.org");
	pairs_add(w->arena, &p.settings, "client", "desk");
	pairs_add(w->arena, &p.settings, "roles", roles);
	return p;
}

static struct provider_says
nia(const char *group)
{
	return (struct provider_says){.subject = "n-1",
		.email = "nia@example.org",
		.verified = true,
		.groups = {group},
		.group_count = 1};
}

static int64_t
roles_there(struct work *w, int64_t person, const char *role)
{
	return db_int(w->db, 0,
		"select count(*) from role_grant where org = $1 and person = $2"
		" and role = $3",
		SOUTHMERE, person, role);
}

static void
a_group_gives_what_its_giver_may_hand_on(void **state)
{
	struct work *w = as_administrator();
	struct provider p = mapping(w, "desk = analyst\nwatch = governance-officer\n");
	struct provider old;

	(void)state;
	assert_int_equal(providers_save(w, &p), INVALID);
	assert_true(says(w, "problem.idp.rights", "governance-officer"));
	assert_int_equal(db_int(w->db, 0, "select count(*) from identity_provider"), 0);
	p = mapping(w, "desk = analyst\n\nleads=leader");
	assert_int_equal(providers_save(w, &p), DONE);
	/* Nor by changing one that somebody else has made. */
	p = mapping(w, "watch = governance-officer\n");
	provider_save(w, &p);
	assert_int_equal(provider_get(w, SOUTHMERE, p.id, &old), DONE);
	old.name = "Mine now";
	assert_int_equal(providers_save(w, &old), INVALID);
	assert_true(says(w, "problem.idp.rights", "governance-officer"));
	/* Who may hand it on may let a group give it. */
	account_grant(w, SOUTHMERE, people.leader, ROLE_GOVERNANCE_OFFICER);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(providers_save(w, &old), DONE);
}

static void
what_is_no_role_for_people_is_refused(void **state)
{
	struct work *w = as_administrator();
	struct provider p = mapping(w, "desk = juggler");

	(void)state;
	assert_int_equal(providers_save(w, &p), INVALID);
	assert_true(says(w, "problem.idp.role", "juggler"));
	p = mapping(w, "desk = system");
	assert_int_equal(providers_save(w, &p), INVALID);
	assert_true(says(w, "problem.idp.role", "system"));
	p = mapping(w, "desk = customer");
	assert_int_equal(providers_save(w, &p), INVALID);
	assert_true(says(w, "problem.idp.role", "customer"));
	p = mapping(w, "desk");
	assert_int_equal(providers_save(w, &p), INVALID);
	assert_true(says(w, "problem.idp.line", "desk"));
	p = mapping(w, "= analyst");
	assert_int_equal(providers_save(w, &p), INVALID);
	assert_true(says(w, "problem.idp.line", ""));
}

static void
a_role_that_was_made_here_is_given_by_its_group(void **state)
{
	struct work *w = as_administrator();
	struct provider p = mapping(w, "cn=snow,dc=example = Winter service");
	struct provider_says s = nia("cn=snow,dc=example");
	const char *name = "", *gone;
	struct account a;

	(void)state;
	assert_int_equal(
		roles_make(w, "Winter service", "analyst", "It snows", &name), DONE);
	assert_int_equal(providers_save(w, &p), DONE);
	assert_string_equal(provider_setting(&p, "roles", ""),
		arena_printf(w->arena, "cn=snow,dc=example = %s\n", name));
	assert_string_equal(
		providers_roles(w, &p, &gone), "cn=snow,dc=example = Winter service\n");
	assert_null(gone);
	assert_int_equal(provider_entry(w, &p, &s, &a), DONE);
	assert_int_equal(roles_there(w, a.person, name), 1);
	/* And is taken when they leave the group. */
	s.group_count = 0;
	assert_int_equal(provider_entry(w, &p, &s, &a), DONE);
	assert_int_equal(roles_there(w, a.person, name), 0);
}

static void
a_role_that_has_gone_gives_nothing_and_is_said_aloud(void **state)
{
	struct work *w = as_administrator();
	struct provider p = mapping(
		w, "snow = Winter service\nsnow = apprentice\nice = Winter service");
	struct provider_says s = nia("snow"), other = nia("ice");
	const char *name = "", *gone;
	struct account a;

	(void)state;
	assert_int_equal(
		roles_make(w, "Winter service", "analyst", "It snows", &name), DONE);
	assert_int_equal(providers_save(w, &p), DONE);
	assert_int_equal(roles_remove(w, name, "It thaws"), DONE);
	assert_int_equal(provider_entry(w, &p, &s, &a), DONE);
	assert_int_equal(roles_there(w, a.person, name), 0);
	assert_int_equal(roles_there(w, a.person, "apprentice"), 1);
	/* Whose only role it was does not get in. */
	other.subject = "n-2";
	other.email = "zoe@example.org";
	assert_int_equal(provider_entry(w, &p, &other, &a), DENIED);
	assert_int_equal(account_find(w, "zoe@example.org", &a), MISSING);
	assert_int_equal(
		db_int(w->db, 0,
			"select count(*) from audit where org = $1 and detail = $2"
			" and action = 'provider.role-gone' and subject = 'Council'",
			SOUTHMERE, arena_printf(w->arena, "role=%s", name)),
		2);
	(void)providers_roles(w, &p, &gone);
	assert_string_equal(gone, name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_group_gives_what_its_giver_may_hand_on),
		cmocka_unit_test(what_is_no_role_for_people_is_refused),
		cmocka_unit_test(a_role_that_was_made_here_is_given_by_its_group),
		cmocka_unit_test(a_role_that_has_gone_gives_nothing_and_is_said_aloud),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
