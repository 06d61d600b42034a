/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/break_glass.h"

#include "desk/door_letter.h"
#include "desk/throttle.h"
#include "store/person.h"
#include "store/second_factor.h"
#include "store/secret.h"
#include "store/session.h"

enum { ALARM = 86400 };

const char *
break_glass_seal(struct work *w, int64_t org, const char *email, const char *name)
{
	const char *secret = arena_printf(
		w->arena, "%s-%s", secret_token(w->arena), secret_token(w->arena));
	struct account a;

	if (account_find(w, email, &a) != DONE) {
		struct person p = {.org = org, .name = name, .email = email};

		person_insert(w, &p);
		a = (struct account){.org = org,
			.person = p.id,
			.email = email,
			.name = name,
			.password = ""};
		account_save(w, &a);
		account_grant(w, org, p.id, ROLE_ADMINISTRATOR);
	} else {
		/* What it was entered with before would be a way past the alarm. */
		a.password = "";
		account_save(w, &a);
		second_factor_reset(w, a.person);
	}
	session_end_all(w, a.person);
	account_seal(w, org, &a, secret);
	sign_in_audit(w, &a, "break-glass.seal", "");
	return secret;
}

enum outcome
break_glass_open(
	struct work *w, const struct sign_in *s, const char *secret, struct account *a)
{
	struct throttle t = {.door = "glass", .about = "", .peer = s->peer};
	int64_t org, person;

	if (!throttle_open(w, &t))
		return LIMITED;
	person = account_unseal(w, secret, w->now + ALARM, &org);
	if (person == 0 || account_of(w, person, a) != DONE || a->disabled) {
		throttle_wrong(w, &t);
		return DENIED;
	}
	sign_in_audit(
		w, a, "break-glass.open", arena_printf(w->arena, "from=%s", s->peer));
	door_letter_alarm(w, org, s->peer);
	return DONE;
}
