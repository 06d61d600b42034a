/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/sign_in.h"

#include "desk/recognise.h"
#include "desk/throttle.h"
#include "desk/weak_password.h"
#include "store/audit.h"
#include "store/second_factor.h"
#include "store/secret.h"
#include "store/session.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

enum {
	SHORTEST = 10,
	LONGEST = 200,
	MEMORY = 16 * 1024 * 1024, /* OWASP's lesser setting: 19 MiB, 2 passes */
	PASSES = 3,
	LOCAL_PART = 64,
};

/* Verified when there is no such account, so that a guess costs the same. */
static const char nobody[crypto_pwhash_STRBYTES] =
	"$argon2id$v=19$m=16384,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/* The address as accounts have it; what cannot be one is looked for as it stands. */
static const char *
account_name(struct work *w, const char *typed)
{
	const char *normal = recognise_email(w->arena, typed);

	return normal ? normal : typed;
}

static struct throttle
throttle_of(struct work *w, const struct sign_in *s)
{
	struct throttle t = {
		.door = "sign-in",
		.about = account_name(w, s->email),
		.peer = s->peer,
	};

	if (s->device && account_knows_device(w, t.about, s->device))
		t.device = s->device;
	return t;
}

bool
sign_in_may_try(struct work *w, const struct sign_in *s)
{
	struct throttle t = throttle_of(w, s);

	return throttle_open(w, &t);
}

enum outcome
sign_in_verify(struct work *w, const char *email, const char *password, struct account *a)
{
	bool known = account_find(w, account_name(w, email), a) == DONE && !a->disabled &&
		     strncmp(a->password, "$argon2id$", 10) == 0;
	const char *stored = known ? a->password : nobody;
	size_t n = strlen(password);

	if (n > LONGEST)
		n = LONGEST;
	if (crypto_pwhash_str_verify(stored, password, n) != 0 || !known)
		return DENIED;
	return DONE;
}

enum outcome
sign_in_judge(struct work *w, const struct sign_in *s, bool right)
{
	struct throttle t = throttle_of(w, s);
	const char *normal = recognise_email(w->arena, s->email);

	if (!throttle_open(w, &t))
		return LIMITED;
	if (right)
		return DONE;
	throttle_wrong(w, &t);
	/* What is no address may be a password in the wrong box: it is not kept. */
	audit_add(w, "sign-in.wrong", normal ? normal : "?",
		arena_printf(w->arena, "way=%s", s->way));
	return DENIED;
}

void
sign_in_audit(
	struct work *w, const struct account *a, const char *action, const char *detail)
{
	const struct actor *before = w->actor;
	struct actor actor = {
		.kind = ACTOR_CUSTOMER,
		.org = a->org,
		.person = a->person,
		.name = a->name,
	};

	account_grants(w, a->person, a->org, &actor);
	for (int i = 0; i < actor.grant_count; i++)
		if (actor.grants[i].role != ROLE_CUSTOMER)
			actor.kind = ACTOR_STAFF;
	w->actor = &actor;
	audit_add(w, action, a->email, detail);
	w->actor = before;
}

/* Where an account works: at home if it is staff there, else where it has a role. */
static int64_t
place_of_work(struct work *w, const struct account *a)
{
	struct actor actor = {.kind = ACTOR_STAFF};
	int64_t org = 0;

	account_grants(w, a->person, a->org, &actor);
	for (int i = 0; i < actor.grant_count; i++)
		if (actor.grants[i].role != ROLE_CUSTOMER &&
			(org == 0 || actor.grants[i].org == a->org))
			org = actor.grants[i].org;
	return org;
}

bool
sign_in_may_link(struct work *w, const struct account *a)
{
	return !a->disabled && place_of_work(w, a) == 0 &&
	       !account_is_behind_glass(w, a->person);
}

void
sign_in_admit(struct work *w, const struct sign_in *s, const struct account *a,
	struct sign_in_pass *pass)
{
	struct session *now = arena_alloc(w->arena, sizeof *now);
	int64_t org = place_of_work(w, a);
	struct session_entry e = {
		.org = org ? org : a->org,
		.person = a->person,
		.lifetime = SESSION_SIGNED_IN,
		.peer = s->peer,
		.agent = s->agent,
		.way = s->way,
		/* A provider has its own second step; behind glass there is none. */
		.must_enrol = strcmp(s->way, "break-glass") != 0 &&
			      strcmp(s->way, "oidc") != 0 &&
			      account_must_enrol(w, a->person) &&
			      !second_factor_has(w, a->person),
	};

	*pass = (struct sign_in_pass){.org = org, .must_enrol = e.must_enrol};
	pass->cookie = session_enter(w, &e, now);
	if (!s->device || !account_knows_device(w, a->email, s->device)) {
		pass->device = s->device ? s->device : secret_token(w->arena);
		account_remember_device(w, a->person, pass->device);
	}
	if (w->session) {
		session_follow(w, w->session->hash, now->hash);
		session_end(w, w->session->hash);
	}
	w->session = now;
	sign_in_audit(w, a, "sign-in",
		arena_printf(w->arena, "way=%s&from=%s", s->way, s->peer));
}

/* The address, or what stands before its @, is the first thing anybody tries. */
static bool
is_address(const char *password, const char *email)
{
	size_t local = email ? strcspn(email, "@") : 0;

	return email && (strcasecmp(password, email) == 0 ||
				(local > 0 && strlen(password) == local &&
					strncasecmp(password, email, local) == 0));
}

/* Letters of any script count as one. */
static size_t
characters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

const char *
sign_in_password(struct work *w, const char *password, const char *email)
{
	size_t n = strlen(password);
	char *stored = arena_alloc(w->arena, crypto_pwhash_STRBYTES);
	const char *wrong = NULL;

	if (characters(password) < SHORTEST)
		wrong = "problem.password.short";
	else if (n > LONGEST)
		wrong = "problem.password.long";
	else if (weak_password(w, password))
		wrong = "problem.password.common";
	else if (is_address(password, email))
		wrong = "problem.password.address";
	if (wrong) {
		(void)!work_problem(w, "password", wrong);
		return NULL;
	}
	if (crypto_pwhash_str(stored, password, n, PASSES, MEMORY) != 0)
		return NULL;
	return stored;
}
