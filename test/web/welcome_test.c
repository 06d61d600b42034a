/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/account.h"
#include "store/session.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

static struct testing_people people;

static struct work *
as_administrator(void)
{
	struct work *w = testing_desk(&people);

	assert_true(sodium_init() >= 0);
	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	testing_session(w);
	return w;
}

static const char *
link_to(struct work *w, const char *email)
{
	const char *front = "https://desk.example.org";
	const char *body = db_text(w->db, w->arena,
		"select body from outbox where recipient = $1 order by id desc limit 1",
		email);
	const char *at = body ? strstr(body, "https://desk.example.org/account/welcome/")
			      : NULL;

	assert_non_null(at);
	at += strlen(front);
	return arena_text(w->arena, at, strcspn(at, "\n"));
}

static struct visit
ask_in(struct work *w, const char *email, const char *way)
{
	return testing_post(w, "/admin/accounts/invite",
		arena_printf(w->arena,
			"name=Nia+Okafor&email=%s&roles=analyst&roles=apprentice"
			"&teams=%" PRId64 "&way=%s&reason=Joins+on+Monday",
			email, people.waste, way));
}

static void
an_administrator_asks_somebody_in_and_they_come(void **state)
{
	struct work *w = as_administrator();
	const char *path, *page;
	struct session s;
	struct visit v;

	(void)state;
	v = testing_get(w, "/admin/accounts");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Make an account for somebody who is to work here"));
	assert_false(testing_says(&v, "Asked in, and not come yet"));
	v = ask_in(w, "nia@example.org", "letter");
	assert_int_equal(v.status, 303);
	page = arena_text(w->arena, v.location, strcspn(v.location, "?"));
	v = testing_get(w, v.location);
	testing_is_page(&v);
	assert_true(testing_says(&v, "A letter with a link is on its way."));
	assert_true(testing_says(&v, "Nia Okafor"));
	assert_true(testing_says(&v, "Waste"));
	v = testing_get(w, "/admin/accounts");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Asked in, and not come yet"));

	/* Another browser, without a session. */
	path = link_to(w, "nia@example.org");
	w->actor = &(struct actor){.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	w->session = NULL;
	v = testing_get(w, path);
	testing_is_page(&v);
	assert_true(testing_says(&v, "nia@example.org"));
	v = testing_post(w, path, "password=short");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	w->problems.count = 0;
	v = testing_post(w, path, "password=a+road+to+the+sea");
	assert_string_equal(v.location, "/staff");
	page = strchr(v.cookie, '=') + 1;
	assert_int_equal(
		session_find(w, arena_text(w->arena, page, strcspn(page, ";")), &s),
		DONE);
	assert_true(s.person > 0);
	w->session = NULL;
	v = testing_post(w, path, "password=a+road+to+the+sea");
	assert_int_equal(v.status, 404);
	testing_is_page(&v);
	v = testing_get(w, path);
	assert_int_equal(v.status, 404);
}

static void
what_is_wrong_stands_at_the_answer_and_nothing_is_lost(void **state)
{
	struct work *w = as_administrator();
	struct visit v;

	(void)state;
	v = ask_in(w, "nia-at-example", "letter");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Enter an e-mail address, like name@example.org"));
	assert_true(testing_says(&v, "nia-at-example"));
	assert_true(testing_says(&v, "Joins on Monday"));
	w->problems.count = 0;
	v = ask_in(w, "ben%40southmere.example.org", "letter");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	w->problems.count = 0;
	v = testing_post(w, "/admin/accounts/invite",
		"name=Nia&email=nia%40example.org&roles=governance-officer&reason=None");
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "hand on"));
}

static void
the_link_is_sent_again_or_withdrawn(void **state)
{
	struct work *w = as_administrator();
	const char *page, *first;
	struct visit v;

	(void)state;
	v = ask_in(w, "nia@example.org", "letter");
	page = arena_text(w->arena, v.location, strcspn(v.location, "?"));
	first = link_to(w, "nia@example.org");
	v = testing_post(w, arena_printf(w->arena, "%s/again", page), "");
	assert_int_equal(v.status, 303);
	assert_string_not_equal(link_to(w, "nia@example.org"), first);
	v = testing_post(w, arena_printf(w->arena, "%s/withdraw", page), "reason=");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	w->problems.count = 0;
	v = testing_post(
		w, arena_printf(w->arena, "%s/withdraw", page), "reason=Not+coming");
	assert_string_equal(v.location, "/admin/accounts");
	assert_int_equal(testing_get(w, page).end, MISSING);
	assert_int_equal(testing_get(w, link_to(w, "nia@example.org")).status, 404);
}

static void
who_comes_by_a_provider_gets_no_letter(void **state)
{
	struct work *w = as_administrator();
	struct visit v = ask_in(w, "nia@example.org", "provider");

	(void)state;
	assert_int_equal(v.status, 303);
	assert_int_equal(db_int(w->db, 0, "select count(*) from outbox"), 0);
	v = testing_get(w, v.location);
	testing_is_page(&v);
	assert_true(testing_says(&v, "They can sign in with the identity provider now."));
	assert_true(testing_says(&v, "Wait longer"));
}

static void
who_has_an_account_elsewhere_keeps_it(void **state)
{
	struct work *w = as_administrator();
	struct account zoe = {.org = ICT_DESK,
		.email = "zoe@example.org",
		.password = "$argon2id$kept"};
	struct visit v;

	(void)state;
	zoe.person = db_int(w->db, 0,
		"insert into person (org, id, name, created) values ($1, 990, 'Zoe', 0)"
		" returning id",
		ICT_DESK);
	account_save(w, &zoe);
	v = ask_in(w, "zoe@example.org", "letter");
	assert_int_equal(v.status, 303);
	w->session = NULL;
	v = testing_get(w, link_to(w, "zoe@example.org"));
	testing_is_page(&v);
	assert_true(testing_says(&v, "your new role is added to it"));
	v = testing_post(w, link_to(w, "zoe@example.org"), "");
	assert_int_equal(v.status, 200);
	testing_is_page(&v);
	assert_string_equal(v.cookie, "");
	assert_int_equal(db_int(w->db, 0,
				 "select count(*) from role_grant where person = 990"
				 " and org = $1",
				 SOUTHMERE),
		2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_administrator_asks_somebody_in_and_they_come),
		cmocka_unit_test(what_is_wrong_stands_at_the_answer_and_nothing_is_lost),
		cmocka_unit_test(the_link_is_sent_again_or_withdrawn),
		cmocka_unit_test(who_comes_by_a_provider_gets_no_letter),
		cmocka_unit_test(who_has_an_account_elsewhere_keeps_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
