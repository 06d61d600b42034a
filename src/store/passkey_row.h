/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_PASSKEY_ROW_H
#define STORE_PASSKEY_ROW_H

/* Passkeys, and the challenges that they sign. */

#include "store/work.h"

enum { PASSKEY_MOST = 20, CHALLENGE_LIFETIME = 300 };

struct passkey {
	const char *id; /* of the credential, base64url */
	int64_t person;
	const char *name;
	struct bytes key; /* COSE */
	int64_t count;
	int64_t created, used;
};

struct passkey_list {
	struct passkey *at;
	int count;
};

/* DONE or MISSING. */
enum outcome passkey_row_find(
	struct work *w, const char *id, struct passkey *p) must_check;

/* The person's, the oldest first; at most PASSKEY_MOST. */
void passkey_row_list(struct work *w, int64_t person, struct passkey_list *list);

/* False when there is one with that id already. */
bool passkey_row_add(struct work *w, const struct passkey *p) must_check;

/* Notes a use; false when its count did not rise from what it was (unless the
 * authenticator counts nothing: both 0): there may be a copy of it. */
bool passkey_row_use(struct work *w, const char *id, int64_t count) must_check;

bool passkey_row_remove(struct work *w, int64_t person, const char *id);

/* A challenge for the session of the work: 43 letters, for one `purpose` ("register",
 * "sign-in", "second"). */
const char *passkey_row_challenge(struct work *w, const char *purpose);

/* Takes it back: true once, for the same session and purpose, within its time. */
bool passkey_row_challenge_take(
	struct work *w, const char *purpose, const char *challenge);

#endif
