/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SECOND_FACTOR_H
#define STORE_SECOND_FACTOR_H

/* What somebody has besides their password: an authenticator app (its key sealed by
 * store/vault), one-time recovery codes (their hashes), passkeys (store/passkey_row). */

#include "store/work.h"

/* Has the person a confirmed authenticator app or a passkey? Then it is asked for. */
bool second_factor_has(struct work *w, int64_t person);

struct totp_row {
	struct bytes secret; /* as it is, not sealed */
	bool confirmed;
	int64_t step; /* the last one that was used */
};

/* DONE or MISSING (also when the seal cannot be opened: logged). */
enum outcome second_factor_totp(
	struct work *w, int64_t person, struct totp_row *t) must_check;

/* Begins anew with this key, not yet confirmed. */
void second_factor_begin(struct work *w, int64_t person, struct bytes secret);
void second_factor_confirm(struct work *w, int64_t person);

/* Whoever was held until they have one is free. */
void second_factor_enrolled(struct work *w, int64_t person);
void second_factor_forget(struct work *w, int64_t person);

/* Takes a step for its own; false when it or a later one was used before. */
bool second_factor_use_step(struct work *w, int64_t person, int64_t step);

/* Recovery codes: the new ones replace all old ones. */
void second_factor_put_codes(
	struct work *w, int64_t person, const char *const *codes, int count);
bool second_factor_use_code(struct work *w, int64_t person, const char *code);
int64_t second_factor_codes_left(struct work *w, int64_t person);

/* Everything of a person is forgotten: their device is lost and somebody answers for
 * them. */
void second_factor_reset(struct work *w, int64_t person);

/* The first factor was right and the second is asked for, of the session of the work. */
struct sign_in_step {
	const char *email, *way, *door, *next;
};
void second_factor_ask(struct work *w, const struct sign_in_step *s);
enum outcome second_factor_asked(struct work *w, struct sign_in_step *s) must_check;
void second_factor_asked_no_more(struct work *w);

#endif
