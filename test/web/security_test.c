/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/second.h"
#include "desk/sign_in.h"
#include "format/totp.h"
#include "store/account.h"
#include "store/secret.h"
#include "store/session.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"
#include "web/door/password_page.h"

#include <sodium.h>
#include <string.h>

#define RIGHT "email=amy%40southmere.example.org&password=correct+horse"

static struct actor *
nobody(struct work *w)
{
	struct actor *a = arena_alloc(w->arena, sizeof *a);

	*a = (struct actor){.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	return a;
}

/* Amy can sign in; the visitor is nobody yet. */
static struct work *
door(struct testing_people *people)
{
	struct work *w = testing_desk(people);
	struct account a = {
		.org = SOUTHMERE,
		.person = people->analyst,
		.email = "amy@southmere.example.org",
	};

	assert_true(sodium_init() >= 0);
	a.password = sign_in_password(w, "correct horse", NULL);
	account_save(w, &a);
	w->actor = nobody(w);
	w->session = NULL;
	return w;
}

static const char *
cookie_value(struct work *w, const struct visit *v)
{
	const char *value = strchr(v->cookie, '=');

	return value ? arena_text(w->arena, value + 1, strcspn(value + 1, ";")) : "";
}

/* Goes on as the browser that got this answer. */
static void
follow(struct work *w, const struct visit *v)
{
	struct session *s = arena_alloc(w->arena, sizeof *s);
	struct actor *a = arena_alloc(w->arena, sizeof *a);

	assert_int_equal(session_find(w, cookie_value(w, v), s), DONE);
	w->session = s;
	if (s->person && account_actor(w, s, a) == DONE)
		w->actor = a;
}

static struct visit
enter(struct work *w)
{
	struct visit v = testing_post(w, "/staff/sign-in", RIGHT);

	assert_int_equal(v.status, 303);
	follow(w, &v);
	return v;
}

static const char *
code_now(struct work *w, int64_t person, int64_t after)
{
	struct totp_row t;

	assert_int_equal(second_factor_totp(w, person, &t), DONE);
	return arena_printf(w->arena, "%06u",
		(unsigned)(totp_number(t.secret, w->now / TOTP_PERIOD + after) %
			   1000000));
}

/* Amy sets up an app through the pages. */
static struct visit
enrol(struct work *w, const struct testing_people *people)
{
	struct visit v = testing_post(w, "/account/authenticator/start", "");

	assert_string_equal(v.location, "/account/authenticator");
	v = testing_post(w, "/account/authenticator",
		arena_printf(w->arena, "code=%s", code_now(w, people->analyst, 0)));
	assert_int_equal(v.status, 200);
	follow(w, &v);
	return v;
}

static void
a_new_password_ends_the_other_sessions(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct session old, s;
	struct visit v;
	const char *before;

	(void)state;
	session_start(w, SOUTHMERE, people.analyst, 3600, "192.0.2.1", &old);
	v = enter(w);
	before = cookie_value(w, &v);
	v = testing_get(w, "/account/password");
	testing_is_page(&v);
	v = testing_post(w, "/account/password",
		"current=correct+horse&password=three+blind+mice");
	assert_string_equal(v.location, "/account/security");
	assert_int_equal(
		db_int(w->db, 0, "select count(*) from session where person = $1",
			people.analyst),
		1);
	assert_int_equal(session_find(w, before, &s), MISSING);
	follow(w, &v);
	w->actor = nobody(w);
	w->session = NULL;
	assert_int_equal(testing_post(w, "/staff/sign-in", RIGHT).status, 422);
	v = testing_post(w, "/staff/sign-in",
		"email=amy%40southmere.example.org&password=three+blind+mice");
	assert_int_equal(v.status, 303);
}

static void
a_password_is_refused_for_a_reason_that_is_said(void **state)
{
	static const char *const wrong[][2] = {
		{"current=no&password=three+blind+mice", "That is not your password"},
		{"current=correct+horse&password=short", "at least 10 characters"},
		{"current=correct+horse&password=%C3%A4%C3%A4%C3%A4%C3%A4%C3%A5",
			"at least 10 characters"},
		{"current=correct+horse&password=Password123", "many people use"},
		{"current=correct+horse&password=zzzzzzzzzzzzz", "many people use"},
		{"current=correct+horse&password=AMY%40southmere.example.org",
			"must not be your e-mail address"},
	};
	struct testing_people people;
	struct work *w = door(&people);

	(void)state;
	enter(w);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct visit v = testing_post(w, "/account/password", wrong[i][0]);

		assert_int_equal(v.status, 422);
		testing_is_page(&v);
		if (!testing_says(&v, wrong[i][1]))
			fail_msg("%s: no \"%s\"", wrong[i][0], wrong[i][1]);
	}
}

static void
nobody_can_lock_somebody_else_out(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct sign_in far = {.email = "amy@southmere.example.org", .way = "password"};
	struct sign_in known = far;
	const char *device = "0123456789abcdefghjkmnpqrs";

	(void)state;
	/* Twenty thousand wrong tries from two hundred addresses. */
	for (int i = 0; i < 200; i++) {
		far.peer = arena_printf(w->arena, "198.51.100.%d", i);
		for (int n = 0; n < 11; n++)
			assert_int_equal(
				sign_in_judge(w, &far, false), n < 10 ? DENIED : LIMITED);
	}
	assert_int_equal(testing_post(w, "/staff/sign-in", RIGHT).status, 303);
	/* Ten from her own address: only a browser that knows her gets in. */
	far.peer = known.peer = "127.0.0.1";
	account_remember_device(w, people.analyst, device);
	known.device = device;
	for (int n = 0; n < 10; n++)
		assert_int_equal(sign_in_judge(w, &far, false), DENIED);
	assert_int_equal(sign_in_judge(w, &far, true), LIMITED);
	assert_false(sign_in_may_try(w, &far));
	assert_true(sign_in_may_try(w, &known));
	assert_int_equal(sign_in_judge(w, &known, true), DONE);
	/* It counts for itself, and not for others. */
	for (int n = 0; n < 10; n++)
		assert_int_equal(sign_in_judge(w, &known, false), DENIED);
	assert_int_equal(sign_in_judge(w, &known, true), LIMITED);
	known.email = "lee@southmere.example.org";
	assert_int_equal(sign_in_judge(w, &known, false), DENIED);
}

static void
one_address_is_closed_after_a_hundred_wrong_tries(void **state)
{
	struct work *w = door(&(struct testing_people){0});
	struct sign_in s = {.peer = "2001:db8::1", .way = "password"};

	(void)state;
	for (int i = 0; i < 100; i++) {
		s.email = arena_printf(w->arena, "person-%d@example.org", i);
		s.peer = arena_printf(w->arena, "2001:db8::%x", i + 1);
		assert_int_equal(sign_in_judge(w, &s, false), DENIED);
	}
	assert_int_equal(sign_in_judge(w, &s, false), LIMITED);
	s.peer = "2001:db8:0:1::1";
	assert_int_equal(sign_in_judge(w, &s, false), DENIED);
}

static void
right_tries_do_not_count(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);

	(void)state;
	for (int i = 0; i < 15; i++) {
		w->actor = nobody(w);
		w->session = NULL;
		assert_int_equal(testing_post(w, "/staff/sign-in", RIGHT).status, 303);
	}
}

static void
an_app_is_set_up_and_then_asked_for(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct session s;
	struct visit v;
	const char *code;

	(void)state;
	v = enter(w);
	v = testing_get(w, "/account/security");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Set up an authenticator app"));
	v = testing_post(w, "/account/authenticator/start", "");
	v = testing_get(w, "/account/authenticator");
	testing_is_page(&v);
	assert_non_null(strstr(v.body, "<svg"));
	v = testing_post(w, "/account/authenticator", "code=000000");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_false(second_factor_has(w, people.analyst));
	code = code_now(w, people.analyst, 0);
	v = testing_post(
		w, "/account/authenticator", arena_printf(w->arena, "code=%s", code));
	assert_int_equal(v.status, 200);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Your recovery codes"));
	assert_true(second_factor_has(w, people.analyst));

	w->actor = nobody(w);
	w->session = NULL;
	v = testing_post(w, "/staff/sign-in", RIGHT "&next=/staff/reports");
	assert_string_equal(v.location, "/sign-in/second");
	follow(w, &v);
	assert_int_equal(w->session->person, 0);
	v = testing_get(w, "/sign-in/second");
	testing_is_page(&v);
	/* The code that confirmed was used. */
	v = testing_post(w, "/sign-in/second", arena_printf(w->arena, "code=%s", code));
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	v = testing_post(w, "/sign-in/second",
		arena_printf(w->arena, "code=%s", code_now(w, people.analyst, 1)));
	assert_int_equal(v.status, 303);
	assert_string_equal(v.location, "/staff/reports");
	assert_int_equal(session_find(w, cookie_value(w, &v), &s), DONE);
	assert_int_equal(s.person, people.analyst);
	assert_string_equal(s.way, "password-code");
}

static void
the_second_step_can_not_be_left_out_or_guessed(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct visit v;

	(void)state;
	enter(w);
	enrol(w, &people);
	w->actor = nobody(w);
	w->session = NULL;
	v = testing_post(w, "/sign-in/second", "code=123456");
	assert_string_equal(v.location, "/account/sign-in");
	v = testing_post(w, "/staff/sign-in", RIGHT);
	follow(w, &v);
	assert_int_equal(w->actor->person, 0);
	for (int i = 0; i < 10; i++)
		assert_int_equal(
			testing_post(w, "/sign-in/second", "code=000000").status, 422);
	v = testing_post(w, "/sign-in/second",
		arena_printf(w->arena, "code=%s", code_now(w, people.analyst, 1)));
	assert_int_equal(v.status, 429);
	testing_is_page(&v);
	w->now += 900;
	v = testing_post(w, "/sign-in/second",
		arena_printf(w->arena, "code=%s", code_now(w, people.analyst, 0)));
	assert_string_equal(v.location, "/account/sign-in"); /* the step has ended */
}

static void
a_recovery_code_opens_once(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	const char *codes[SECOND_CODES];
	struct account a;
	struct visit v;

	(void)state;
	enter(w);
	enrol(w, &people);
	assert_int_equal(account_of(w, people.analyst, &a), DONE);
	second_new_codes(w, &a, codes);
	for (int i = 0; i < 2; i++) {
		w->actor = nobody(w);
		w->session = NULL;
		v = testing_post(w, "/staff/sign-in", RIGHT);
		follow(w, &v);
		v = testing_post(w, "/sign-in/second",
			arena_printf(w->arena, "code=%s", codes[3]));
		assert_int_equal(v.status, i == 0 ? 303 : 422);
	}
	assert_int_equal(second_factor_codes_left(w, people.analyst), 9);
	/* As somebody reads it from paper. */
	v = testing_post(w, "/sign-in/second",
		arena_printf(w->arena, "code=+%.4s%.4s+%.19s", codes[4], codes[4] + 5,
			codes[4] + 10));
	assert_int_equal(v.status, 303);
}

static void
staff_can_be_made_to_have_a_second_step(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct visit v;

	(void)state;
	enter(w);
	assert_true(access_is_staff(w->actor));
	account_rule(w, SOUTHMERE, true);
	assert_int_equal(
		db_int(w->db, 0, "select must_enrol from session where hash = $1",
			w->session->hash),
		1);
	w->actor = nobody(w);
	w->session = NULL;
	v = testing_post(w, "/staff/sign-in", RIGHT);
	assert_string_equal(v.location, "/account/security");
	follow(w, &v);
	assert_false(access_is_staff(w->actor));
	v = testing_get(w, "/account/security");
	testing_is_page(&v);
	assert_true(testing_says(&v, "asks its staff for a second step"));
	v = enrol(w, &people);
	assert_true(access_is_staff(w->actor));
	assert_int_equal(
		testing_post(w, "/account/authenticator/remove", "").end, DENIED);
	account_rule(w, SOUTHMERE, false);
	v = testing_post(w, "/account/authenticator/remove", "");
	assert_string_equal(v.location, "/account/security");
	assert_false(second_factor_has(w, people.analyst));
}

static void
who_signed_in_long_ago_says_again_who_they_are(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	const char *before;
	struct session s;
	struct visit v = enter(w);

	(void)state;
	before = cookie_value(w, &v);
	w->now += 1000;
	v = testing_post(w, "/account/authenticator/start", "");
	assert_string_equal(v.location, "/account/confirm?next=%2Faccount%2Fsecurity");
	v = testing_get(w, "/account/confirm?next=%2Faccount%2Fsecurity");
	testing_is_page(&v);
	v = testing_post(w, "/account/confirm", "password=wrong+horse");
	assert_int_equal(v.status, 422);
	v = testing_post(w, "/account/confirm",
		"password=correct+horse&next=%2Faccount%2Fsecurity");
	assert_string_equal(v.location, "/account/security");
	assert_int_equal(session_find(w, before, &s), MISSING);
	follow(w, &v);
	v = testing_post(w, "/account/authenticator/start", "");
	assert_string_equal(v.location, "/account/authenticator");
}

static void
who_is_idle_too_long_signs_in_again(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct session_list list;
	struct session s;
	const char *cookie;
	struct visit v = enter(w);

	(void)state;
	cookie = cookie_value(w, &v);
	w->now += SESSION_IDLE - 1;
	assert_int_equal(session_find(w, cookie, &s), DONE);
	session_saw(w, s.hash, w->now);
	w->now += SESSION_IDLE - 1;
	assert_int_equal(session_find(w, cookie, &s), DONE);
	w->now++;
	assert_int_equal(session_find(w, cookie, &s), MISSING);
	session_list(w, people.analyst, &list);
	assert_int_equal(list.count, 0);
	session_sweep(w);
	assert_int_equal(
		db_int(w->db, -1, "select count(*) from session where person = $1",
			people.analyst),
		0);
}

static void
no_session_outlives_its_day_however_busy(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct session s;
	const char *cookie;
	struct visit v = enter(w);
	int64_t end = w->now + SESSION_SIGNED_IN;

	(void)state;
	cookie = cookie_value(w, &v);
	while (w->now + 1800 < end) {
		w->now += 1800;
		assert_int_equal(session_find(w, cookie, &s), DONE);
		session_saw(w, s.hash, w->now);
	}
	w->now = end;
	assert_int_equal(session_find(w, cookie, &s), MISSING);
}

static void
sessions_are_listed_and_ended(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct session_entry e = {
		.org = SOUTHMERE,
		.person = people.analyst,
		.lifetime = 3600,
		.peer = "192.0.2.7",
		.agent = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 "
			 "Firefox/128.0",
		.way = "password",
	};
	struct session_list list;
	struct session other, third;
	struct visit v;

	(void)state;
	session_enter(w, &e, &other);
	session_start(w, SOUTHMERE, people.leader, 3600, "192.0.2.8", &third);
	w->now += 60;
	enter(w);
	v = testing_get(w, "/account/sessions");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Firefox – Windows"));
	assert_true(testing_says(&v, "192.0.2.7"));
	assert_false(testing_says(&v, "192.0.2.8"));
	assert_null(strstr(v.body, other.hash));
	v = testing_get(w, "/staff/me");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Firefox – Windows"));
	session_list(w, people.leader, &list);
	testing_post(w, "/account/sessions/end",
		arena_printf(w->arena, "session=%s", list.at[0].handle));
	session_list(w, people.leader, &list);
	assert_int_equal(list.count, 1);
	session_list(w, people.analyst, &list);
	assert_int_equal(list.count, 2);
	testing_post(w, "/account/sessions/end",
		arena_printf(w->arena, "session=%s", list.at[1].handle));
	session_list(w, people.analyst, &list);
	assert_int_equal(list.count, 1);
	assert_true(list.at[0].here);
	session_enter(w, &e, &other);
	testing_post(w, "/account/sessions/end", "all=yes");
	session_list(w, people.analyst, &list);
	assert_int_equal(list.count, 1);
}

static void
everything_at_the_door_is_audited(void **state)
{
	static const char *const actions[] = {"sign-in", "sign-in.wrong",
		"second-factor.begin", "second-factor.add", "second-factor.codes",
		"session.end"};
	struct testing_people people;
	struct work *w = door(&people);

	(void)state;
	testing_post(
		w, "/staff/sign-in", "email=my+secret+password&password=correct+horse");
	enter(w);
	enrol(w, &people);
	testing_post(w, "/account/sessions/end", "all=yes");
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (db_int(w->db, 0, "select count(*) from audit where action = $1",
			    actions[i]) < 1)
			fail_msg("no row \"%s\"", actions[i]);
	assert_int_equal(
		db_int(w->db, 0, "select count(*) from audit where subject like $1",
			"%secret%"),
		0);
}

/* Many guesses sent at once are verified side by side before the first one counts; the
 * right one among them is worth nothing when its turn comes. */
static void
a_password_confirmed_too_late_is_no_use(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct request q = {.arena = w->arena,
		.method = POST,
		.path = "/account/confirm",
		.peer = "127.0.0.1"};
	struct reply r = reply_in(w->arena);
	const void *early;

	(void)state;
	enter(w);
	pairs_add(w->arena, &q.form, "password", "correct horse");
	assert_int_equal(password_page_ask_prepare(w, &q, &r), DONE);
	early = w->prepared;
	for (int i = 0; i < 10; i++)
		assert_int_equal(
			testing_post(w, "/account/confirm", "password=a+guess").status,
			422);
	w->prepared = early;
	w->problems.count = 0;
	assert_int_equal(password_page_confirm(w, &q, &r), DONE);
	assert_int_equal(r.status, 429);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_password_ends_the_other_sessions),
		cmocka_unit_test(a_password_is_refused_for_a_reason_that_is_said),
		cmocka_unit_test(nobody_can_lock_somebody_else_out),
		cmocka_unit_test(one_address_is_closed_after_a_hundred_wrong_tries),
		cmocka_unit_test(right_tries_do_not_count),
		cmocka_unit_test(an_app_is_set_up_and_then_asked_for),
		cmocka_unit_test(the_second_step_can_not_be_left_out_or_guessed),
		cmocka_unit_test(a_recovery_code_opens_once),
		cmocka_unit_test(staff_can_be_made_to_have_a_second_step),
		cmocka_unit_test(who_signed_in_long_ago_says_again_who_they_are),
		cmocka_unit_test(a_password_confirmed_too_late_is_no_use),
		cmocka_unit_test(who_is_idle_too_long_signs_in_again),
		cmocka_unit_test(no_session_outlives_its_day_however_busy),
		cmocka_unit_test(sessions_are_listed_and_ended),
		cmocka_unit_test(everything_at_the_door_is_audited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
