/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_SECOND_H
#define DESK_SECOND_H

/* The second factor: an authenticator app (format/totp) or a recovery code. */

#include "desk/sign_in.h"
#include "store/second_factor.h"

enum { SECOND_CODES = 10 };

/* Makes a new key for the account, which counts when it is confirmed. */
void second_begin(struct work *w, const struct account *a);

/* A code of the new key proves that the app has it. DONE; INVALID (problem: code);
 * MISSING when nothing was begun. */
enum outcome second_confirm(
	struct work *w, const struct account *a, const char *typed) must_check;

/* New recovery codes, the only time that they can be read: ten of 120 bits, so that a
 * plain hash of them can be kept. */
void second_new_codes(
	struct work *w, const struct account *a, const char *codes[static SECOND_CODES]);

/* A code of the app, or a recovery code, of who has proved the first factor: DONE, each
 * code once. DENIED (problem: code) or LIMITED; wrong ones are counted. */
enum outcome second_check(struct work *w, const struct sign_in *s,
	const struct account *a, const char *typed) must_check;

#endif
