/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/postcode.h"

#include "rule/typed.h"

#include <string.h>

enum { SHORTEST = 5, LONGEST = 7, INWARD = 3 };

/* The shapes of the outward part: A a letter, 9 a digit. */
static const char *const shapes[] = {"A9", "A99", "AA9", "AA99", "A9A", "AA9A"};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter_but(char c, const char *except)
{
	return c >= 'A' && c <= 'Z' && !strchr(except, c);
}

/* Letters that each place does not use; a last letter has few that it does. */
static bool
fits_letter(char c, size_t place, const char *shape)
{
	if (place == 0)
		return is_letter_but(c, "QVX");
	if (place == 1)
		return is_letter_but(c, "IJZ");
	if (strlen(shape) == 3)
		return c && strchr("ABCDEFGHJKPSTUW", c);
	return c && strchr("ABEHMNPRVWXY", c);
}

static bool
fits(const char *outward, size_t len, const char *shape)
{
	if (strlen(shape) != len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (shape[i] == '9' ? !is_digit(outward[i])
				    : !fits_letter(outward[i], i, shape))
			return false;
	return true;
}

static bool
is_outward(const char *code, size_t len)
{
	if (len == 3 && memcmp(code, "GIR", 3) == 0)
		return true;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (fits(code, len, shapes[i]))
			return true;
	return false;
}

static bool
is_inward(const char *code)
{
	return is_digit(code[0]) && is_letter_but(code[1], "CIKMOV") &&
	       is_letter_but(code[2], "CIKMOV");
}

const char *
postcode_read(struct arena *a, const char *text)
{
	char *code = arena_copy(a, typed_code(a, text, ""));
	size_t n = strlen(code);
	char *inward;

	if (n < SHORTEST || n > LONGEST)
		return NULL;
	inward = code + n - INWARD;
	/* The inward part begins with a digit: a letter O there is a slip. */
	if (inward[0] == 'O')
		inward[0] = '0';
	if (!is_outward(code, n - INWARD) || !is_inward(inward))
		return NULL;
	return arena_printf(a, "%.*s %s", (int)(n - INWARD), code, inward);
}
