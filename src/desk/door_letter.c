/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/door_letter.h"

#include "desk/newcomer.h"
#include "desk/recognise.h"
#include "desk/sign_in.h"
#include "desk/throttle.h"
#include "format/words.h"
#include "store/outbox.h"
#include "store/secret.h"
#include "store/team.h"

#include <string.h>

enum { HOUR = 3600, TO_ADDRESS = 5, FROM_PEER = 20, LONGEST_NAME = 100 };

void
door_letter_put(struct work *w, int64_t org, const char *recipient,
	struct door_letter_words m, const struct word_value *values)
{
	struct organisation o;
	struct letter l = {.org = org, .kind = "email", .recipient = recipient};

	if (team_organisation(w, org, &o) != DONE)
		return;
	l.sender = o.email;
	l.automatic = true;
	l.subject = words_text(w->arena, w->words, m.subject,
		words_values(word_value("organisation", o.name)));
	l.body = arena_printf(w->arena, "%s\n\n%s\n",
		words_text(w->arena, w->words, m.body, values), o.name);
	outbox_insert(w, &l);
}

static bool
is_staff(struct work *w, const struct account *a)
{
	struct actor actor = {.kind = ACTOR_STAFF};

	account_grants(w, a->person, a->org, &actor);
	return access_is_staff(&actor);
}

/* Which letter, and in *l what its link will do. */
static struct door_letter_words
choose(struct work *w, struct email_link *l)
{
	bool up = strcmp(l->purpose, "sign-up") == 0;
	struct account a;

	if (account_find(w, l->email, &a) != DONE)
		return up ? (struct door_letter_words){WORD_letter_sign_up_subject,
				    WORD_letter_sign_up_body}
			  : (struct door_letter_words){
				    WORD_letter_link_subject, WORD_letter_unknown_body};
	l->purpose = "sign-in";
	if (a.disabled || is_staff(w, &a))
		return (struct door_letter_words){
			WORD_letter_link_subject, WORD_letter_staff_body};
	return (struct door_letter_words){WORD_letter_link_subject,
		up ? WORD_letter_known_body : WORD_letter_link_body};
}

bool
door_letter_may_go(struct work *w, const char *email)
{
	return account_attempt(w,
		arena_printf(w->arena, "letter:to:%s", secret_hash(w->arena, email)),
		HOUR, TO_ADDRESS);
}

static bool
may_send(struct work *w, const struct email_link *l, const char *peer)
{
	bool of_peer = account_attempt(w,
		arena_printf(w->arena, "letter:peer:%s", throttle_network(w, peer)), HOUR,
		FROM_PEER);
	bool of_address = door_letter_may_go(w, l->email);

	return of_peer && of_address;
}

enum outcome
door_letter_send(struct work *w, struct email_link *l, const char *peer)
{
	const char *token = secret_token(w->arena);
	const char *normal = recognise_email(w->arena, l->email);
	struct door_letter_words m;

	if (strcmp(l->purpose, "sign-up") == 0 &&
		(!*l->name || strlen(l->name) > LONGEST_NAME))
		(void)!work_problem(w, "name", "problem.link.name");
	if (!normal)
		(void)!work_problem(w, "email", "problem.link.email");
	if (w->problems.count > 0)
		return INVALID;
	l->email = normal;
	if (!may_send(w, l, peer))
		return DONE;
	m = choose(w, l);
	email_link_put(w, token, l);
	door_letter_put(w, l->org, l->email, m,
		words_values(word_value("name", l->name),
			word_value("link", arena_printf(w->arena, "%s/account/link/%s",
						   w->base, token)),
			word_value("sign_up",
				arena_printf(w->arena, "%s/account/sign-up", w->base))));
	return DONE;
}

void
door_letter_make_account(struct work *w, const struct email_link *l, const char *password)
{
	const struct newcomer n = {
		.org = l->org,
		.email = l->email,
		.name = l->name,
		.password = password,
		.language = words_tag(w->words),
	};
	struct account a;

	newcomer(w, &n, &a);
	sign_in_audit(w, &a, "account.sign-up", "");
}

void
door_letter_alarm(struct work *w, int64_t org, const char *peer)
{
	struct door_letter_words m = {WORD_letter_alarm_subject, WORD_letter_alarm_body};
	struct account_role_list all;

	account_roles(w, org, &all);
	for (int i = 0; i < all.count; i++)
		if (all.at[i].role == ROLE_ADMINISTRATOR && !all.at[i].disabled)
			door_letter_put(w, org, all.at[i].email, m,
				words_values(word_value("peer", peer),
					word_value("time", times_iso(w->arena, w->now)),
					word_value("link",
						arena_printf(w->arena, "%s/staff/me",
							w->base))));
}
