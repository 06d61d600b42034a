/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "rule/decimal.h"

static void
numbers_are_read_exactly(void **state)
{
	static const struct {
		const char *text;
		int places;
		enum decimal_reading reading;
		int64_t value;
	} cases[] = {
		{"0", 0, DECIMAL_READ, 0},
		{"-0", 2, DECIMAL_READ, 0},
		{"12", 0, DECIMAL_READ, 12},
		{"12", 2, DECIMAL_READ, 1200},
		{"007", 0, DECIMAL_READ, 7},
		{"-1.5", 3, DECIMAL_READ, -1500},
		{".5", 1, DECIMAL_READ, 5},
		{"1.50", 1, DECIMAL_READ, 15},
		{"1.59", 1, DECIMAL_FINER, 15},
		{"1,234.5", 1, DECIMAL_READ, 12345},
		{"12,345,678", 0, DECIMAL_READ, 12345678},
		{"9223372036854775807", 0, DECIMAL_READ, INT64_MAX},
		{"-9223372036854775808", 0, DECIMAL_READ, INT64_MIN},
		{"9223372036854775808", 0, DECIMAL_LARGE, 0},
		{"-9223372036854775809", 0, DECIMAL_LARGE, 0},
		{"9223372036854775807", 1, DECIMAL_LARGE, 0},
		{"", 0, DECIMAL_ILL, 0},
		{"-", 0, DECIMAL_ILL, 0},
		{".", 0, DECIMAL_ILL, 0},
		{"1.", 0, DECIMAL_ILL, 0},
		{"+1", 0, DECIMAL_ILL, 0},
		{"1 000", 0, DECIMAL_ILL, 0},
		{"1e3", 0, DECIMAL_ILL, 0},
		{"0x10", 0, DECIMAL_ILL, 0},
		{"1,2", 0, DECIMAL_ILL, 0},
		{"1234,567", 0, DECIMAL_ILL, 0},
		{"1,2345", 0, DECIMAL_ILL, 0},
		{"1,234,56", 0, DECIMAL_ILL, 0},
		{",123", 0, DECIMAL_ILL, 0},
		{"1.234,50", 2, DECIMAL_ILL, 0},
		{"1.2.3", 2, DECIMAL_ILL, 0},
		{"--1", 0, DECIMAL_ILL, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t value;
		enum decimal_reading got = decimal_read(
			cases[i].text, cases[i].places, &value);

		if (got != cases[i].reading)
			fail_msg("%s was read as %d", cases[i].text, (int)got);
		if (got == DECIMAL_READ || got == DECIMAL_FINER)
			assert_int_equal(value, cases[i].value);
	}
}

static void
numbers_are_written_without_idle_zeros(void **state)
{
	static const struct {
		int64_t value;
		int places, least;
		const char *text;
	} cases[] = {
		{0, 0, 0, "0"},
		{0, 6, 0, "0"},
		{0, 2, 2, "0.00"},
		{1500, 3, 0, "1.5"},
		{-5, 3, 0, "-0.005"},
		{120, 0, 0, "120"},
		{100000000, 6, 0, "100"},
		{51501364, 6, 6, "51.501364"},
		{-141890, 6, 6, "-0.141890"},
		{1234, 2, 1, "12.34"},
		{1200, 2, 1, "12.0"},
		{INT64_MIN, 0, 0, "-9223372036854775808"},
		{INT64_MIN, 9, 0, "-9223372036.854775808"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(decimal_text(testing_arena(), cases[i].value,
					    cases[i].places, cases[i].least),
			cases[i].text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_exactly),
		cmocka_unit_test(numbers_are_written_without_idle_zeros),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
