/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_BREAK_GLASS_H
#define DESK_BREAK_GLASS_H

/*
 * The account behind glass: an administrator of one organisation for the day on which
 * nobody else can sign in. It has no password and no second factor; its long secret
 * opens it once, and at once all administrators get a letter, the audit a row, and every
 * staff page of the organisation says so for a day. Then it must be sealed anew
 * (`portreeve user break-glass`), which makes a new secret.
 */

#include "desk/sign_in.h"

/* Makes the account if there is none, seals it, and returns the secret: the only time
 * that it can be read. */
const char *break_glass_seal(
	struct work *w, int64_t org, const char *email, const char *name);

/* DONE with the account when it is the secret of a sealed one; DENIED or LIMITED. */
enum outcome break_glass_open(struct work *w, const struct sign_in *s, const char *secret,
	struct account *a) must_check;

#endif
