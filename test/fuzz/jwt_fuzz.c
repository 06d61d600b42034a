/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "format/jwt.h"

#include <string.h>

/* A token, and behind a NUL the keys it is verified with: nothing that was not signed may
 * be found to be. */
void
fuzz_one(struct arena *a, struct bytes in)
{
	static const struct jwt_wanted wanted = {
		.issuer = "i", .client = "c", .nonce = "n", .now = 1000};
	struct bytes token = bytes_cut(&in, 0);
	const char *problem;
	const struct json *keys = json_read(a, in, &problem);
	struct signature_key k;
	struct jwt t;

	if (keys)
		(void)jwt_key(a, keys, &k);
	if (!jwt_read(a, token, &t))
		return;
	fuzz_require(t.alg && t.claims && t.claims->kind == JSON_KIND_RECORD);
	fuzz_require(t.signed_part.at == token.at && t.signed_part.len < token.len);
	fuzz_require(memchr(t.signed_part.at, '.', t.signed_part.len));
	(void)jwt_claims_problem(&t, &wanted);
	if (keys && (strcmp(t.alg, "none") == 0 || strncmp(t.alg, "HS", 2) == 0))
		fuzz_require(jwt_signature_problem(a, &t, keys) == jwt_no_such_key);
	else if (keys)
		(void)jwt_signature_problem(a, &t, keys);
}
