/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/break_glass.h"
#include "desk/door_letter.h"
#include "desk/sign_in.h"
#include "store/account.h"
#include "store/session.h"
#include "store/team.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <sodium.h>
#include <string.h>

static struct work *
door(struct testing_people *people)
{
	struct work *w = testing_desk(people);
	struct actor *a = arena_alloc(w->arena, sizeof *a);
	struct account ann = {
		.org = SOUTHMERE,
		.person = people->ann,
		.email = "ann@example.org",
		.password = "",
	};

	assert_true(sodium_init() >= 0);
	account_save(w, &ann);
	*a = (struct actor){.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	w->actor = a;
	testing_session(w);
	return w;
}

/* The newest letter to an address. */
static const char *
letter(struct work *w, const char *to)
{
	return db_text(w->db, w->arena,
		"select body from outbox where recipient = $1 order by id desc limit 1",
		to);
}

/* The path of its link, or "". */
static const char *
link_in(struct work *w, const char *to)
{
	const char *body = letter(w, to);
	const char *at = body ? strstr(body, "https://desk.example.org/account/link/")
			      : NULL;

	return at ? arena_text(w->arena, at + 24, strcspn(at + 24, "\n")) : "";
}

static int64_t
person_of(struct work *w, const struct visit *v)
{
	const char *value = strchr(v->cookie, '=');
	struct session s;

	if (!value)
		return 0;
	value = arena_text(w->arena, value + 1, strcspn(value + 1, ";"));
	return session_find(w, value, &s) == DONE ? s.person : 0;
}

static void
a_link_signs_in_once_in_the_browser_that_asked(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	const struct session *mine = w->session;
	const char *path;
	struct visit v;

	(void)state;
	v = testing_get(w, "/account/link?next=/account/password");
	testing_is_page(&v);
	v = testing_post(
		w, "/account/link", "email=Ann%40Example.org&next=/account/password");
	testing_is_page(&v);
	path = link_in(w, "ann@example.org");
	assert_string_not_equal(path, "");

	testing_session(w); /* another browser */
	v = testing_get(w, path);
	assert_int_equal(v.status, 404);
	testing_is_page(&v);
	assert_int_equal(testing_post(w, path, "").status, 404);
	w->session = NULL;
	assert_int_equal(testing_post(w, path, "").status, 404);

	w->session = mine;
	v = testing_get(w, path);
	testing_is_page(&v);
	assert_true(testing_says(&v, "ann@example.org"));
	assert_int_equal(
		testing_get(w, arena_printf(w->arena, "%s%%20", path)).status, 404);
	v = testing_post(w, path, "");
	assert_string_equal(v.location, "/account/password");
	assert_int_equal(person_of(w, &v), people.ann);
	w->session = mine;
	assert_int_equal(testing_post(w, path, "").status, 404);
}

static void
a_link_is_over_after_ten_minutes(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);

	(void)state;
	testing_post(w, "/account/link", "email=ann%40example.org");
	w->now += 600;
	assert_int_equal(testing_get(w, link_in(w, "ann@example.org")).status, 404);
}

static void
whether_there_is_an_account_only_the_letter_says(void **state)
{
	static const char *const paths[] = {"/account/link", "/account/sign-up"};
	struct testing_people people;
	struct work *w = door(&people);

	(void)state;
	for (int i = 0; i < 2; i++) {
		int64_t before = db_asked(w->db), one, other;
		struct visit known = testing_post(
			w, paths[i], "name=Ann&email=ann%40example.org");
		struct visit unknown;

		one = db_asked(w->db) - before;
		before = db_asked(w->db);
		unknown = testing_post(w, paths[i], "name=Ann&email=zoe%40example.org");
		other = db_asked(w->db) - before;
		assert_int_equal(known.status, unknown.status);
		assert_int_equal(strlen(known.body), strlen(unknown.body));
		/* And nearly the same work: the roles of the known one are looked at. */
		assert_true(one - other <= 1 && other - one <= 1);
	}
	assert_non_null(strstr(letter(w, "ann@example.org"), "You have one already"));
	assert_int_equal(
		db_int(w->db, 0, "select count(*) from outbox where recipient = $1",
			"zoe@example.org"),
		2);
}

static void
an_account_is_made_by_who_reads_the_letter(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct account a;
	const char *path;
	struct visit v;

	(void)state;
	v = testing_get(w, "/account/sign-up");
	testing_is_page(&v);
	v = testing_post(w, "/account/sign-up", "name=&email=zoe");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	testing_post(w, "/account/sign-up", "name=Zoe+Hill&email=zoe%40example.org");
	assert_int_equal(account_find(w, "zoe@example.org", &a), MISSING);
	path = link_in(w, "zoe@example.org");
	v = testing_get(w, path);
	testing_is_page(&v);
	v = testing_post(w, path, "password=short");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	v = testing_post(w, path, "password=three+blind+mice");
	assert_string_equal(v.location, "/account");
	assert_int_equal(account_find(w, "zoe@example.org", &a), DONE);
	assert_string_equal(a.name, "Zoe Hill");
	assert_int_equal(person_of(w, &v), a.person);
	assert_int_equal(
		sign_in_verify(w, "zoe@example.org", "three blind mice", &a), DONE);
}

static void
who_is_known_keeps_their_requests(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct account a;

	(void)state;
	db_run(w->db, "delete from account where email = 'ann@example.org'");
	testing_post(w, "/account/sign-up", "name=A+Fisher&email=ann%40example.org");
	testing_post(w, link_in(w, "ann@example.org"), "password=three+blind+mice");
	assert_int_equal(account_find(w, "ann@example.org", &a), DONE);
	assert_int_equal(a.person, people.ann);
}

static void
staff_do_not_get_in_by_a_letter(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	const char *path;

	(void)state;
	testing_post(w, "/account/link", "email=amy%40southmere.example.org");
	assert_string_equal(link_in(w, "amy@southmere.example.org"), "");
	/* Nor by a link that was asked for before they became staff. */
	testing_post(w, "/account/link", "email=ann%40example.org");
	path = link_in(w, "ann@example.org");
	account_grant(w, SOUTHMERE, people.ann, ROLE_ANALYST);
	assert_int_equal(testing_post(w, path, "").status, 404);
}

static void
nobody_is_flooded_with_letters(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct visit v = {0};

	(void)state;
	for (int i = 0; i < 30; i++)
		v = testing_post(w, "/account/link", "email=zoe%40example.org");
	assert_int_equal(v.status, 200);
	assert_int_equal(
		db_int(w->db, 0, "select count(*) from outbox where recipient = $1",
			"zoe@example.org"),
		5);
	for (int i = 0; i < 30; i++)
		testing_post(w, "/account/link",
			arena_printf(w->arena, "email=person-%d%%40example.org", i));
	assert_true(db_int(w->db, 0, "select count(*) from outbox") <= 20);
}

/* Whoever has an IPv6 network has more addresses than letters there are. */
static void
a_network_counts_as_one_sender(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);

	(void)state;
	testing_session(w);
	for (int i = 0; i < 30; i++) {
		struct email_link l = {.purpose = "sign-in",
			.org = SOUTHMERE,
			.email = arena_printf(w->arena, "person-%d@example.org", i),
			.name = "",
			.next = ""};

		assert_int_equal(door_letter_send(w, &l,
					 arena_printf(w->arena, "2001:db8::%x", i + 1)),
			DONE);
	}
	assert_true(db_int(w->db, 0, "select count(*) from outbox") <= 20);
}

static void
the_glass_breaks_once_and_everybody_hears_of_it(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	const char *secret, *form;
	struct organisation o;
	struct actor amy;
	struct account a;
	struct visit v;

	(void)state;
	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	account_rule(w, SOUTHMERE, true);
	secret = break_glass_seal(w, SOUTHMERE, "glass@southmere.example.org", "Glass");
	form = arena_printf(w->arena, "secret=%s", secret);
	assert_int_equal(
		db_int(w->db, 0, "select count(*) from break_glass where hash = $1",
			secret),
		0);
	v = testing_get(w, "/staff/break-glass");
	testing_is_page(&v);
	assert_int_equal(
		testing_post(w, "/staff/break-glass", "secret=guess").status, 422);
	v = testing_post(w, "/staff/break-glass", form);
	assert_string_equal(v.location, "/staff");
	assert_int_equal(account_find(w, "glass@southmere.example.org", &a), DONE);
	assert_int_equal(person_of(w, &v), a.person);
	assert_non_null(strstr(letter(w, "lee@southmere.example.org"), "127.0.0.1"));
	assert_int_equal(db_int(w->db, 0, "select count(*) from audit where action = $1",
				 "break-glass.open"),
		1);
	assert_int_equal(team_organisation(w, SOUTHMERE, &o), DONE);
	assert_int_equal(o.alarm, w->now + 86400);
	testing_act_as(w, SOUTHMERE, people.analyst);
	amy = *w->actor;
	amy.name = "Amy";
	w->actor = &amy;
	v = testing_get(w, "/staff/me");
	testing_is_page(&v);
	assert_true(
		testing_says(&v, "The sealed account of this organisation was opened"));
	w->now += 86400;
	v = testing_get(w, "/staff/me");
	assert_false(testing_says(&v, "The sealed account of this organisation"));

	assert_int_equal(testing_post(w, "/staff/break-glass", form).status, 422);
	secret = break_glass_seal(w, SOUTHMERE, "glass@southmere.example.org", "Glass");
	assert_int_equal(testing_post(w, "/staff/break-glass", form).status, 422);
	v = testing_post(
		w, "/staff/break-glass", arena_printf(w->arena, "secret=%s", secret));
	assert_int_equal(v.status, 303);
}

static void
behind_glass_there_is_no_other_way_in(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct account a;

	(void)state;
	break_glass_seal(w, SOUTHMERE, "glass@southmere.example.org", "Glass");
	assert_int_equal(account_find(w, "glass@southmere.example.org", &a), DONE);
	assert_int_equal(sign_in_verify(w, a.email, "", &a), DENIED);
	assert_false(sign_in_may_link(w, &a));
	db_run(w->db, "delete from role_grant where person = $1", a.person);
	assert_false(sign_in_may_link(w, &a));
}

/* An account that people had before: what they know of it opens it no more. */
static void
what_is_sealed_forgets_its_password(void **state)
{
	struct testing_people people;
	struct work *w = door(&people);
	struct account a = {.org = SOUTHMERE,
		.person = people.leader,
		.email = "lee@southmere.example.org"};

	(void)state;
	a.password = sign_in_password(w, "correct horse", NULL);
	account_save(w, &a);
	assert_int_equal(sign_in_verify(w, a.email, "correct horse", &a), DONE);
	break_glass_seal(w, SOUTHMERE, a.email, "Lee");
	assert_int_equal(sign_in_verify(w, a.email, "correct horse", &a), DENIED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_link_signs_in_once_in_the_browser_that_asked),
		cmocka_unit_test(a_link_is_over_after_ten_minutes),
		cmocka_unit_test(whether_there_is_an_account_only_the_letter_says),
		cmocka_unit_test(an_account_is_made_by_who_reads_the_letter),
		cmocka_unit_test(who_is_known_keeps_their_requests),
		cmocka_unit_test(staff_do_not_get_in_by_a_letter),
		cmocka_unit_test(nobody_is_flooded_with_letters),
		cmocka_unit_test(a_network_counts_as_one_sender),
		cmocka_unit_test(the_glass_breaks_once_and_everybody_hears_of_it),
		cmocka_unit_test(behind_glass_there_is_no_other_way_in),
		cmocka_unit_test(what_is_sealed_forgets_its_password),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
