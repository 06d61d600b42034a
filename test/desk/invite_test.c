/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/invite.h"
#include "desk/provider_entry.h"
#include "desk/roles.h"
#include "desk/sign_in.h"
#include "store/person.h"
#include "store/team.h"
#include "testing.h"
#include "testing_desk.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

static struct testing_people people;

/* Lee runs the desk and nothing else. */
static struct work *
as_administrator(void)
{
	struct work *w = testing_desk(&people);

	assert_true(sodium_init() >= 0);
	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	return w;
}

static bool
says(struct work *w, const char *field, const char *key)
{
	bool found = false;

	for (int i = 0; i < w->problems.count; i++)
		found = found || (strcmp(w->problems.at[i].field, field) == 0 &&
					 strcmp(w->problems.at[i].key, key) == 0);
	w->problems.count = 0;
	return found;
}

static struct invite_wish
wish(struct work *w, const char *email)
{
	return (struct invite_wish){
		.name = "Nia Okafor",
		.email = email,
		.roles = "analyst leader",
		.teams = arena_printf(w->arena, "%" PRId64, people.waste),
		.reason = "Joins on Monday",
		.letter = true,
	};
}

static int64_t
letters_to(struct work *w, const char *email)
{
	return db_int(
		w->db, 0, "select count(*) from outbox where recipient = $1", email);
}

/* The token of the newest letter to an address. */
static const char *
token_to(struct work *w, const char *email)
{
	const char *front = "https://desk.example.org/account/welcome/";
	const char *body = db_text(w->db, w->arena,
		"select body from outbox where recipient = $1 order by id desc limit 1",
		email);
	const char *at = body ? strstr(body, front) : NULL;

	assert_non_null(at);
	at += strlen(front);
	return arena_text(w->arena, at, strcspn(at, "\n"));
}

static const char *
stored(struct work *w)
{
	return sign_in_password(w, "a road to the sea", "nia@example.org");
}

static uint64_t
rights_of(struct work *w, int64_t person)
{
	struct actor a = {.kind = ACTOR_STAFF, .org = SOUTHMERE, .person = person};

	account_grants(w, person, SOUTHMERE, &a);
	return access_rights(&a, SOUTHMERE);
}

static int64_t
audited(struct work *w, const char *action, const char *subject)
{
	return db_int(w->db, 0,
		"select count(*) from audit where org = $1 and action = $2"
		" and subject = $3",
		SOUTHMERE, action, subject);
}

static void
who_is_asked_in_chooses_a_password_and_has_roles_and_teams(void **state)
{
	struct work *w = as_administrator();
	struct invite_wish nia = wish(w, " Nia@Example.org ");
	struct invite_opened o;
	struct invitation made;
	struct account a;
	const char *token;

	(void)state;
	assert_int_equal(invite_somebody(w, &nia, &made), DONE);
	assert_string_equal(made.email, "nia@example.org");
	assert_int_equal(account_find(w, "nia@example.org", &a), MISSING);
	token = token_to(w, "nia@example.org");
	assert_int_equal(invite_open(w, token, &o), DONE);
	assert_true(o.chooses && !o.known);
	assert_int_equal(invite_arrive(w, token, stored(w), &o), DONE);
	assert_int_equal(account_find(w, "nia@example.org", &a), DONE);
	assert_int_equal(a.org, SOUTHMERE);
	assert_string_equal(a.name, "Nia Okafor");
	assert_true(rights_of(w, a.person) & RIGHT_BIT(RIGHT_REPLY));
	assert_true(rights_of(w, a.person) & RIGHT_BIT(RIGHT_SEE_RESTRICTED));
	assert_true(team_has_member(w, SOUTHMERE, people.waste, a.person));
	assert_int_equal(
		sign_in_verify(w, "nia@example.org", "a road to the sea", &a), DONE);
	assert_int_equal(audited(w, "account.invite", "nia@example.org"), 1);
	assert_int_equal(audited(w, "account.arrive", "nia@example.org"), 1);
	assert_int_equal(
		db_int(w->db, 0,
			"select count(*) from audit where action = 'account.invite'"
			" and actor = $1 and detail like '%reason=Joins%'",
			people.leader),
		1);
	assert_null(strstr(db_text(w->db, w->arena,
				   "select detail from audit where action ="
				   " 'account.invite'"),
		token));
}

static void
a_link_works_once_and_for_a_week(void **state)
{
	struct work *w = as_administrator();
	struct invite_wish nia = wish(w, "nia@example.org");
	struct invitation made;
	struct invite_opened o;
	const char *first, *second;

	(void)state;
	assert_int_equal(invite_somebody(w, &nia, &made), DONE);
	first = token_to(w, made.email);
	w->now += INVITE_DAYS * 86400;
	assert_int_equal(invite_open(w, first, &o), MISSING);
	assert_int_equal(invite_again(w, made.id), DONE);
	second = token_to(w, made.email);
	assert_string_not_equal(first, second);
	assert_int_equal(invite_arrive(w, first, stored(w), &o), MISSING);
	w->now += INVITE_DAYS * 86400 - 1;
	assert_int_equal(invite_arrive(w, second, stored(w), &o), DONE);
	assert_int_equal(invite_arrive(w, second, stored(w), &o), MISSING);
	assert_int_equal(audited(w, "account.arrive", made.email), 1);
	assert_int_equal(audited(w, "account.invite-again", made.email), 1);
}

static void
a_link_that_was_withdrawn_opens_nothing(void **state)
{
	struct work *w = as_administrator();
	struct invite_wish nia = wish(w, "nia@example.org");
	struct invitation made;
	struct invite_opened o;
	const char *token;

	(void)state;
	assert_int_equal(invite_somebody(w, &nia, &made), DONE);
	token = token_to(w, made.email);
	assert_int_equal(invite_withdraw(w, made.id, ""), INVALID);
	assert_true(says(w, "reason", "problem.roles.reason"));
	assert_int_equal(invite_withdraw(w, made.id, "She took another post"), DONE);
	assert_int_equal(invite_open(w, token, &o), MISSING);
	assert_int_equal(invite_again(w, made.id), MISSING);
	assert_int_equal(audited(w, "account.withdraw", made.email), 1);
	/* And the address may be asked in anew. */
	assert_int_equal(invite_somebody(w, &nia, &made), DONE);
}

static void
what_is_wrong_is_said_of_each_answer(void **state)
{
	struct work *w = as_administrator();
	struct invite_wish nia = wish(w, "nia at example.org");
	struct invitation made;

	(void)state;
	nia.name = " ";
	nia.roles = "";
	nia.teams = "77";
	nia.reason = "";
	assert_int_equal(invite_somebody(w, &nia, &made), INVALID);
	assert_int_equal(w->problems.count, 5);
	assert_true(says(w, "email", "problem.invite.email"));
	nia = wish(w, "nia@example.org");
	nia.roles = "juggler";
	assert_int_equal(invite_somebody(w, &nia, &made), INVALID);
	assert_true(says(w, "roles", "problem.roles.role"));
	assert_int_equal(letters_to(w, "nia@example.org"), 0);
}

static void
only_roles_that_may_be_handed_on(void **state)
{
	struct work *w = as_administrator();
	struct invite_wish nia = wish(w, "nia@example.org");
	struct invitation made;

	(void)state;
	nia.roles = "analyst governance-officer";
	assert_int_equal(invite_somebody(w, &nia, &made), INVALID);
	assert_true(says(w, "roles", "problem.roles.rights"));
	testing_act_as(w, SOUTHMERE, people.analyst);
	nia.roles = "analyst";
	assert_int_equal(invite_somebody(w, &nia, &made), DENIED);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(invite_somebody(w, &nia, &made), DONE);
	/* Nor is one sent again by who could not have given it. */
	account_take(w, SOUTHMERE, people.leader, "leader");
	account_grant(w, ICT_DESK, people.engineer, ROLE_ADMINISTRATOR);
	testing_act_as(w, ICT_DESK, people.engineer);
	assert_int_equal(invite_again(w, made.id), MISSING);
	assert_int_equal(invite_withdraw(w, made.id, "Not ours at all"), MISSING);
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(invite_again(w, made.id), DENIED);
}

static void
an_account_that_they_can_find_is_said_to_be_there(void **state)
{
	struct work *w = as_administrator();
	struct invite_wish ben = wish(w, "ben@southmere.example.org");
	struct invitation made;

	(void)state;
	assert_int_equal(invite_somebody(w, &ben, &made), INVALID);
	assert_true(says(w, "email", "problem.invite.known"));
	ben = wish(w, "nia@example.org");
	assert_int_equal(invite_somebody(w, &ben, &made), DONE);
	assert_int_equal(invite_somebody(w, &ben, &made), INVALID);
	assert_true(says(w, "email", "problem.invite.twice"));
}

/* A resident of another organisation: whoever asks hears what they hear of nobody. */
static void
of_anothers_resident_nothing_is_told(void **state)
{
	struct work *w = as_administrator();
	struct account zoe = {.org = ICT_DESK, .email = "zoe@example.org"}, a;
	struct person p = {.org = ICT_DESK, .name = "Zoe", .email = zoe.email};
	struct invite_wish one = wish(w, "zoe@example.org"),
			   other = wish(w, "nia@example.org");
	struct invitation known, unknown;
	struct invite_opened o;
	const char *token, *words[2];

	(void)state;
	person_insert(w, &p);
	zoe.person = p.id;
	zoe.password = stored(w);
	account_save(w, &zoe);
	assert_int_equal(invite_somebody(w, &one, &known), DONE);
	assert_int_equal(invite_somebody(w, &other, &unknown), DONE);
	for (int i = 0; i < 2; i++)
		words[i] = db_text(w->db, w->arena,
			"select subject from outbox where recipient = $1",
			i ? known.email : unknown.email);
	assert_string_equal(words[0], words[1]);
	assert_int_equal(roles_person(w, p.id, &a), MISSING);
	/* Only they learn of it: they keep their password, and have a role more. */
	token = token_to(w, "zoe@example.org");
	assert_int_equal(invite_open(w, token, &o), DONE);
	assert_true(o.known && !o.chooses);
	assert_int_equal(invite_arrive(w, token, NULL, &o), DONE);
	assert_true(rights_of(w, p.id) & RIGHT_BIT(RIGHT_REPLY));
	assert_int_equal(account_of(w, p.id, &a), DONE);
	assert_string_equal(a.password, zoe.password);
	assert_int_equal(a.org, ICT_DESK);
	assert_int_equal(audited(w, "account.arrive", "zoe@example.org"), 1);
}

static void
a_disabled_account_is_not_opened_by_a_letter(void **state)
{
	struct work *w = as_administrator();
	struct account zoe = {
		.org = ICT_DESK, .email = "zoe@example.org", .password = ""};
	struct person p = {.org = ICT_DESK, .name = "Zoe", .email = zoe.email};
	struct invite_wish one = wish(w, "zoe@example.org");
	struct invite_opened o;
	struct invitation made;

	(void)state;
	person_insert(w, &p);
	zoe.person = p.id;
	zoe.disabled = true;
	account_save(w, &zoe);
	assert_int_equal(invite_somebody(w, &one, &made), DONE);
	assert_int_equal(invite_open(w, token_to(w, made.email), &o), MISSING);
	assert_int_equal(
		invite_arrive(w, token_to(w, made.email), stored(w), &o), MISSING);
	assert_false(rights_of(w, p.id) & RIGHT_BIT(RIGHT_REPLY));
}

static void
nobody_is_flooded_with_letters(void **state)
{
	struct work *w = as_administrator();
	struct invite_wish nia = wish(w, "nia@example.org");
	struct invitation made;

	(void)state;
	assert_int_equal(invite_somebody(w, &nia, &made), DONE);
	for (int i = 0; i < 4; i++)
		assert_int_equal(invite_again(w, made.id), DONE);
	assert_int_equal(invite_again(w, made.id), INVALID);
	assert_true(says(w, "email", "problem.invite.often"));
	assert_int_equal(letters_to(w, "nia@example.org"), 5);
}

static void
a_role_that_has_gone_gives_nothing(void **state)
{
	struct work *w = as_administrator();
	const char *name = "";
	struct invite_wish nia = wish(w, "nia@example.org");
	struct invitation made;
	struct invite_opened o;

	(void)state;
	assert_int_equal(roles_make(w, "Winter", "analyst", "It snows", &name), DONE);
	nia.roles = arena_printf(w->arena, "%s apprentice", name);
	assert_int_equal(invite_somebody(w, &nia, &made), DONE);
	assert_int_equal(roles_remove(w, name, "It thaws"), DONE);
	assert_int_equal(invite_arrive(w, token_to(w, made.email), stored(w), &o), DONE);
	assert_int_equal(
		db_int(w->db, 0, "select count(*) from role_grant where person = $1",
			o.account.person),
		1);
}

static void
who_comes_by_a_provider_has_no_letter_and_no_password(void **state)
{
	struct work *w = as_administrator();
	struct invite_wish nia = wish(w, "nia@example.org");
	struct provider p = {.org = SOUTHMERE,
		.kind = "oidc",
		.name = "Council",
		.audience = "staff",
		.live = true};
	struct provider_says says = {.subject = "n-1", .email = "Nia@example.org"};
	struct invitation made;
	struct account a;

	(void)state;
	provider_save(w, &p);
	assert_int_equal(provider_entry(w, &p, &says, &a), DENIED);
	nia.letter = false;
	assert_int_equal(invite_somebody(w, &nia, &made), DONE);
	assert_int_equal(letters_to(w, "nia@example.org"), 0);
	assert_int_equal(provider_entry(w, &p, &says, &a), DENIED); /* not verified */
	says.verified = true;
	assert_int_equal(provider_entry(w, &p, &says, &a), DONE);
	assert_string_equal(a.password, "");
	assert_true(rights_of(w, a.person) & RIGHT_BIT(RIGHT_REPLY));
	assert_true(team_has_member(w, SOUTHMERE, people.waste, a.person));
	assert_int_equal(invitation_get(w, SOUTHMERE, made.id, &made), MISSING);
	/* It stays theirs: the provider gave none of it. */
	assert_int_equal(provider_entry(w, &p, &says, &a), DONE);
	assert_true(rights_of(w, a.person) & RIGHT_BIT(RIGHT_REPLY));
	assert_int_equal(audited(w, "account.arrive", "nia@example.org"), 1);
}

static void
nobody_is_awaited_by_a_provider_for_ever(void **state)
{
	struct work *w = as_administrator();
	struct invite_wish nia = wish(w, "nia@example.org");
	struct provider p = {.org = SOUTHMERE,
		.kind = "oidc",
		.name = "Council",
		.audience = "staff",
		.live = true};
	struct provider_says says = {
		.subject = "n-1", .email = "nia@example.org", .verified = true};
	struct invitation made;
	struct account a;

	(void)state;
	nia.letter = false;
	assert_int_equal(invite_somebody(w, &nia, &made), DONE);
	provider_save(w, &p);
	w->now = made.expires;
	assert_int_equal(provider_entry(w, &p, &says, &a), DENIED);
	assert_int_equal(invite_again(w, made.id), DONE);
	assert_int_equal(letters_to(w, "nia@example.org"), 0);
	assert_int_equal(provider_entry(w, &p, &says, &a), DONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			who_is_asked_in_chooses_a_password_and_has_roles_and_teams),
		cmocka_unit_test(a_link_works_once_and_for_a_week),
		cmocka_unit_test(a_link_that_was_withdrawn_opens_nothing),
		cmocka_unit_test(what_is_wrong_is_said_of_each_answer),
		cmocka_unit_test(only_roles_that_may_be_handed_on),
		cmocka_unit_test(an_account_that_they_can_find_is_said_to_be_there),
		cmocka_unit_test(of_anothers_resident_nothing_is_told),
		cmocka_unit_test(a_disabled_account_is_not_opened_by_a_letter),
		cmocka_unit_test(nobody_is_flooded_with_letters),
		cmocka_unit_test(a_role_that_has_gone_gives_nothing),
		cmocka_unit_test(who_comes_by_a_provider_has_no_letter_and_no_password),
		cmocka_unit_test(nobody_is_awaited_by_a_provider_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
