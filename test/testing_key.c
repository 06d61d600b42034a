/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_key.h"

#include "testing.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

enum { ROOM = 1024, HALF = 32 };

static struct bytes
number(EVP_PKEY *pair, const char *name, int width)
{
	BIGNUM *n = NULL;
	unsigned char *at = arena_alloc(testing_arena(), ROOM);
	int len;

	assert_int_equal(EVP_PKEY_get_bn_param(pair, name, &n), 1);
	len = width ? BN_bn2binpad(n, at, width) : BN_bn2bin(n, at);
	BN_free(n);
	return (struct bytes){at, (size_t)len};
}

struct testing_key
testing_key(enum signature_kind kind)
{
	struct testing_key k = {.key.kind = kind};
	unsigned char *raw = arena_alloc(testing_arena(), HALF);
	size_t n = HALF;

	switch (kind) {
	case SIGNATURE_ES256:
		k.pair = EVP_EC_gen("P-256");
		k.key.x = number(k.pair, OSSL_PKEY_PARAM_EC_PUB_X, HALF);
		k.key.y = number(k.pair, OSSL_PKEY_PARAM_EC_PUB_Y, HALF);
		break;
	case SIGNATURE_EDDSA:
		k.pair = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
		assert_int_equal(EVP_PKEY_get_raw_public_key(k.pair, raw, &n), 1);
		k.key.x = (struct bytes){raw, n};
		break;
	case SIGNATURE_RS256:
		k.pair = EVP_RSA_gen(2048);
		k.key.n = number(k.pair, OSSL_PKEY_PARAM_RSA_N, 0);
		k.key.e = number(k.pair, OSSL_PKEY_PARAM_RSA_E, 0);
		break;
	}
	assert_non_null(k.pair);
	return k;
}

void
testing_key_free(const struct testing_key *k)
{
	EVP_PKEY_free(k->pair);
}

static struct bytes
side_by_side(struct bytes der)
{
	const unsigned char *at = der.at;
	ECDSA_SIG *s = d2i_ECDSA_SIG(NULL, &at, (long)der.len);
	unsigned char *out = arena_alloc(testing_arena(), 2 * HALF);

	assert_non_null(s);
	BN_bn2binpad(ECDSA_SIG_get0_r(s), out, HALF);
	BN_bn2binpad(ECDSA_SIG_get0_s(s), out + HALF, HALF);
	ECDSA_SIG_free(s);
	return (struct bytes){out, 2 * HALF};
}

struct bytes
testing_key_sign(
	const struct testing_key *k, enum signature_form form, struct bytes message)
{
	const EVP_MD *hash = k->key.kind == SIGNATURE_EDDSA ? NULL : EVP_sha256();
	unsigned char *at = arena_alloc(testing_arena(), ROOM);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	size_t n = ROOM;

	assert_int_equal(EVP_DigestSignInit(c, NULL, hash, NULL, k->pair), 1);
	assert_int_equal(EVP_DigestSign(c, at, &n, message.at, message.len), 1);
	EVP_MD_CTX_free(c);
	if (k->key.kind == SIGNATURE_ES256 && form == SIGNATURE_JOSE)
		return side_by_side((struct bytes){at, n});
	return (struct bytes){at, n};
}
