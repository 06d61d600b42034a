/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/signature.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

enum { COORDINATE = 32, POINT = 2 * COORDINATE + 1, ED25519 = 32, DER_ROOM = 80 };

static EVP_PKEY *
from_parameters(const char *type, OSSL_PARAM *parameters)
{
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;

	if (c && EVP_PKEY_fromdata_init(c) == 1 &&
		EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(c);
	return key;
}

static EVP_PKEY *
curve_key(const struct signature_key *k)
{
	unsigned char point[POINT] = {4};
	char group[] = "prime256v1";
	OSSL_PARAM parameters[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
		OSSL_PARAM_construct_octet_string(
			OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point),
		OSSL_PARAM_construct_end(),
	};

	if (k->x.len != COORDINATE || k->y.len != COORDINATE)
		return NULL;
	memcpy(point + 1, k->x.at, COORDINATE);
	memcpy(point + 1 + COORDINATE, k->y.at, COORDINATE);
	return from_parameters("EC", parameters);
}

static EVP_PKEY *
rsa_key(const struct signature_key *k)
{
	OSSL_PARAM_BLD *b;
	OSSL_PARAM *parameters = NULL;
	EVP_PKEY *key = NULL;
	BIGNUM *n, *e;

	if (k->n.len < 256 || k->n.len > 513 || k->e.len < 1 || k->e.len > 8)
		return NULL;
	b = OSSL_PARAM_BLD_new();
	n = BN_bin2bn(k->n.at, (int)k->n.len, NULL);
	e = BN_bin2bn(k->e.at, (int)k->e.len, NULL);
	if (b && n && e && BN_num_bits(n) >= 2048 && BN_num_bits(n) <= 4096 &&
		BN_is_odd(e) && BN_num_bits(e) >= 2 &&
		OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
		OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, e) == 1)
		parameters = OSSL_PARAM_BLD_to_param(b);
	if (parameters)
		key = from_parameters("RSA", parameters);
	OSSL_PARAM_free(parameters);
	OSSL_PARAM_BLD_free(b);
	BN_free(n);
	BN_free(e);
	return key;
}

static EVP_PKEY *
key_of(const struct signature_key *k)
{
	switch (k->kind) {
	case SIGNATURE_ES256: return curve_key(k);
	case SIGNATURE_RS256: return rsa_key(k);
	case SIGNATURE_EDDSA: break;
	}
	if (k->x.len != ED25519)
		return NULL;
	return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, k->x.at, k->x.len);
}

/* Two numbers of 32 bytes as ECDSA-Sig-Value; the length, or 0. */
static size_t
to_der(struct bytes raw, unsigned char der[static DER_ROOM])
{
	ECDSA_SIG *s;
	BIGNUM *r, *t;
	unsigned char *end = der;
	int n = 0;

	if (raw.len != 2 * COORDINATE)
		return 0;
	s = ECDSA_SIG_new();
	r = BN_bin2bn(raw.at, COORDINATE, NULL);
	t = BN_bin2bn(raw.at + COORDINATE, COORDINATE, NULL);
	if (s && r && t && ECDSA_SIG_set0(s, r, t) == 1) {
		n = i2d_ECDSA_SIG(s, &end);
	} else {
		BN_free(r);
		BN_free(t);
	}
	ECDSA_SIG_free(s);
	return n > 0 ? (size_t)n : 0;
}

bool
signature_fits(const struct signature_key *k, enum signature_form form,
	struct bytes message, struct bytes signature)
{
	const EVP_MD *hash = k->kind == SIGNATURE_EDDSA ? NULL : EVP_sha256();
	unsigned char der[DER_ROOM];
	EVP_PKEY *key;
	EVP_MD_CTX *c;
	bool fits;

	if (k->kind == SIGNATURE_ES256 && form == SIGNATURE_JOSE)
		signature = (struct bytes){der, to_der(signature, der)};
	if (signature.len == 0)
		return false;
	key = key_of(k);
	if (!key)
		return false;
	c = EVP_MD_CTX_new();
	fits = c && EVP_DigestVerifyInit(c, NULL, hash, NULL, key) == 1 &&
	       EVP_DigestVerify(
		       c, signature.at, signature.len, message.at, message.len) == 1;
	EVP_MD_CTX_free(c);
	EVP_PKEY_free(key);
	return fits;
}

bool
signature_key_is_well(const struct signature_key *k)
{
	EVP_PKEY *key = key_of(k);

	EVP_PKEY_free(key);
	return key != NULL;
}
