/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/sign_in.h"
#include "store/account.h"
#include "store/secret.h"
#include "store/session.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"
#include "web/visitor.h"

#include <sodium.h>
#include <string.h>

#define RIGHT "email=amy%40southmere.example.org&password=correct+horse"

/* Amy can sign in; the visitor is nobody yet. */
static struct work *
door(struct testing_people *people)
{
	struct work *w = testing_desk(people);
	struct actor *nobody = arena_alloc(w->arena, sizeof *nobody);
	struct account a = {
		.org = SOUTHMERE,
		.person = people->analyst,
		.email = "amy@southmere.example.org",
	};

	assert_true(sodium_init() >= 0);
	a.password = sign_in_password(w, "correct horse", NULL);
	assert_non_null(a.password);
	account_save(w, &a);
	*nobody = (struct actor){.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	w->actor = nobody;
	return w;
}

/* The organisation that the session of a cookie works in; 0: no such session. */
static int64_t
place_of(struct work *w, const char *cookie)
{
	const char *value = strchr(cookie, '=');
	struct session s;

	if (!value)
		return 0;
	value = arena_text(w->arena, value + 1, strcspn(value + 1, ";"));
	return session_find(w, value, &s) == DONE ? s.org : 0;
}

static void
the_right_password_opens_a_session(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct visit v = testing_post(w, "/staff/sign-in", RIGHT);

	(void)state;
	assert_int_equal(v.status, 303);
	assert_string_equal(v.location, "/staff");
	assert_int_equal(place_of(w, v.cookie), SOUTHMERE);
}

static void
a_wrong_password_and_no_account_look_the_same(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct visit wrong = testing_post(w, "/staff/sign-in",
		"email=amy%40southmere.example.org&password=wrong+horse+x");
	struct visit none = testing_post(w, "/staff/sign-in",
		"email=zoe%40southmere.example.org&password=wrong+horse+x");

	(void)state;
	assert_int_equal(wrong.end, DONE);
	assert_int_equal(wrong.status, 422);
	assert_int_equal(none.status, 422);
	testing_is_page(&wrong);
	assert_true(
		testing_says(&wrong, "The e-mail address or the password is not right"));
	assert_true(
		testing_says(&none, "The e-mail address or the password is not right"));
	assert_int_equal(strlen(wrong.body), strlen(none.body));
	assert_string_equal(wrong.cookie, "");
	assert_false(testing_says(&wrong, "wrong horse"));
}

static void
too_many_tries_close_the_door_for_a_while(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct visit v;

	(void)state;
	for (int i = 0; i < 10; i++)
		testing_post(w, "/staff/sign-in",
			"email=amy%40southmere.example.org&password=no");
	v = testing_post(w, "/staff/sign-in", RIGHT);
	assert_int_equal(v.status, 429);
	testing_is_page(&v);
	assert_string_equal(v.cookie, "");
	w->now += 900;
	v = testing_post(w, "/staff/sign-in", RIGHT);
	assert_int_equal(v.status, 303);
}

static void
one_is_led_back_only_to_pages_of_the_desk(void **state)
{
	static const char *const nexts[][2] = {
		{"/staff/queue%3Fview%3Dall", "/staff/queue?view=all"},
		{"https%3A%2F%2Fevil.example", "/staff"},
		{"%2F%2Fevil.example", "/staff"},
		{"%2F%5Cevil.example", "/staff"},
		{"javascript%3Aalert(1)", "/staff"},
		{"%2Fx%0D%0ASet-Cookie%3A+a%3Db", "/staff"},
		{"", "/staff"},
	};
	struct testing_people people;
	struct work *w = door(&people);

	(void)state;
	for (size_t i = 0; i < sizeof nexts / sizeof *nexts; i++) {
		struct visit v = testing_post(w, "/staff/sign-in",
			arena_printf(w->arena, "%s&next=%s", RIGHT, nexts[i][0]));

		assert_string_equal(v.location, nexts[i][1]);
	}
}

static void
the_form_keeps_where_one_wanted_to_go(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct visit v = testing_get(w, "/staff/sign-in?next=%2Fstaff%2Freports");

	(void)state;
	testing_is_page(&v);
	assert_true(testing_says(&v, "/staff/reports"));
	v = testing_post(w, "/staff/sign-in",
		"email=%22%3E%3Cb%3E&password=x&next=%2Fstaff%2Freports");
	testing_is_page(&v);
	assert_true(testing_says(&v, "/staff/reports"));
	assert_true(testing_says(&v, "\"><b>"));
	assert_null(strstr(v.body, "<b>"));
}

static void
signing_out_ends_the_session(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct visit v = testing_post(w, "/staff/sign-in", RIGHT);
	struct session s;
	const char *cookie = strchr(v.cookie, '=') + 1;

	(void)state;
	cookie = arena_text(w->arena, cookie, strcspn(cookie, ";"));
	assert_int_equal(session_find(w, cookie, &s), DONE);
	w->session = &s;
	v = testing_post(w, "/staff/sign-out", "");
	assert_string_equal(v.location, "/staff/sign-in");
	assert_int_equal(session_find(w, cookie, &s), MISSING);
}

static void
signing_out_tells_the_browser_to_forget(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct reply r = reply_in(w->arena);

	(void)state;
	visitor_leave(w, &r);
	assert_string_equal(
		reply_has_header(&r, "Clear-Site-Data"), "\"cache\", \"storage\"");
	assert_non_null(strstr(reply_has_header(&r, "Set-Cookie"), "Max-Age=0"));
}

static void
who_works_for_two_organisations_chooses_where(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct session s;
	struct visit v;

	(void)state;
	account_grant(w, ICT_DESK, people.analyst, ROLE_ANALYST);
	session_start(w, SOUTHMERE, people.analyst, 3600, "127.0.0.1", &s);
	testing_act_as(w, SOUTHMERE, people.analyst);
	w->session = &s;
	v = testing_get(w, "/staff/me");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Work in Shared ICT Desk"));
	v = testing_post(w, "/staff/organisation", "org=2");
	assert_string_equal(v.location, "/staff");
	assert_int_equal(
		db_int(w->db, 0, "select org from session where hash = $1", s.hash),
		ICT_DESK);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(testing_post(w, "/staff/organisation", "org=2").end, DENIED);
	v = testing_get(w, "/staff/me");
	testing_is_page(&v);
	assert_false(testing_says(&v, "Work in"));
}

static void
who_is_staff_elsewhere_only_begins_there(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct visit v;

	(void)state;
	db_run(w->db, "delete from role_grant where person = $1", people.analyst);
	v = testing_post(w, "/staff/sign-in", RIGHT);
	assert_string_equal(v.location, "/");
	account_grant(w, ICT_DESK, people.analyst, ROLE_ANALYST);
	v = testing_post(w, "/staff/sign-in", RIGHT);
	assert_string_equal(v.location, "/staff");
	assert_int_equal(place_of(w, v.cookie), ICT_DESK);
}

static void
the_day_begins_where_the_role_has_work(void **state)
{
	static const struct {
		enum role role;
		const char *home;
	} roles[] = {
		{ROLE_ANALYST, "/staff/queue"},
		{ROLE_SUPPLIER, "/staff/queue"},
		{ROLE_CABINET_MEMBER, "/staff/reports"},
		{ROLE_ADMINISTRATOR, "/admin"},
	};
	struct testing_people people;
	struct work *w = door(&people);

	(void)state;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		struct grant grant = access_grant(SOUTHMERE, roles[i].role);
		struct actor a = {
			.kind = ACTOR_STAFF,
			.org = SOUTHMERE,
			.person = people.analyst,
			.name = "amy",
			.grants = &grant,
			.grant_count = 1,
		};

		w->actor = &a;
		assert_string_equal(testing_get(w, "/staff").location, roles[i].home);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_right_password_opens_a_session),
		cmocka_unit_test(a_wrong_password_and_no_account_look_the_same),
		cmocka_unit_test(too_many_tries_close_the_door_for_a_while),
		cmocka_unit_test(one_is_led_back_only_to_pages_of_the_desk),
		cmocka_unit_test(the_form_keeps_where_one_wanted_to_go),
		cmocka_unit_test(signing_out_ends_the_session),
		cmocka_unit_test(signing_out_tells_the_browser_to_forget),
		cmocka_unit_test(who_works_for_two_organisations_chooses_where),
		cmocka_unit_test(who_is_staff_elsewhere_only_begins_there),
		cmocka_unit_test(the_day_begins_where_the_role_has_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
