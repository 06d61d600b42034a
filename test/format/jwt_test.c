/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/base64url.h"
#include "format/jwt.h"
#include "testing.h"
#include "testing_key.h"

#include <string.h>

static const struct jwt_wanted wanted = {
	.issuer = "https://id.example.org",
	.client = "portreeve",
	.nonce = "n-1",
	.now = 1000000,
};

#define CLAIMS                                                     \
	"\"iss\":\"https://id.example.org\",\"sub\":\"s\","        \
	"\"aud\":\"portreeve\",\"nonce\":\"n-1\",\"exp\":1000600," \
	"\"iat\":1000000"

static const char *
letters(const char *text)
{
	return base64url_write(testing_arena(), bytes_of(text));
}

static const char *
token(const struct testing_key *k, const char *header, const char *claims)
{
	const char *front = arena_printf(
		testing_arena(), "%s.%s", letters(header), letters(claims));
	struct bytes s = testing_key_sign(k, SIGNATURE_JOSE, bytes_of(front));

	return arena_printf(
		testing_arena(), "%s.%s", front, base64url_write(testing_arena(), s));
}

static const char *
jwk(const struct testing_key *k, const char *more)
{
	struct arena *a = testing_arena();

	switch (k->key.kind) {
	case SIGNATURE_RS256:
		return arena_printf(a, "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\"%s}",
			base64url_write(a, k->key.n), base64url_write(a, k->key.e), more);
	case SIGNATURE_ES256:
		return arena_printf(a,
			"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"%s}",
			base64url_write(a, k->key.x), base64url_write(a, k->key.y), more);
	case SIGNATURE_EDDSA: break;
	}
	return arena_printf(a, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"%s}",
		base64url_write(a, k->key.x), more);
}

static const struct json *
set(const char *first, const char *second)
{
	const char *problem;

	return json_read(testing_arena(),
		bytes_of(arena_printf(testing_arena(), "{\"keys\":[%s%s%s]}", first,
			second ? "," : "", second ? second : "")),
		&problem);
}

static const char *
signature_problem(const char *text, const struct json *keys)
{
	struct jwt t;

	if (!jwt_read(testing_arena(), bytes_of(text), &t))
		return "not read";
	return jwt_signature_problem(testing_arena(), &t, keys);
}

static const char *const names[] = {"ES256", "EdDSA", "RS256"};

static void
each_kind_of_key_signs_and_no_other_fits(void **state)
{
	(void)state;
	for (int kind = SIGNATURE_ES256; kind <= SIGNATURE_RS256; kind++) {
		struct testing_key k = testing_key(kind), other = testing_key(kind);
		const char *t = token(&k,
			arena_printf(testing_arena(), "{\"alg\":\"%s\",\"kid\":\"a\"}",
				names[kind]),
			"{" CLAIMS "}");

		assert_null(signature_problem(t, set(jwk(&k, ",\"kid\":\"a\""), NULL)));
		assert_null(signature_problem(t,
			set(jwk(&other, ",\"kid\":\"b\""), jwk(&k, ",\"kid\":\"a\""))));
		assert_string_equal(
			signature_problem(t, set(jwk(&other, ",\"kid\":\"a\""), NULL)),
			"the signature does not fit");
		assert_ptr_equal(
			signature_problem(t, set(jwk(&k, ",\"kid\":\"b\""), NULL)),
			jwt_no_such_key);
		assert_ptr_equal(
			signature_problem(
				t, set(jwk(&k, ",\"kid\":\"a\",\"use\":\"enc\""), NULL)),
			jwt_no_such_key);
		testing_key_free(&k);
		testing_key_free(&other);
	}
}

/* The header cannot choose how it is verified. */
static void
the_key_says_how_it_is_verified(void **state)
{
	static const char *const headers[] = {"{\"alg\":\"none\"}", "{\"alg\":\"HS256\"}",
		"{\"alg\":\"ES256\"}", "{\"alg\":\"RS512\"}", "{\"alg\":\"rs256\"}"};
	struct testing_key k = testing_key(SIGNATURE_RS256);

	(void)state;
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		assert_non_null(signature_problem(
			token(&k, headers[i], "{" CLAIMS "}"), set(jwk(&k, ""), NULL)));
	assert_null(signature_problem(token(&k, "{\"alg\":\"RS256\"}", "{" CLAIMS "}"),
		set(jwk(&k, ""), NULL)));
	/* Without a name there must be one key only. */
	assert_ptr_equal(
		signature_problem(token(&k, "{\"alg\":\"RS256\"}", "{" CLAIMS "}"),
			set(jwk(&k, ""), jwk(&k, ",\"kid\":\"x\""))),
		jwt_no_such_key);
	testing_key_free(&k);
}

static void
what_is_no_token_is_not_read(void **state)
{
	const char *h = letters("{\"alg\":\"RS256\"}");
	const char *c = letters("{" CLAIMS "}");
	const char *const wrong[] = {
		"",
		"..",
		h,
		arena_printf(testing_arena(), "%s.%s", h, c),
		arena_printf(testing_arena(), "%s.%s.", h, c),
		arena_printf(testing_arena(), "%s.%s.AA.AA", h, c),
		arena_printf(testing_arena(), "%s.%s.AA=", h, c),
		arena_printf(testing_arena(), "%s.%s.A", h, c),
		arena_printf(testing_arena(), " %s.%s.AA", h, c),
		arena_printf(testing_arena(), "%s.%s.AA", letters("[]"), c),
		arena_printf(testing_arena(), "%s.%s.AA", letters("{}"), c),
		arena_printf(testing_arena(), "%s.%s.AA",
			letters("{\"alg\":\"RS256\",\"alg\":\"none\"}"), c),
		arena_printf(testing_arena(), "%s.%s.AA",
			letters("{\"alg\":\"RS256\",\"crit\":[\"x\"]}"), c),
		arena_printf(testing_arena(), "%s.%s.AA",
			letters("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}"), c),
		arena_printf(testing_arena(), "%s.%s.AA", h, letters("[1]")),
	};
	struct jwt t;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (jwt_read(testing_arena(), bytes_of(wrong[i]), &t))
			fail_msg("%s was read", wrong[i]);
}

static const char *
claims_problem(const char *claims)
{
	const char *text = arena_printf(testing_arena(), "%s.%s.AA",
		letters("{\"alg\":\"RS256\"}"), letters(claims));
	struct jwt t;

	assert_true(jwt_read(testing_arena(), bytes_of(text), &t));
	return jwt_claims_problem(&t, &wanted);
}

/* The claims with one of them said otherwise. */
static const char *
with(const char *was, const char *is)
{
	static const char all[] = "{" CLAIMS "}";
	const char *at = strstr(all, was);

	assert_non_null(at);
	return arena_printf(
		testing_arena(), "%.*s%s%s", (int)(at - all), all, is, at + strlen(was));
}

static void
each_claim_must_be_right(void **state)
{
	static const char *const wrong[][2] = {
		{"\"https://id.example.org\"", "\"https://id.example.org/\""},
		{"\"https://id.example.org\"", "null"},
		{"\"portreeve\"", "\"portreeve2\""},
		{"\"portreeve\"", "[]"},
		{"\"portreeve\"", "[\"other\"]"},
		{"\"portreeve\"", "[\"portreeve\",\"other\"]"},
		{"\"portreeve\"", "[\"portreeve\"],\"azp\":\"other\""},
		{"\"n-1\"", "\"n-2\""},
		{"\"n-1\"", "1"},
		{"\"s\"", "\"\""},
		{"\"s\"", "7"},
		{"1000600", "999880"},
		{"1000600", "\"1000600\""},
		{"1000600", "1e9"},
		{"\"iat\":1000000", "\"iat\":1000121"},
		{"\"iat\":1000000", "\"iat\":900000"},
		{"\"iat\":1000000", "\"x\":1"},
		{"\"iat\":1000000", "\"iat\":1000000,\"nbf\":1000121"},
	};
	static const char *const right[][2] = {
		{"\"portreeve\"", "[\"portreeve\"]"},
		{"\"portreeve\"", "[\"other\",\"portreeve\"],\"azp\":\"portreeve\""},
		{"1000600", "999881"},
		{"\"iat\":1000000", "\"iat\":1000120"},
	};

	(void)state;
	assert_null(claims_problem("{" CLAIMS "}"));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (!claims_problem(with(wrong[i][0], wrong[i][1])))
			fail_msg("%s was taken", wrong[i][1]);
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		assert_null(claims_problem(with(right[i][0], right[i][1])));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_key_signs_and_no_other_fits),
		cmocka_unit_test(the_key_says_how_it_is_verified),
		cmocka_unit_test(what_is_no_token_is_not_read),
		cmocka_unit_test(each_claim_must_be_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
