/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_SIGN_IN_H
#define DESK_SIGN_IN_H

/*
 * Who is at the door. A password costs the same work whether the account exists or not,
 * and the answer is the same. Ten wrong tries from one address on one account in a
 * quarter of an hour close that pair, so nobody can lock anybody else out.
 */

#include "store/account.h"

/* The slow half, before a write enters its lane: reads the account and verifies the
 * password (Argon2id). DONE with *a, or DENIED. */
enum outcome sign_in_verify(struct work *w, const char *email, const char *password,
	struct account *a) must_check;

/* The quick half, in the lane: counts the try and, when `verified`, makes the session.
 * DONE with the cookie, DENIED, or LIMITED. */
enum outcome sign_in_enter(struct work *w, const char *email,
	const struct account *verified, const char *peer, const char **cookie) must_check;

/* The stored form of a new password, or NULL with a problem ("password"): at least 10
 * characters, at most 200, none of the few everybody uses. */
const char *sign_in_password(struct work *w, const char *password);

#endif
