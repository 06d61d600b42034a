/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/secret.h"

#include "base/random.h"

#include <sodium.h>
#include <string.h>

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

const char *
secret_token(struct arena *a)
{
	unsigned char bits[26];
	char *token = arena_alloc(a, sizeof bits + 1);

	random_bytes(bits, sizeof bits);
	for (size_t i = 0; i < sizeof bits; i++)
		token[i] = alphabet[bits[i] & 31];
	return token;
}

const char *
secret_hash(struct arena *a, const char *token)
{
	unsigned char hash[32];
	char *hex = arena_alloc(a, sizeof hash * 2 + 1);

	crypto_generichash(
		hash, sizeof hash, (const unsigned char *)token, strlen(token), NULL, 0);
	return sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
}

const char *
secret_code(struct arena *a)
{
	return arena_printf(a, "%06u", (unsigned)(random_number() % 1000000));
}
