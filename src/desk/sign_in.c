/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/sign_in.h"

#include "desk/recognise.h"
#include "store/audit.h"
#include "store/secret.h"
#include "store/session.h"

#include <sodium.h>
#include <string.h>

enum {
	TRIES = 10,
	WINDOW = 900,
	SHORTEST = 10,
	LONGEST = 200,
	MEMORY = 16 * 1024 * 1024, /* OWASP's lesser setting: 19 MiB, 2 passes */
	PASSES = 3,
};

/* Verified when there is no such account, so that a guess costs the same. */
static const char nobody[crypto_pwhash_STRBYTES] =
	"$argon2id$v=19$m=16384,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

enum outcome
sign_in_verify(struct work *w, const char *email, const char *password, struct account *a)
{
	const char *normal = recognise_email(w->arena, email);
	bool known = normal && account_find(w, normal, a) == DONE && !a->disabled;
	const char *stored = known ? a->password : nobody;
	size_t n = strlen(password);

	if (n > LONGEST)
		n = LONGEST;
	if (crypto_pwhash_str_verify(stored, password, n) != 0 || !known)
		return DENIED;
	return DONE;
}

enum outcome
sign_in_enter(struct work *w, const char *email, const struct account *verified,
	const char *peer, const char **cookie)
{
	const char *pair = arena_printf(
		w->arena, "sign-in:%s:%s", secret_hash(w->arena, email), peer);
	struct session s;

	if (!account_attempt(w, pair, WINDOW, TRIES))
		return LIMITED;
	if (!verified)
		return DENIED;
	audit_add(w, "sign-in", verified->email, "");
	*cookie = session_start(
		w, verified->org, verified->person, SESSION_SIGNED_IN, peer, &s);
	return DONE;
}

static bool
everybody_uses(const char *password)
{
	static const char *const known[] = {"1234567890", "password12", "password123",
		"qwertyuiop", "letmein1234", "welcome123", "iloveyou12", "administrator"};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i], password) == 0)
			return true;
	return false;
}

const char *
sign_in_password(struct work *w, const char *password)
{
	size_t n = strlen(password);
	char *stored = arena_alloc(w->arena, crypto_pwhash_STRBYTES);

	if (n < SHORTEST || n > LONGEST || everybody_uses(password)) {
		(void)!work_problem(w, "password", "problem.password.weak");
		return NULL;
	}
	if (crypto_pwhash_str(stored, password, n, PASSES, MEMORY) != 0)
		return NULL;
	return stored;
}
