/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_KEY_H
#define TESTING_KEY_H

/* Key pairs of the other side: authenticators and identity providers in tests. */

#include "format/signature.h"

struct testing_key {
	void *pair; /* EVP_PKEY, for as long as the test runs */
	struct signature_key key;
};

struct testing_key testing_key(enum signature_kind kind);
void testing_key_free(const struct testing_key *k);

/* ECDSA in DER, or as JOSE has it. */
struct bytes testing_key_sign(
	const struct testing_key *k, enum signature_form form, struct bytes message);

#endif
