/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_VAULT_H
#define STORE_VAULT_H

/*
 * Secrets that must be read again (the key of an authenticator app, the client secret of
 * an identity provider) lie in the database sealed with a key that does not: 32 random
 * bytes in a file of their own, made at the first start. Whoever takes the database alone
 * takes nothing. Sealed with XChaCha20-Poly1305; `what` ("totp 123") is part of the seal,
 * so that nothing can be put in another's place.
 */

#include "store/work.h"

enum { VAULT_KEY = 32 };

struct vault {
	unsigned char key[VAULT_KEY];
};

/* Reads the key file, or makes it (mode 0600) when there is none. False: logged why. */
bool vault_open(struct vault *v, const char *path) must_check;

/* A key that is gone with the process: for a database that is too. */
void vault_forgetful(struct vault *v);

struct bytes vault_seal(struct work *w, const char *what, struct bytes plain);

/* False when it was sealed with another key, for something else, or was changed. */
bool vault_read(struct work *w, const char *what, struct bytes sealed,
	struct bytes *plain) must_check;

/* The same with a key that the house does not keep. */
struct bytes vault_seal_with(
	const struct vault *v, struct arena *a, const char *what, struct bytes plain);
bool vault_read_with(const struct vault *v, struct arena *a, const char *what,
	struct bytes sealed, struct bytes *plain) must_check;

#endif
