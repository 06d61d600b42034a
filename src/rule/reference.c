/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/reference.h"

#include <stddef.h>
#include <string.h>

enum { DIGITS = 9 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Times the root of x^5 + x^2 + 1. */
static unsigned
times_root(unsigned value)
{
	value <<= 1;
	return value & 32 ? value ^ 37 : value;
}

/* The sum whose value is 0 when the digits belong together (by Horner's rule, the last
 * digit having the weight 1). */
static unsigned
check_sum(const unsigned char digits[DIGITS])
{
	unsigned sum = 0;

	for (int i = 0; i < DIGITS; i++)
		sum = times_root(sum) ^ digits[i];
	return sum;
}

static void
write_digits(const unsigned char digits[DIGITS], char out[REFERENCE_ROOM])
{
	for (int i = 0; i < DIGITS; i++) {
		*out++ = alphabet[digits[i]];
		if (i == 2 || i == 5)
			*out++ = '-';
	}
	*out = 0;
}

void
reference_write(uint64_t random, char out[REFERENCE_ROOM])
{
	unsigned char digits[DIGITS] = {0};

	for (int i = 0; i < DIGITS - 1; i++)
		digits[i] = random >> 5 * i & 31;
	digits[DIGITS - 1] = (unsigned char)check_sum(digits);
	write_digits(digits, out);
}

/* 0..31, or -1. */
static int
digit_value(char c)
{
	const char *hit;

	if (c >= 'a' && c <= 'z')
		c -= 'a' - 'A';
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	hit = c ? strchr(alphabet, c) : NULL;
	return hit ? (int)(hit - alphabet) : -1;
}

/* The length of a space or hyphen at the front, plain or typographic, else 0. */
static size_t
separator_length(const char *at)
{
	static const char *const separators[] = {" ", "-", "\t", "\r", "\n", "\u00A0",
		"\u00AD", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"};

	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
		size_t n = strlen(separators[i]);

		if (strncmp(at, separators[i], n) == 0)
			return n;
	}
	return 0;
}

enum reference_reading
reference_read(const char *text, char out[REFERENCE_ROOM])
{
	unsigned char digits[DIGITS];
	int count = 0;

	while (*text) {
		size_t skip = separator_length(text);
		int value;

		if (skip > 0) {
			text += skip;
			continue;
		}
		value = digit_value(*text++);
		if (value < 0 || count == DIGITS)
			return REFERENCE_NOT_ONE;
		digits[count++] = (unsigned char)value;
	}
	if (count != DIGITS)
		return REFERENCE_NOT_ONE;
	if (check_sum(digits) != 0)
		return REFERENCE_WRONG_CHECK;
	write_digits(digits, out);
	return REFERENCE_READ;
}
