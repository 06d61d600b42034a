/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/telephone.h"

#include "rule/typed.h"

#include <stdbool.h>
#include <string.h>

/* Digits behind the 0 of a United Kingdom number. */
static bool
is_national(const char *digits)
{
	size_t n = strlen(digits);

	switch (digits[0]) {
	case '1': return n == 9 || n == 10;
	case '8': return n == 7 || n == 9 || n == 10;
	case '2':
	case '3':
	case '5':
	case '7':
	case '9': return n == 10;
	default: return false;
	}
}

static bool
is_international(const char *digits)
{
	size_t n = strlen(digits);

	return digits[0] >= '1' && digits[0] <= '9' && n >= 7 && n <= 15;
}

const char *
telephone_read(struct arena *a, const char *text)
{
	const char *code = typed_code(a, text, "().");
	bool plus = code[0] == '+';

	code += plus;
	if (!*code || code[strspn(code, "0123456789")])
		return NULL;
	if (!plus && strncmp(code, "00", 2) == 0) {
		plus = true;
		code += 2;
	}
	if (!plus && code[0] == '0' && is_national(code + 1))
		return arena_printf(a, "+44%s", code + 1);
	if (!plus)
		return NULL;
	if (strncmp(code, "44", 2) != 0)
		return is_international(code) ? arena_printf(a, "+%s", code) : NULL;
	code += code[2] == '0' ? 3 : 2;
	return is_national(code) ? arena_printf(a, "+44%s", code) : NULL;
}
