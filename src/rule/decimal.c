/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/decimal.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits, or one to three digits and groups of ",ddd". The length, 0 when ill. */
static size_t
whole_length(const char *at)
{
	size_t n = strspn(at, "0123456789");

	if (at[n] != ',')
		return n;
	if (n == 0 || n > 3)
		return 0;
	while (at[n] == ',') {
		if (!is_digit(at[n + 1]) || !is_digit(at[n + 2]) || !is_digit(at[n + 3]))
			return 0;
		n += 4;
	}
	return is_digit(at[n]) ? 0 : n;
}

/* Takes another digit on, downwards so that INT64_MIN is reached. */
static bool
take_digit(int64_t *value, char digit)
{
	return !__builtin_mul_overflow(*value, 10, value) &&
	       !__builtin_sub_overflow(*value, digit - '0', value);
}

enum decimal_reading
decimal_read(const char *text, int places, int64_t *value)
{
	bool minus = *text == '-';
	const char *at = text + minus;
	size_t whole = whole_length(at);
	size_t fraction = at[whole] == '.' ? strspn(at + whole + 1, "0123456789") : 0;
	const char *end = at + whole + (fraction ? fraction + 1 : 0);
	const char *tail = at + whole + 1;
	bool fits = true;

	*value = 0;
	if (whole + fraction == 0 || *end)
		return DECIMAL_ILL;
	for (size_t i = 0; i < whole && fits; i++)
		if (at[i] != ',')
			fits = take_digit(value, at[i]);
	for (size_t i = 0; i < (size_t)places && fits; i++)
		fits = take_digit(value, i < fraction ? tail[i] : '0');
	if (!fits || (!minus && *value == INT64_MIN))
		return DECIMAL_LARGE;
	if (!minus)
		*value = -*value;
	if (fraction > (size_t)places &&
		strspn(tail + places, "0") < fraction - (size_t)places)
		return DECIMAL_FINER;
	return DECIMAL_READ;
}

const char *
decimal_text(struct arena *a, int64_t value, int places, int least)
{
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char digits[32] = "";
	char *end = digits + sizeof digits - 1, *at = end, *point;

	assert(places >= 0 && places <= DECIMAL_PLACES);
	*end = 0;
	for (int i = 0; i <= places || rest > 0; i++) {
		if (i == places && places > 0)
			*--at = '.';
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	}
	if (value < 0)
		*--at = '-';
	point = strchr(at, '.');
	while (point && end - point - 1 > least && end[-1] == '0')
		*--end = 0;
	if (point && end == point + 1)
		*point = 0;
	return arena_copy(a, at);
}
