/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/identifier.h"

#include "rule/typed.h"

#include <stdbool.h>
#include <string.h>

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static bool
is_unused_prefix(const char *code)
{
	static const char *const prefixes[] = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (memcmp(prefixes[i], code, 2) == 0)
			return true;
	return false;
}

const char *
identifier_nino(struct arena *a, const char *text)
{
	const char *code = typed_code(a, text, ".");

	if (strlen(code) != 9 || is_unused_prefix(code) || strspn(code, LETTERS) != 2 ||
		strchr("DFIQUV", code[0]) || strchr("DFIOQUV", code[1]) ||
		strspn(code + 2, DIGITS) != 6 || !strchr("ABCD", code[8]))
		return NULL;
	return code;
}

const char *
identifier_registration(struct arena *a, const char *text)
{
	const char *code = typed_code(a, text, ".");
	size_t n = strlen(code);

	return n >= 2 && n <= 10 && strspn(code, LETTERS DIGITS) == n ? code : NULL;
}

const char *
identifier_uprn(struct arena *a, const char *text)
{
	const char *code = typed_code(a, text, "");
	size_t n = strspn(code, DIGITS);

	if (n == 0 || code[n])
		return NULL;
	code += strspn(code, "0");
	n = strlen(code);
	return n >= 1 && n <= 12 ? code : NULL;
}
