/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_SIGNATURE_H
#define FORMAT_SIGNATURE_H

/*
 * Verifying signatures of others, by libcrypto: ECDSA on P-256 with SHA-256, Ed25519, and
 * RSASSA-PKCS1-v1_5 with SHA-256. The kind belongs to the key: nothing that is signed can
 * choose it.
 */

#include "base/bytes.h"

enum signature_kind { SIGNATURE_ES256, SIGNATURE_EDDSA, SIGNATURE_RS256 };

struct signature_key {
	enum signature_kind kind;
	struct bytes x, y; /* ES256: 32 bytes each; EdDSA: x alone */
	struct bytes n, e; /* RS256: 2048 to 4096 bits, the highest byte first */
};

/* How an ECDSA signature is written: JOSE has its two numbers side by side, all others
 * in DER. */
enum signature_form { SIGNATURE_DER, SIGNATURE_JOSE };

/* False also for a key that is none. */
bool signature_fits(const struct signature_key *k, enum signature_form form,
	struct bytes message, struct bytes signature);

/* Could anything be signed with it at all? For keys that come from outside. */
bool signature_key_is_well(const struct signature_key *k);

#endif
