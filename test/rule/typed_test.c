/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "rule/typed.h"

#include <string.h>

static void
a_line_has_single_blanks_inside(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{" \t\r\n\u00A0\u3000", ""},
		{"  Ann \t Lee\r\n", "Ann Lee"},
		{"a\u2003b\nc\u2028d", "a b c d"},
		{"a\x01\x1F\x7F\xC2\x85"
		 "z\uFEFF\u202E",
			"a z"},
		{"caf\u00E9 \U0001F6A7", "caf\u00E9 \U0001F6A7"},
		{"\U0001F468\u200D\U0001F469", "\U0001F468\u200D\U0001F469"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			typed_line(testing_arena(), cases[i][0]), cases[i][1]);
}

static void
lines_keep_their_shape_but_not_their_ends(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{" \r\n \n", ""},
		{"\n\n a\n", " a"},
		{"a\r\nb\rc\nd", "a\nb\nc\nd"},
		{"a  \t\r\n\r\n  b  c\u00A0\r\n\n\n", "a\n\n  b  c"},
		{"a\x08\u202Eb", "ab"},
		{"a\u2028b\xC2\x85"
		 "c",
			"a\nb\nc"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			typed_lines(testing_arena(), cases[i][0]), cases[i][1]);
}

static void
codes_lose_blanks_and_dashes(void **state)
{
	static const char *const cases[][3] = {
		{"ab 12-c\u2011d\u00A0e\u200Df", "", "AB12CDEF"},
		{"(0161) 496.0000", "().", "01614960000"},
		{"\u00E9", "", "\u00E9"},
		{" - ", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(typed_code(testing_arena(), cases[i][0], cases[i][1]),
			cases[i][2]);
}

static void
length_counts_characters(void **state)
{
	(void)state;
	assert_int_equal(typed_length(""), 0);
	assert_int_equal(typed_length("a\u00E9\u20AC\U0001F6A7"), 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_has_single_blanks_inside),
		cmocka_unit_test(lines_keep_their_shape_but_not_their_ends),
		cmocka_unit_test(codes_lose_blanks_and_dashes),
		cmocka_unit_test(length_counts_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
