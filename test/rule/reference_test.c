/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "rule/reference.h"

#include <ctype.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Where the nine digits stand in a written reference. */
static const int place[9] = {0, 1, 2, 4, 5, 6, 8, 9, 10};

/* Numbers spread over all bits: the steps of a multiplicative hash. */
static uint64_t
sample(uint64_t i)
{
	return i * 0x9E3779B97F4A7C15u >> 20;
}

static void
references_have_one_form(void **state)
{
	char out[REFERENCE_ROOM];

	(void)state;
	reference_write(0, out);
	assert_string_equal(out, "000-000-000");
	for (uint64_t i = 1; i < 10000; i++) {
		char again[REFERENCE_ROOM];

		reference_write(sample(i), out);
		assert_int_equal(strlen(out), 11);
		assert_int_equal(out[3], '-');
		assert_int_equal(out[7], '-');
		for (int p = 0; p < 9; p++)
			assert_non_null(memchr(alphabet, out[place[p]], 32));
		assert_int_equal(reference_read(out, again), REFERENCE_READ);
		assert_string_equal(again, out);
	}
}

static void
all_forty_bits_show(void **state)
{
	char one[REFERENCE_ROOM], other[REFERENCE_ROOM];

	(void)state;
	for (int bit = 0; bit < 40; bit++) {
		reference_write(sample(7), one);
		reference_write(sample(7) ^ (uint64_t)1 << bit, other);
		assert_string_not_equal(one, other);
	}
	reference_write(sample(7) | (uint64_t)1 << 40, other);
	assert_string_equal(one, other);
}

static void
every_wrong_digit_is_detected(void **state)
{
	char text[REFERENCE_ROOM], out[REFERENCE_ROOM];

	(void)state;
	for (uint64_t i = 0; i < 500; i++) {
		reference_write(sample(i), text);
		for (int p = 0; p < 9; p++) {
			char right = text[place[p]];

			for (int d = 0; d < 32; d++) {
				text[place[p]] = alphabet[d];
				assert_int_equal(reference_read(text, out),
					alphabet[d] == right ? REFERENCE_READ
							     : REFERENCE_WRONG_CHECK);
			}
			text[place[p]] = right;
		}
	}
}

/* Two digits anywhere, exchanged: all pairs of places and of digits, in many words. */
static void
every_exchange_of_two_digits_is_detected(void **state)
{
	char text[REFERENCE_ROOM], out[REFERENCE_ROOM];
	bool seen[9][9][32][32] = {0};
	int kinds = 0;

	(void)state;
	for (uint64_t i = 0; i < 20000; i++) {
		reference_write(sample(i), text);
		for (int p = 0; p < 9; p++) {
			for (int q = p + 1; q < 9; q++) {
				char a = text[place[p]], b = text[place[q]];
				long x = (char *)memchr(alphabet, a, 32) - alphabet;
				long y = (char *)memchr(alphabet, b, 32) - alphabet;

				if (a == b || seen[p][q][x][y])
					continue;
				seen[p][q][x][y] = true;
				kinds++;
				text[place[p]] = b;
				text[place[q]] = a;
				assert_int_equal(
					reference_read(text, out), REFERENCE_WRONG_CHECK);
				text[place[p]] = a;
				text[place[q]] = b;
			}
		}
	}
	assert_int_equal(kinds, 36 * 32 * 31);
}

static void
reading_forgives_how_people_write(void **state)
{
	static const char *const cases[] = {"%c%c%c%c%c%c%c%c%c",
		" %c%c%c %c%c%c %c%c%c ", "%c%c-%c%c-%c%c-%c%c-%c",
		"%c%c%c\u2013%c%c%c\u00A0%c%c%c", "--%c%c%c%c%c%c%c%c%c\r\n"};
	char text[REFERENCE_ROOM], out[REFERENCE_ROOM], low[REFERENCE_ROOM];

	(void)state;
	reference_write(0x1234567890, text);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *typed = arena_printf(testing_arena(), cases[i], text[0],
			text[1], text[2], text[4], text[5], text[6], text[8], text[9],
			text[10]);

		assert_int_equal(reference_read(typed, out), REFERENCE_READ);
		assert_string_equal(out, text);
	}
	for (size_t i = 0; i < sizeof low; i++)
		low[i] = (char)tolower(text[i]);
	assert_int_equal(reference_read(low, out), REFERENCE_READ);
	assert_string_equal(out, text);
	assert_int_equal(reference_read("oO0-ooo-OOO", out), REFERENCE_READ);
	assert_string_equal(out, "000-000-000");
	reference_write(1, text);
	assert_int_equal(text[0], '1');
	for (const char *p = "iIlL"; *p; p++) {
		text[0] = *p;
		assert_int_equal(reference_read(text, out), REFERENCE_READ);
		assert_int_equal(out[0], '1');
	}
}

static void
other_texts_are_no_references(void **state)
{
	static const char *const cases[] = {"", "-", "000-000-00", "000-000-0000",
		"000-000-00U", "000-000-00u", "000-000-00!", "000.000.000",
		"000-000-00\xC3\xA9", "000-000-00\u20AC", "hello world, friend"};
	char out[REFERENCE_ROOM];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(reference_read(cases[i], out), REFERENCE_NOT_ONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_have_one_form),
		cmocka_unit_test(all_forty_bits_show),
		cmocka_unit_test(every_wrong_digit_is_detected),
		cmocka_unit_test(every_exchange_of_two_digits_is_detected),
		cmocka_unit_test(reading_forgives_how_people_write),
		cmocka_unit_test(other_texts_are_no_references),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
