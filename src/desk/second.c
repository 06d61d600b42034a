/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/second.h"

#include "base/random.h"
#include "desk/throttle.h"
#include "format/totp.h"
#include "store/secret.h"

#include <string.h>

/* Who gets here knows the password, so an account may have a limit of its own: it locks
 * out nobody else. */
enum { WINDOW = 900, OF_ACCOUNT = 30, CODE = 24 };

void
second_begin(struct work *w, const struct account *a)
{
	unsigned char key[TOTP_KEY];

	random_bytes(key, sizeof key);
	second_factor_begin(w, a->person, (struct bytes){key, sizeof key});
	sign_in_audit(w, a, "second-factor.begin", "kind=app");
}

enum outcome
second_confirm(struct work *w, const struct account *a, const char *typed)
{
	struct totp_row t;
	int64_t step;

	if (second_factor_totp(w, a->person, &t) != DONE || t.confirmed)
		return MISSING;
	if (!totp_fits(t.secret, typed, w->now, t.step, &step) ||
		!second_factor_use_step(w, a->person, step))
		return work_problem(w, "code", "problem.second.wrong");
	second_factor_confirm(w, a->person);
	sign_in_audit(w, a, "second-factor.add", "kind=app");
	return DONE;
}

void
second_new_codes(
	struct work *w, const struct account *a, const char *codes[static SECOND_CODES])
{
	for (int i = 0; i < SECOND_CODES; i++) {
		const char *t = secret_token(w->arena);

		codes[i] = arena_printf(w->arena, "%.4s-%.4s-%.4s-%.4s-%.4s-%.4s", t,
			t + 4, t + 8, t + 12, t + 16, t + 20);
	}
	second_factor_put_codes(w, a->person, codes, SECOND_CODES);
	sign_in_audit(w, a, "second-factor.codes", "");
}

/* As it was printed: small letters with their dashes, whatever was typed. */
static const char *
recovery_form(struct work *w, const char *typed)
{
	char *text = arena_alloc(w->arena, CODE + CODE / 4);
	int n = 0;

	for (; *typed; typed++) {
		char c = *typed >= 'A' && *typed <= 'Z' ? (char)(*typed + 32) : *typed;

		if (c == ' ' || c == '-')
			continue;
		if (n == CODE)
			return "";
		text[n + n / 4] = c;
		if (++n % 4 == 0 && n < CODE)
			text[n + n / 4 - 1] = '-';
	}
	return n == CODE ? text : "";
}

static bool
fits(struct work *w, const struct account *a, const char *typed)
{
	struct totp_row t;
	int64_t step;

	if (second_factor_totp(w, a->person, &t) == DONE && t.confirmed &&
		totp_fits(t.secret, typed, w->now, t.step, &step))
		return second_factor_use_step(w, a->person, step);
	if (!second_factor_use_code(w, a->person, recovery_form(w, typed)))
		return false;
	sign_in_audit(w, a, "second-factor.recovery", "");
	return true;
}

enum outcome
second_check(struct work *w, const struct sign_in *s, const struct account *a,
	const char *typed)
{
	struct throttle t = {.door = "second", .about = a->email, .peer = s->peer};
	const char *all = arena_printf(
		w->arena, "second:all:%s", secret_hash(w->arena, a->email));
	bool known = s->device && account_knows_device(w, a->email, s->device);

	if (known)
		t.device = s->device;
	if (!throttle_open(w, &t) ||
		(!known && !account_attempts_left(w, all, WINDOW, OF_ACCOUNT)))
		return LIMITED;
	if (fits(w, a, typed))
		return DONE;
	throttle_wrong(w, &t);
	(void)account_attempt(w, all, WINDOW, OF_ACCOUNT);
	sign_in_audit(w, a, "second-factor.wrong", "");
	(void)!work_problem(w, "code", "problem.second.wrong");
	return DENIED;
}
