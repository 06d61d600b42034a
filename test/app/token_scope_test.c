/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A token with a scope opens the routes that name it, and no other of the API. */
#include "app/entry.h"

#include "app/routes.h"
#include "desk/machines.h"
#include "rule/scopes.h"
#include "store/account.h"
#include "store/token.h"
#include "testing.h"
#include "testing_desk.h"

#include <string.h>

/* What a route answers at the door to a token with these scopes; 200: it is let in. */
static int
knocked(struct work *w, const struct route *route, const char *scopes)
{
	struct token t = {
		.org = SOUTHMERE,
		.name = "scoped",
		.role = "administrator",
		.scopes = scopes,
		.expires = w->now + 3600,
	};
	struct request q = {.arena = w->arena,
		.method = route->method,
		.path = "/api/v1/",
		.peer = "127.0.0.1"};
	struct reply r = reply_in(w->arena);
	struct work as = *w;

	pairs_add(w->arena, &q.headers, "Authorization",
		arena_printf(w->arena, "Bearer %s", token_insert(w, &t)));
	return entry_admit(&as, route, &q, &r) == DONE ? 200 : r.status;
}

/* An administrator who may do all that any route asks for. */
static struct work *
council(struct routes *all)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);

	db_run(w->db,
		"update role set rights = $1 where org = $2 and name = 'administrator'",
		access_rights_text(w->arena, ((uint64_t)1 << RIGHT_COUNT) - 2),
		(int64_t)SOUTHMERE);
	*all = routes_all(w->arena);
	return w;
}

static bool
is_api(const struct route *r)
{
	return strncmp(r->pattern, "/api/v1/", 8) == 0;
}

static void
a_scope_opens_the_routes_that_name_it_alone(void **state)
{
	struct routes all;
	struct work *w = council(&all);
	int opened = 0, closed = 0;

	(void)state;
	for (int i = 0; i < all.count; i++) {
		const struct route *r = &all.at[i];

		if (!is_api(r) || r->scopes == 0)
			continue;
		assert_int_equal(knocked(w, r, ""), 200);
		for (enum scopes_word s = 0; s < SCOPES_COUNT; s++) {
			bool named = (scopes_bits(scopes_name(s)) & r->scopes) != 0;
			int status = knocked(w, r, scopes_name(s));

			if (!named)
				assert_int_equal(status, 403);
			opened += status == 200;
			closed += status == 403;
		}
	}
	assert_true(opened > 100);
	assert_true(closed > 1000);
}

/* Whoever edits shifts by a token does not edit rules by it, or make more tokens. */
static void
what_is_administered_is_apart(void **state)
{
	static const struct {
		const char *pattern, *scope, *other;
	} cases[] = {
		{"/api/v1/rules/:table/draft/publish", "rules:write", "rules:read"},
		{"/api/v1/shifts", "staffing:write", "rules:write"},
		{"/api/v1/accounts/:person/give", "accounts:write", "staffing:write"},
		{"/api/v1/tokens", "admin", "accounts:write"},
		{"/api/v1/sharing", "sharing:write", "admin:write"},
		{"/api/v1/audit/watch", "audit:write", "admin"},
		{"/api/v1/tickets/:ref/amendments", "tickets:write", "tickets:read"},
	};
	struct routes all;
	struct work *w = council(&all);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int seen = 0;

		for (int k = 0; k < all.count; k++) {
			const struct route *r = &all.at[k];

			if (r->method == GET || strcmp(r->pattern, cases[i].pattern) != 0)
				continue;
			assert_int_equal(knocked(w, r, cases[i].scope), 200);
			assert_int_equal(knocked(w, r, cases[i].other), 403);
			seen++;
		}
		assert_int_equal(seen, 1);
	}
}

static enum outcome
mint(struct work *w, const char *own, const char *wanted)
{
	struct caller caller = {.scopes = scopes_bits(own)};
	struct token t = {
		.org = SOUTHMERE,
		.name = "made by a token",
		.role = "analyst",
		.scopes = wanted,
		.expires = w->now + 3600,
	};
	const char *secret;
	enum outcome end;

	w->caller = &caller;
	end = machines_add_token(w, &t, &secret);
	w->caller = NULL;
	w->problems.count = 0;
	return end;
}

/* Else the word "admin" would be worth all the others. */
static void
a_token_makes_none_that_opens_more(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);

	(void)state;
	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(mint(w, "", ""), DONE);
	assert_int_equal(mint(w, "", "tickets:read"), DONE);
	assert_int_equal(mint(w, "admin", "rules:write"), DONE);
	assert_int_equal(mint(w, "admin", ""), INVALID);
	assert_int_equal(mint(w, "admin", "tickets:read"), INVALID);
	assert_int_equal(mint(w, "admin tickets:read", "tickets:read"), DONE);
	assert_int_equal(
		mint(w, "admin tickets:read", "tickets:read audit:read"), INVALID);
}

/* Where a webhook leads, and whether it tells of restricted tickets, is on record. */
static void
what_a_webhook_became_is_audited(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct webhook h = {.org = SOUTHMERE,
		.name = "lorry",
		.url = "https://hooks.example.org/key/secret?t=1",
		.events = "",
		.services = "",
		.restricted = true,
		.active = true};

	(void)state;
	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(machines_save_webhook(w, &h), DONE);
	assert_string_equal(
		db_text(w->db, w->arena,
			"select detail from audit where action = 'webhook.make'"),
		"name=lorry&host=hooks.example.org&active=1&restricted=1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scope_opens_the_routes_that_name_it_alone),
		cmocka_unit_test(what_is_administered_is_apart),
		cmocka_unit_test(a_token_makes_none_that_opens_more),
		cmocka_unit_test(what_a_webhook_became_is_audited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
