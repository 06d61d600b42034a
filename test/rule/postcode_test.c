/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "rule/address.h"
#include "rule/postcode.h"

static void
postcodes_have_one_form(void **state)
{
	static const char *const cases[][2] = {
		{"M1 1AA", "M1 1AA"},
		{"m11aa", "M1 1AA"},
		{"B33 8TH", "B33 8TH"},
		{"CR2 6XH", "CR2 6XH"},
		{"DN55 1PT", "DN55 1PT"},
		{"w1a1hq", "W1A 1HQ"},
		{" ec1a 1bb ", "EC1A 1BB"},
		{"s w 1 a 1 a a", "SW1A 1AA"},
		{"SW1A-1AA", "SW1A 1AA"},
		{"SW1A\u00A0OAA", "SW1A 0AA"},
		{"gir 0aa", "GIR 0AA"},
		{"BF1 1AA", "BF1 1AA"},
		{"CF10 3AT", "CF10 3AT"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			postcode_read(testing_arena(), cases[i][0]), cases[i][1]);
}

static void
other_texts_are_no_postcodes(void **state)
{
	static const char *const cases[] = {"", "M1", "SW1A", "M1 1A", "M1 AA1", "Q1 1AA",
		"AI1 1AA", "M1 1CA", "M1 1AO", "W1I 1AA", "EC1I 1AA", "ABC1 1AA",
		"1M 1AA", "SW1AA 1AA", "90210", "M1 1AA x", "AA999 9AA"};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_null(postcode_read(testing_arena(), cases[i]));
}

/* The stored address with '/' for the line ends, or what was wrong. */
static const char *
address_of(const char *const *lines, int count)
{
	static const char *const wrong[] = {[ADDRESS_EMPTY] = "empty",
		[ADDRESS_ONLY_POSTCODE] = "only a postcode",
		[ADDRESS_LONG] = "long"};
	struct address got;
	enum address_reading reading = address_read(testing_arena(), lines, count, &got);
	char *shown;

	if (reading != ADDRESS_READ)
		return wrong[reading];
	shown = arena_printf(
		testing_arena(), "%s|%s", got.text, got.postcode ? got.postcode : "none");
	for (char *p = shown; *p; p++)
		if (*p == '\n')
			*p = '/';
	return shown;
}

#define ADDRESS(...)                                   \
	address_of((const char *const[]){__VA_ARGS__}, \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void
addresses_are_lines_with_the_postcode_last(void **state)
{
	(void)state;
	assert_string_equal(ADDRESS("10 High Street", "", "Anytown", "", "ab1 2de"),
		"10 High Street/Anytown/AB1 2DE|AB1 2DE");
	assert_string_equal(ADDRESS(" 10  High Street\r\nAnytown\r\n"),
		"10 High Street/Anytown|none");
	assert_string_equal(ADDRESS("10 High Street, Anytown, AB12DE"),
		"10 High Street, Anytown/AB1 2DE|AB1 2DE");
	assert_string_equal(ADDRESS("10 High Street", "Anytown AB1 2DE"),
		"10 High Street/Anytown/AB1 2DE|AB1 2DE");
	assert_string_equal(
		ADDRESS("The green by the church"), "The green by the church|none");
	assert_string_equal(ADDRESS("AB1 2DE"), "only a postcode");
	assert_string_equal(ADDRESS("", " \n "), "empty");
	assert_string_equal(ADDRESS("1\n2\n3\n4\n5\n6\n7\n8"), "1/2/3/4/5/6/7/8|none");
	assert_string_equal(ADDRESS("1\n2\n3\n4\n5\n6\n7\n8\n9"), "long");
	assert_string_equal(
		ADDRESS("1\n2\n3\n4\n5\n6\n7\nM1 1AA"), "1/2/3/4/5/6/7/M1 1AA|M1 1AA");
	assert_string_equal(ADDRESS("1\n2\n3\n4\n5\n6\n7\n8 M1 1AA"), "long");
	assert_string_equal(
		ADDRESS(arena_printf(testing_arena(), "%0*d", ADDRESS_LINE + 1, 0)),
		"long");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(postcodes_have_one_form),
		cmocka_unit_test(other_texts_are_no_postcodes),
		cmocka_unit_test(addresses_are_lines_with_the_postcode_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
