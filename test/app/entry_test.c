/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Rights are asked for where somebody is just now: what they may do in another
 * organisation opens no page of this one. */
#include "app/entry.h"

#include "app/dispatch.h"
#include "app/routes.h"
#include "store/account.h"
#include "store/session.h"
#include "testing.h"
#include "testing_desk.h"
#include "web/visitor.h"

#include <string.h>

enum { DAY = 86400 };

/* Knocks with this cookie. Forms lack their token: a refusal for that is not one of
 * rights, so only what reads is asked for. */
static enum outcome
knock(struct work *w, const struct route *route, const char *cookie, struct reply *r)
{
	struct request q = {.arena = w->arena,
		.method = route->method,
		.path = "/staff/somewhere",
		.peer = "127.0.0.1"};
	struct work as = *w;

	*r = reply_in(w->arena);
	pairs_add(w->arena, &q.cookies, VISITOR_COOKIE, cookie);
	return entry_admit(&as, route, &q, r);
}

static bool
is_let_in(struct work *w, const struct route *route, const char *cookie)
{
	struct reply r;

	return knock(w, route, cookie, &r) == DONE;
}

/* The analyst of Highways, who may do everything in the other organisation. */
static const char *
guest(struct work *w, const struct testing_people *people, int64_t org)
{
	struct session s;

	db_run(w->db,
		"update role set rights = $1 where org = $2 and name = 'administrator'",
		access_rights_text(w->arena, ((uint64_t)1 << RIGHT_COUNT) - 2),
		(int64_t)ICT_DESK);
	account_grant(w, ICT_DESK, people->analyst, ROLE_ADMINISTRATOR);
	return session_start(w, org, people->analyst, DAY, "127.0.0.1", &s);
}

static void
rights_elsewhere_open_nothing_here(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct routes all = routes_all(w->arena);
	const char *here = guest(w, &people, SOUTHMERE);
	const char *there = guest(w, &people, ICT_DESK);
	uint64_t own = access_standard(ROLE_ANALYST);
	int open = 0, closed = 0;

	(void)state;
	for (int i = 0; i < all.count; i++) {
		const struct route *r = &all.at[i];
		bool named = strstr(r->pattern, "/:ref") != NULL;

		if (!(r->who & WHO_STAFF) || r->needs == 0 || r->method != GET)
			continue;
		assert_true(is_let_in(w, r, there));
		assert_int_equal(is_let_in(w, r, here), named || (own & r->needs) != 0);
		open += is_let_in(w, r, here);
		closed += !is_let_in(w, r, here);
	}
	assert_true(open > 5);
	assert_true(closed > 10);
}

static void
who_is_turned_away_reads_why_in_a_page_with_ways_on(void **state)
{
	static const struct route route = {.pattern = "/staff/somewhere",
		.who = WHO_STAFF,
		.needs = (uint64_t)1 << RIGHT_ADMIN};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct session s;
	const char *cookie = session_start(
		w, SOUTHMERE, people.analyst, DAY, "127.0.0.1", &s);
	struct reply r;
	const char *page;

	(void)state;
	assert_int_equal(knock(w, &route, cookie, &r), DENIED);
	assert_int_equal(r.status, 403);
	page = buffer_text(&r.body);
	assert_non_null(strstr(page, "You cannot use this page"));
	assert_non_null(strstr(page, "href=\"/staff/queue\""));
	assert_non_null(strstr(page, "/sign-out"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_turned_away_reads_why_in_a_page_with_ways_on),
		cmocka_unit_test(rights_elsewhere_open_nothing_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
