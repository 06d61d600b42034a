/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/invite.h"

#include "base/log.h"
#include "desk/door_letter.h"
#include "desk/newcomer.h"
#include "desk/recognise.h"
#include "desk/roles.h"
#include "desk/sign_in.h"
#include "format/urlencoded.h"
#include "rule/typed.h"
#include "store/audit.h"
#include "store/secret.h"
#include "store/team.h"
#include "weaken.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 100 };

static bool
is_admin(const struct work *w)
{
	return access_may(w->actor, w->actor->org, RIGHT_ADMIN);
}

/* The next of some words with blanks between, or NULL. */
static const char *
next_word(struct work *w, struct bytes *rest)
{
	while (rest->len > 0) {
		struct bytes one = bytes_trim(bytes_cut(rest, ' '));

		if (one.len > 0)
			return arena_text(w->arena, one.at, one.len);
	}
	return NULL;
}

static int64_t
team_id(const char *word)
{
	char *end;
	long long id = strtoll(word, &end, 10);

	return *end ? 0 : id;
}

/* What a role is called in a letter to who does not know the desk yet. */
static const char *
called(const struct role_row *r)
{
	return *r->label ? r->label : r->name;
}

static void
check_name(struct work *w, const char *name)
{
	int n = typed_length(name);

	if (n == 0 || n > LONGEST_NAME)
		(void)!work_problem(w, "name", "problem.invite.name");
}

static const char *
check_email(struct work *w, const char *typed)
{
	const char *email = recognise_email(w->arena, typed);
	struct account a;

	if (!email)
		(void)!work_problem(w, "email", "problem.invite.email");
	else if (roles_by_email(w, email, &a) == DONE)
		(void)!work_problem(w, "email", "problem.invite.known");
	return email;
}

static void
check_roles(struct work *w, const char *roles)
{
	struct bytes rest = bytes_of(roles);
	const char *name = next_word(w, &rest);
	struct role_row r;

	if (!name)
		(void)!work_problem(w, "roles", "problem.invite.roles");
	for (; name; name = next_word(w, &rest))
		if (!roles_check(w, "roles", name, &r))
			return;
}

static void
check_teams(struct work *w, const char *teams)
{
	struct bytes rest = bytes_of(teams);
	const char *id;
	struct team t;

	while ((id = next_word(w, &rest)) != NULL)
		if (team_get(w, w->actor->org, team_id(id), &t) != DONE) {
			(void)!work_problem(w, "teams", "problem.roles.team");
			return;
		}
}

/* The roles as the letter names them: "analyst, Winter desk". */
static const char *
roles_called(struct work *w, const struct invitation *i)
{
	struct bytes rest = bytes_of(i->roles);
	struct buffer b = buffer_in(w->arena, 64);
	const char *name;
	struct role_row r;

	while ((name = next_word(w, &rest)) != NULL)
		if (role_row_get(w, i->org, name, &r) == DONE)
			buffer_printf(&b, "%s%s", b.len ? ", " : "", called(&r));
	return buffer_text(&b);
}

static void
send_letter(struct work *w, const struct invitation *i, const char *token)
{
	struct organisation o;

	if (team_organisation(w, i->org, &o) != DONE)
		return;
	door_letter_put(w, i->org, i->email,
		(struct door_letter_words){
			WORD_letter_invite_subject, WORD_letter_invite_body},
		words_values(word_value("name", i->name),
			word_value("organisation", o.name),
			word_value("roles", roles_called(w, i)),
			word_value("days", (int64_t)INVITE_DAYS),
			word_value("link", arena_printf(w->arena, "%s/account/welcome/%s",
						   w->base, token))));
}

static void
note(struct work *w, const char *action, const struct invitation *i, const char *reason)
{
	struct pairs detail = {.count = 0};

	pairs_add(w->arena, &detail, "roles", i->roles);
	if (*i->teams)
		pairs_add(w->arena, &detail, "teams", i->teams);
	pairs_add(w->arena, &detail, "way", i->letter ? "letter" : "provider");
	if (*reason)
		pairs_add(w->arena, &detail, "reason", reason);
	audit_add(w, action, i->email, urlencoded_write(w->arena, &detail));
}

/* From now on for its term; sends the letter. */
static void
begin_term(struct work *w, struct invitation *i)
{
	int64_t days = i->letter ? INVITE_DAYS : INVITE_PROVIDER_DAYS;

	i->sent = w->now;
	i->expires = w->now + days * TIMES_DAY;
}

enum outcome
invite_somebody(struct work *w, const struct invite_wish *wish, struct invitation *made)
{
	const char *name = typed_line(w->arena, wish->name);
	const char *token = wish->letter ? secret_token(w->arena) : NULL;
	const char *email;

	if (!is_admin(w))
		return DENIED;
	check_name(w, name);
	email = check_email(w, wish->email);
	check_roles(w, wish->roles);
	check_teams(w, wish->teams);
	roles_check_reason(w, wish->reason);
	if (w->problems.count > 0)
		return INVALID;
	*made = (struct invitation){
		.org = w->actor->org,
		.email = email,
		.name = name,
		.roles = wish->roles,
		.teams = wish->teams,
		.letter = wish->letter,
		.giver = w->actor->person,
		.created = w->now,
	};
	begin_term(w, made);
	if (!invitation_insert(w, made, token))
		return work_problem(w, "email", "problem.invite.twice");
	if (token && !door_letter_may_go(w, email)) {
		(void)invitation_take(w, made);
		return work_problem(w, "email", "problem.invite.often");
	}
	if (token)
		send_letter(w, made, token);
	note(w, "account.invite", made, wish->reason);
	return DONE;
}

enum outcome
invite_again(struct work *w, int64_t id)
{
	struct invitation i;
	const char *token;

	if (!is_admin(w))
		return DENIED;
	if (invitation_get(w, w->actor->org, id, &i) != DONE)
		return MISSING;
	/* Whoever sends it hands the roles on, as who made it did. */
	check_roles(w, i.roles);
	if (w->problems.count > 0)
		return INVALID;
	if (i.letter && !door_letter_may_go(w, i.email))
		return work_problem(w, "email", "problem.invite.often");
	token = i.letter ? secret_token(w->arena) : NULL;
	begin_term(w, &i);
	invitation_renew(w, &i, token);
	if (token)
		send_letter(w, &i, token);
	note(w, "account.invite-again", &i, "");
	return DONE;
}

enum outcome
invite_withdraw(struct work *w, int64_t id, const char *reason)
{
	struct invitation i;

	if (!is_admin(w))
		return DENIED;
	if (invitation_get(w, w->actor->org, id, &i) != DONE)
		return MISSING;
	roles_check_reason(w, reason);
	if (w->problems.count > 0)
		return INVALID;
	if (!invitation_take(w, &i))
		return MISSING;
	note(w, "account.withdraw", &i, reason);
	return DONE;
}

/* --- who was asked comes --------------------------------------------------------------
 */

static void
give_roles(struct work *w, const struct invitation *i, int64_t person)
{
	struct bytes rest = bytes_of(i->roles);
	const char *name;
	struct role_row r;

	while ((name = next_word(w, &rest)) != NULL)
		if (role_row_get(w, i->org, name, &r) == DONE)
			(void)account_give(w, i->org, person, name);
		else
			log_warning("invitation %" PRId64
				    ": there is no role %s any more",
				i->id, name);
}

static void
join_teams(struct work *w, const struct invitation *i, int64_t person)
{
	struct bytes rest = bytes_of(i->teams);
	const char *id;
	struct team t;

	while ((id = next_word(w, &rest)) != NULL)
		if (team_get(w, i->org, team_id(id), &t) == DONE &&
			!team_has_member(w, i->org, t.id, person))
			team_join(w, i->org, t.id, person);
}

/* The row of the audit stands where they were asked in, wherever they are at home. */
static void
fulfil(struct work *w, const struct invitation *i, const struct account *a)
{
	struct account here = *a;
	struct pairs detail = {.count = 0};

	give_roles(w, i, a->person);
	join_teams(w, i, a->person);
	here.org = i->org;
	pairs_add(w->arena, &detail, "roles", i->roles);
	if (*i->teams)
		pairs_add(w->arena, &detail, "teams", i->teams);
	pairs_add(w->arena, &detail, "way", i->letter ? "letter" : "provider");
	pairs_add(w->arena, &detail, "asked-by",
		arena_printf(w->arena, "%" PRId64, i->giver));
	sign_in_audit(w, &here, "account.arrive", urlencoded_write(w->arena, &detail));
}

enum outcome
invite_open(struct work *w, const char *token, struct invite_opened *o)
{
	*o = (struct invite_opened){.chooses = true};
	if (invitation_find(w, token, &o->invitation) != DONE)
		return MISSING;
	o->known = account_find(w, o->invitation.email, &o->account) == DONE;
	if (!o->known)
		return DONE;
	o->chooses = !*o->account.password;
	return o->account.disabled || account_is_behind_glass(w, o->account.person)
		       ? MISSING
		       : DONE;
}

static bool
take_link(struct work *w, const struct invitation *i, const char *token)
{
#ifdef WEAKEN_INVITATION
	return true;
#endif
	return invitation_use(w, i, token);
}

enum outcome
invite_arrive(
	struct work *w, const char *token, const char *password, struct invite_opened *o)
{
	if (invite_open(w, token, o) != DONE || !take_link(w, &o->invitation, token))
		return MISSING;
	if (!o->known) {
		const struct newcomer n = {
			.org = o->invitation.org,
			.email = o->invitation.email,
			.name = o->invitation.name,
			.password = password,
		};

		newcomer(w, &n, &o->account);
	} else if (o->chooses) {
		o->account.password = password;
		account_save(w, &o->account);
	}
	fulfil(w, &o->invitation, &o->account);
	return DONE;
}

void
invite_vouched(struct work *w, const struct account *a)
{
	struct invitation i;

	if (invitation_awaits(w, a->org, a->email, &i) == DONE && invitation_take(w, &i))
		fulfil(w, &i, a);
}
