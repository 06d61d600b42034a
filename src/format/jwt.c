/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/jwt.h"

#include "format/base64url.h"

#include <string.h>

enum { COORDINATE = 32, SLACK = 120, LONGEST_SUBJECT = 255, MOST_KEYS = 50 };

const char jwt_no_such_key[] = "no such key";

static bool
is_text(const struct json *record, const char *name, const char *wanted)
{
	const char *text = json_words(json_get(record, name));

	return text && strcmp(text, wanted) == 0;
}

static const struct json *
read_part(struct arena *a, struct bytes part)
{
	const char *problem;
	const struct json *v;
	struct bytes plain;

	if (!base64url_read(a, part, &plain))
		return NULL;
	v = json_read(a, plain, &problem);
	return v && v->kind == JSON_KIND_RECORD ? v : NULL;
}

bool
jwt_read(struct arena *a, struct bytes in, struct jwt *t)
{
	struct bytes rest = in, header, claims;
	const struct json *h, *type;

	*t = (struct jwt){0};
	if (in.len > JWT_LONGEST)
		return false;
	header = bytes_cut(&rest, '.');
	claims = bytes_cut(&rest, '.');
	if (header.len == 0 || claims.len == 0 || rest.len == 0 ||
		memchr(rest.at, '.', rest.len))
		return false;
	t->signed_part = (struct bytes){in.at, header.len + 1 + claims.len};
	h = read_part(a, header);
	t->claims = read_part(a, claims);
	t->alg = json_words(json_get(h, "alg"));
	t->kid = json_words(json_get(h, "kid"));
	type = json_get(h, "typ");
	return t->claims && t->alg && !json_get(h, "crit") && !json_get(h, "b64") &&
	       (!type || is_text(h, "typ", "JWT") || is_text(h, "typ", "jwt")) &&
	       base64url_read(a, rest, &t->signature);
}

static bool
number_of(struct arena *a, const struct json *jwk, const char *name, struct bytes *out)
{
	const char *text = json_words(json_get(jwk, name));

	if (!text || !base64url_read(a, bytes_of(text), out))
		return false;
	/* Some write a sign byte in front. */
	while (out->len > 0 && out->at[0] == 0) {
		out->at++;
		out->len--;
	}
	return out->len > 0;
}

/* A coordinate has its whole width, noughts in front. */
static bool
coordinate_of(
	struct arena *a, const struct json *jwk, const char *name, struct bytes *out)
{
	unsigned char *at = arena_alloc(a, COORDINATE);

	if (!number_of(a, jwk, name, out) || out->len > COORDINATE)
		return false;
	memcpy(at + COORDINATE - out->len, out->at, out->len);
	*out = (struct bytes){at, COORDINATE};
	return true;
}

static const char *
name_of(enum signature_kind kind)
{
	switch (kind) {
	case SIGNATURE_ES256: return "ES256";
	case SIGNATURE_EDDSA: return "EdDSA";
	case SIGNATURE_RS256: break;
	}
	return "RS256";
}

static bool
read_key(struct arena *a, const struct json *jwk, struct signature_key *k)
{
	const char *x = json_words(json_get(jwk, "x"));

	*k = (struct signature_key){0};
	if (is_text(jwk, "kty", "RSA")) {
		k->kind = SIGNATURE_RS256;
		return number_of(a, jwk, "n", &k->n) && number_of(a, jwk, "e", &k->e);
	}
	if (is_text(jwk, "kty", "EC") && is_text(jwk, "crv", "P-256")) {
		k->kind = SIGNATURE_ES256;
		return coordinate_of(a, jwk, "x", &k->x) &&
		       coordinate_of(a, jwk, "y", &k->y);
	}
	k->kind = SIGNATURE_EDDSA;
	return is_text(jwk, "kty", "OKP") && is_text(jwk, "crv", "Ed25519") && x &&
	       base64url_read(a, bytes_of(x), &k->x);
}

bool
jwt_key(struct arena *a, const struct json *jwk, struct signature_key *k)
{
	return read_key(a, jwk, k) &&
	       (!json_get(jwk, "use") || is_text(jwk, "use", "sig")) &&
	       (!json_get(jwk, "alg") || is_text(jwk, "alg", name_of(k->kind))) &&
	       signature_key_is_well(k);
}

/* The key that the token names; without a name the only one there is. */
static bool
find_key(struct arena *a, const struct jwt *t, const struct json *set,
	struct signature_key *found)
{
	const struct json *keys = json_get(set, "keys");
	int fitting = 0;

	if (!keys || keys->kind != JSON_KIND_LIST)
		return false;
	for (int i = 0; i < keys->count && i < MOST_KEYS; i++) {
		const char *kid = json_words(json_get(&keys->items[i], "kid"));
		struct signature_key k;

		if (t->kid && !(kid && strcmp(kid, t->kid) == 0))
			continue;
		if (jwt_key(a, &keys->items[i], &k) &&
			strcmp(name_of(k.kind), t->alg) == 0) {
			*found = k;
			fitting++;
		}
	}
	return fitting == 1;
}

const char *
jwt_signature_problem(struct arena *a, const struct jwt *t, const struct json *keys)
{
	struct signature_key k;

	if (!find_key(a, t, keys, &k))
		return jwt_no_such_key;
	return signature_fits(&k, SIGNATURE_JOSE, t->signed_part, t->signature)
		       ? NULL
		       : "the signature does not fit";
}

/* aud: our client, alone or among others; then azp says that it is ours. */
static bool
audience_is(const struct json *claims, const char *client)
{
	const struct json *aud = json_get(claims, "aud");
	const struct json *azp = json_get(claims, "azp");
	bool among = false;

	if (azp && !is_text(claims, "azp", client))
		return false;
	if (!aud || aud->kind != JSON_KIND_LIST)
		return is_text(claims, "aud", client);
	for (int i = 0; i < aud->count; i++) {
		const char *one = json_words(&aud->items[i]);

		among = among || (one && strcmp(one, client) == 0);
	}
	return among && (aud->count == 1 || azp);
}

const char *
jwt_claims_problem(const struct jwt *t, const struct jwt_wanted *wanted)
{
	const struct json *c = t->claims;
	const char *subject = json_words(json_get(c, "sub"));
	int64_t expires, issued, before;

	if (!is_text(c, "iss", wanted->issuer))
		return "another issuer";
	if (!audience_is(c, wanted->client))
		return "for another client";
	if (!subject || !*subject || strlen(subject) > LONGEST_SUBJECT)
		return "no subject";
	if (!is_text(c, "nonce", wanted->nonce))
		return "another nonce";
	if (!json_number(json_get(c, "exp"), &expires) ||
		!json_number(json_get(c, "iat"), &issued))
		return "no times";
	if (expires <= wanted->now - SLACK)
		return "it has expired";
	if (issued > wanted->now + SLACK || issued < wanted->now - 86400)
		return "issued at another time";
	if (json_get(c, "nbf") && (!json_number(json_get(c, "nbf"), &before) ||
					  before > wanted->now + SLACK))
		return "not yet valid";
	return NULL;
}
