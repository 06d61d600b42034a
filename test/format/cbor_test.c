/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/authenticator.h"
#include "format/base64url.h"
#include "format/cbor.h"
#include "testing.h"

#include <sodium.h>
#include <string.h>

static struct bytes
hex(const char *text)
{
	unsigned char *at = arena_alloc(testing_arena(), strlen(text) / 2 + 1);
	size_t n;

	assert_int_equal(
		sodium_hex2bin(at, strlen(text) / 2, text, strlen(text), " ", &n, NULL),
		0);
	return (struct bytes){at, n};
}

static const struct cbor *
read_all(const char *text)
{
	struct bytes in = hex(text);
	const struct cbor *v = cbor_read(testing_arena(), &in);

	return v && in.len == 0 ? v : NULL;
}

/* RFC 8949, appendix A. */
static void
values_are_read_as_the_rfc_writes_them(void **state)
{
	static const struct {
		const char *text;
		int64_t whole;
	} wholes[] = {{"00", 0}, {"17", 23}, {"1818", 24}, {"1864", 100},
		{"1903e8", 1000}, {"1a000f4240", 1000000},
		{"1b000000e8d4a51000", 1000000000000}, {"20", -1}, {"3863", -100},
		{"3903e7", -1000}};
	const struct cbor *v;

	(void)state;
	for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
		assert_int_equal(
			cbor_whole(read_all(wholes[i].text), -7777), wholes[i].whole);
	assert_true(bytes_equal(cbor_bytes(read_all("4401020304")), hex("01020304")));
	v = read_all("826161a161626163");
	assert_int_equal(v->kind, CBOR_LIST);
	assert_int_equal(v->count, 2);
	assert_true(bytes_equal(cbor_named(&v->items[1], "b")->bytes, bytes_of("c")));
	v = read_all("a201020304");
	assert_int_equal(cbor_whole(cbor_numbered(v, 3), 0), 4);
	assert_null(cbor_numbered(v, 2));
	assert_int_equal(read_all("f5")->whole, 1);
	assert_int_equal(read_all("f6")->kind, CBOR_NULL);
}

static void
what_is_not_canonical_is_refused(void **state)
{
	static const char *const wrong[] = {"", "18", "1817", "190017", "1a0000ffff",
		"1b00000000ffffffff", "1bffffffffffffffff", "1c", "1f", "5f4101ff",
		"9f01ff", "bf0101ff", "7f6161ff", "c074", "f97e00", "fb4000000000000000",
		"f0", "f817", "ff", "62c328", "6100", "4501020304", "8201", "a101",
		"a201020103", "a2616101616102", "a1800a", "9b00000000ffffffff",
		"bb8000000000000000", "81818181818181818181"};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (read_all(wrong[i]))
			fail_msg("%s was taken", wrong[i]);
}

#define SITE "0000000000000000000000000000000000000000000000000000000000000000"
#define X "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
#define Y "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"
#define KEY "a5010203262001215820" X "225820" Y
#define AAGUID "00000000000000000000000000000000"

static void
authenticator_data_is_read_whole_or_not(void **state)
{
	static const char *const wrong[] = {
		SITE "01000000",		     /* too short */
		SITE "010000000500",		     /* too long */
		SITE "1100000005",		     /* backed up, but it cannot be */
		SITE "4100000005",		     /* attested, but nothing follows */
		SITE "4100000005" AAGUID "0000" KEY, /* no id */
		SITE "4100000005" AAGUID "0400" KEY, /* id longer than there is */
		SITE "4100000005" AAGUID "0001AA",   /* no key */
		SITE "4100000005" AAGUID "0001AA" KEY "00",
		SITE "8100000005",   /* extensions, but none */
		SITE "810000000501", /* and not a map */
		/* the point is not on the curve; not a kind we verify (ES384) */
		SITE "4100000005" AAGUID "0001AA"
		     "a5010203262001215820" X "225820" X,
		SITE "4100000005" AAGUID "0001AA"
		     "a501020338222002215820" X "225820" Y,
	};
	struct authenticator_data d;

	(void)state;
	assert_true(authenticator_read(testing_arena(), hex(SITE "0500000005"), &d));
	assert_int_equal(d.flags, 5);
	assert_int_equal(d.count, 5);
	assert_true(authenticator_read(
		testing_arena(), hex(SITE "C1FFFFFFFF" AAGUID "0001AA" KEY "a0"), &d));
	assert_int_equal(d.count, 0xFFFFFFFF);
	assert_true(bytes_equal(d.id, hex("AA")));
	assert_true(bytes_equal(d.cose, hex(KEY)));
	assert_int_equal(d.key.kind, SIGNATURE_ES256);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (authenticator_read(testing_arena(), hex(wrong[i]), &d))
			fail_msg("%s was taken", wrong[i]);
}

static void
only_attestation_none_is_taken(void **state)
{
	struct bytes data;

	(void)state;
	/* {"fmt": "none", "attStmt": {}, "authData": h'0102'} */
	assert_true(authenticator_attestation(testing_arena(),
		hex("a363666d74646e6f6e656761747453746d74a068617574684461746142"
		    "0102"),
		&data));
	assert_true(bytes_equal(data, hex("0102")));
	assert_false(authenticator_attestation(testing_arena(),
		hex("a363666d74667061636b65646761747453746d74a06861757468446174614201"
		    "02"),
		&data));
	assert_false(authenticator_attestation(testing_arena(),
		hex("a363666d74646e6f6e656761747453746d74a10101"
		    "686175746844617461420102"),
		&data));
	assert_false(authenticator_attestation(testing_arena(), hex("a0"), &data));
}

static void
base64url_is_strict(void **state)
{
	static const char *const wrong[] = {
		"A", "AA=", "AA==", "A A", "AB", "AAB", "A+", "A/8", "AAAA\n"};
	struct bytes out;

	(void)state;
	assert_true(base64url_read(testing_arena(), bytes_of("-_8"), &out));
	assert_true(bytes_equal(out, hex("fbff")));
	assert_string_equal(base64url_write(testing_arena(), hex("fbff")), "-_8");
	assert_true(base64url_read(testing_arena(), bytes_of(""), &out));
	assert_int_equal(out.len, 0);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (base64url_read(testing_arena(), bytes_of(wrong[i]), &out))
			fail_msg("%s was taken", wrong[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read_as_the_rfc_writes_them),
		cmocka_unit_test(what_is_not_canonical_is_refused),
		cmocka_unit_test(authenticator_data_is_read_whole_or_not),
		cmocka_unit_test(only_attestation_none_is_taken),
		cmocka_unit_test(base64url_is_strict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
