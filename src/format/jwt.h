/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_JWT_H
#define FORMAT_JWT_H

/*
 * Signed tokens of identity providers (RFC 7515, 7517, 7519; OpenID Connect Core 1.0,
 * section 3.1.3.7). Strict: three parts, base64url without padding, JSON objects without
 * a name twice, no critical extensions, no nesting. Only RS256, ES256 and EdDSA, and
 * which of them is the key's to say: "none" and HMAC have no key. All of it takes what a
 * stranger sent: fuzzed.
 */

#include "format/json.h"
#include "format/signature.h"

enum { JWT_LONGEST = 64 * 1024 };

struct jwt {
	const char *alg, *kid; /* kid NULL: none was said */
	const struct json *claims;
	struct bytes signed_part, signature;
};

/* False when it is not one. Nothing in it is proved yet. */
bool jwt_read(struct arena *a, struct bytes in, struct jwt *t);

/* NULL when a key of the set (a JWK Set) has signed it; else why not, in English for the
 * log: "no such key" when the set may be out of date. */
extern const char jwt_no_such_key[];
const char *jwt_signature_problem(
	struct arena *a, const struct jwt *t, const struct json *keys);

/* What an ID token must say. */
struct jwt_wanted {
	const char *issuer, *client, *nonce;
	int64_t now;
};

/* NULL when it says so; else why not. */
const char *jwt_claims_problem(const struct jwt *t, const struct jwt_wanted *wanted);

/* One key of a set; false when it is of no kind we verify or not for signing. */
bool jwt_key(struct arena *a, const struct json *jwk, struct signature_key *k);

#endif
