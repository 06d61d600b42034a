/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/signature.h"
#include "testing.h"
#include "testing_key.h"

#include <string.h>

static const enum signature_kind kinds[] = {
	SIGNATURE_ES256, SIGNATURE_EDDSA, SIGNATURE_RS256};

static void
what_was_signed_fits_and_nothing_else_does(void **state)
{
	struct bytes message = bytes_of("the message");

	(void)state;
	for (int i = 0; i < 3; i++)
		for (int form = SIGNATURE_DER; form <= SIGNATURE_JOSE; form++) {
			struct testing_key k = testing_key(kinds[i]);
			struct testing_key other = testing_key(kinds[i]);
			struct bytes s = testing_key_sign(&k, form, message);
			unsigned char *bent = (unsigned char *)arena_text(
				testing_arena(), s.at, s.len);

			assert_true(signature_fits(&k.key, form, message, s));
			assert_false(signature_fits(&other.key, form, message, s));
			assert_false(
				signature_fits(&k.key, form, bytes_of("the Message"), s));
			assert_false(signature_fits(
				&k.key, form, message, (struct bytes){s.at, s.len - 1}));
			assert_false(
				signature_fits(&k.key, form, message, (struct bytes){0}));
			bent[s.len / 2] ^= 1;
			assert_false(signature_fits(
				&k.key, form, message, (struct bytes){bent, s.len}));
			testing_key_free(&k);
			testing_key_free(&other);
		}
}

static void
the_two_forms_are_not_taken_for_each_other(void **state)
{
	struct testing_key k = testing_key(SIGNATURE_ES256);
	struct bytes m = bytes_of("x");

	(void)state;
	assert_false(signature_fits(
		&k.key, SIGNATURE_JOSE, m, testing_key_sign(&k, SIGNATURE_DER, m)));
	assert_false(signature_fits(
		&k.key, SIGNATURE_DER, m, testing_key_sign(&k, SIGNATURE_JOSE, m)));
	testing_key_free(&k);
}

static void
a_signature_of_noughts_fits_nothing(void **state)
{
	struct testing_key k = testing_key(SIGNATURE_ES256);
	unsigned char noughts[64] = {0};

	(void)state;
	assert_false(signature_fits(&k.key, SIGNATURE_JOSE, bytes_of("x"),
		(struct bytes){noughts, sizeof noughts}));
	testing_key_free(&k);
}

static void
weak_or_broken_keys_are_none(void **state)
{
	struct testing_key rsa = testing_key(SIGNATURE_RS256);
	struct testing_key curve = testing_key(SIGNATURE_ES256);
	struct signature_key k = rsa.key;

	(void)state;
	assert_true(signature_key_is_well(&k));
	k.n.len = 128; /* 1024 bits */
	assert_false(signature_key_is_well(&k));
	k = rsa.key;
	k.e = (struct bytes){(const unsigned char *)"\x01", 1};
	assert_false(signature_key_is_well(&k));
	k.e = (struct bytes){(const unsigned char *)"\x04", 1};
	assert_false(signature_key_is_well(&k));
	k = curve.key;
	k.y = k.x;
	assert_false(signature_key_is_well(&k));
	k.kind = SIGNATURE_EDDSA;
	k.x.len = 31;
	assert_false(signature_key_is_well(&k));
	testing_key_free(&rsa);
	testing_key_free(&curve);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_signed_fits_and_nothing_else_does),
		cmocka_unit_test(the_two_forms_are_not_taken_for_each_other),
		cmocka_unit_test(a_signature_of_noughts_fits_nothing),
		cmocka_unit_test(weak_or_broken_keys_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
