/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/qrcode.h"
#include "format/totp.h"
#include "testing.h"

#include <string.h>

static const unsigned char rfc_key[] = "12345678901234567890";

/* RFC 6238, appendix B, SHA-1: eight digits. */
static void
codes_are_those_of_the_rfc(void **state)
{
	static const struct {
		int64_t at;
		uint32_t code;
	} vectors[] = {{59, 94287082}, {1111111109, 7081804}, {1111111111, 14050471},
		{1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130}};
	struct bytes key = {rfc_key, 20};

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
		assert_int_equal(
			totp_number(key, vectors[i].at / TOTP_PERIOD) % 100000000,
			vectors[i].code);
}

/* RFC 4226, appendix D: six digits of the first ten counts. */
static void
counts_are_those_of_the_rfc(void **state)
{
	static const uint32_t codes[] = {755224, 287082, 359152, 969429, 338314, 254676,
		287922, 162583, 399871, 520489};
	struct bytes key = {rfc_key, 20};

	(void)state;
	for (int i = 0; i < 10; i++)
		assert_int_equal(totp_number(key, i) % 1000000, codes[i]);
}

static void
a_code_fits_one_step_around_and_only_once(void **state)
{
	struct bytes key = {rfc_key, 20};
	int64_t step = 0;

	(void)state;
	assert_true(totp_fits(key, "287082", 59, 0, &step));
	assert_int_equal(step, 1);
	assert_true(totp_fits(key, " 287 082 ", 59, 0, &step));
	assert_true(totp_fits(key, "287082", 89, 0, &step));
	assert_false(totp_fits(key, "287082", 90, 0, &step));
	assert_true(totp_fits(key, "287082", 1, 0, &step));
	assert_false(totp_fits(key, "287082", 59, 1, &step));
	assert_false(totp_fits(key, "287082", 59, 2, &step));
	assert_true(totp_fits(key, "359152", 59, 1, &step));
	assert_int_equal(step, 2);
}

static void
anything_but_six_digits_does_not_fit(void **state)
{
	static const char *const wrong[] = {"", "28708", "2870821", "28708x", "-87082",
		"287082\xEF\xBC\x90", "287.082", "94287082"};
	struct bytes key = {rfc_key, 20};
	int64_t step;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(totp_fits(key, wrong[i], 59, 0, &step));
}

static void
keys_are_written_as_rfc_4648_has_them(void **state)
{
	static const char *const vectors[][2] = {{"", ""}, {"f", "MY"}, {"fo", "MZXQ"},
		{"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"},
		{"foobar", "MZXW6YTBOI"}};

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
		assert_string_equal(totp_base32(testing_arena(), bytes_of(vectors[i][0])),
			vectors[i][1]);
}

static void
names_in_the_link_are_escaped(void **state)
{
	const char *link = totp_link(testing_arena(), (struct bytes){rfc_key, 20},
		"Southmere & Co: desk", "amy?x=1@example.org");

	(void)state;
	assert_string_equal(link,
		"otpauth://totp/Southmere%20%26%20Co%3A%20desk:amy%3Fx%3D1%40example.org"
		"?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
		"&issuer=Southmere%20%26%20Co%3A%20desk&algorithm=SHA1&digits=6&period="
		"30");
}

static void
a_picture_is_whole_and_names_itself(void **state)
{
	struct safe_html svg = qrcode_svg(testing_arena(), "hello", "A \"code\"");
	char *much = arena_alloc(testing_arena(), 5001);

	(void)state;
	assert_non_null(strstr(svg.html, "aria-label=\"A &#34;code&#34;\""));
	/* Version 1 is 21 squares wide, 29 with its quiet zone; the finder pattern at the
	 * top left begins with seven dark ones. */
	assert_non_null(strstr(svg.html, "viewBox=\"0 0 29 29\""));
	assert_non_null(strstr(svg.html, "M4 4h7v1h-7z"));
	assert_string_equal(svg.html + strlen(svg.html) - 6, "</svg>");
	memset(much, 'x', 5000);
	assert_string_equal(qrcode_svg(testing_arena(), much, "").html, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_those_of_the_rfc),
		cmocka_unit_test(counts_are_those_of_the_rfc),
		cmocka_unit_test(a_code_fits_one_step_around_and_only_once),
		cmocka_unit_test(anything_but_six_digits_does_not_fit),
		cmocka_unit_test(keys_are_written_as_rfc_4648_has_them),
		cmocka_unit_test(names_in_the_link_are_escaped),
		cmocka_unit_test(a_picture_is_whole_and_names_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
