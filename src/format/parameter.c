/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/parameter.h"

#include <string.h>

static bool
is_token_char(unsigned char c)
{
	return c > ' ' && c < 0x7F && !strchr("()<>@,;:\\\"/[]?={}", c);
}

static void
skip(struct bytes *b, size_t n)
{
	b->at += n;
	b->len -= n;
}

static void
skip_blanks(struct bytes *b)
{
	while (b->len > 0 && (b->at[0] == ' ' || b->at[0] == '\t'))
		skip(b, 1);
}

static struct bytes
take_token(struct bytes *b)
{
	struct bytes token = {b->at, 0};

	while (token.len < b->len && is_token_char(b->at[token.len]))
		token.len++;
	skip(b, token.len);
	return token;
}

static bool
is_escape(struct bytes b)
{
	return b.len > 1 && b.at[0] == '\\' && (b.at[1] == '"' || b.at[1] == '\\');
}

static struct bytes
without_escapes(struct arena *a, struct bytes quoted)
{
	unsigned char *out = arena_alloc(a, quoted.len);
	size_t n = 0;

	while (quoted.len > 0) {
		if (is_escape(quoted))
			skip(&quoted, 1);
		out[n++] = quoted.at[0];
		skip(&quoted, 1);
	}
	return (struct bytes){out, n};
}

/* Takes a quoted string, the opening quote at the front. False without a closing one. */
static bool
take_quoted(struct arena *a, struct bytes *b, struct bytes *value)
{
	bool escapes = false;
	size_t n = 0;

	skip(b, 1);
	while (n < b->len && b->at[n] != '"') {
		bool escape = is_escape((struct bytes){b->at + n, b->len - n});

		escapes |= escape;
		n += escape ? 2 : 1;
	}
	if (n >= b->len)
		return false;
	*value = (struct bytes){b->at, n};
	if (escapes)
		*value = without_escapes(a, *value);
	skip(b, n + 1);
	return true;
}

/* Takes `; name=value` off the front. */
static bool
take_parameter(struct arena *a, struct bytes *b, struct bytes *name, struct bytes *value)
{
	skip_blanks(b);
	if (b->len == 0 || b->at[0] != ';')
		return false;
	skip(b, 1);
	skip_blanks(b);
	*name = take_token(b);
	skip_blanks(b);
	if (name->len == 0 || b->len == 0 || b->at[0] != '=')
		return false;
	skip(b, 1);
	skip_blanks(b);
	if (b->len > 0 && b->at[0] == '"')
		return take_quoted(a, b, value);
	*value = take_token(b);
	return value->len > 0;
}

struct bytes
parameter_main(struct bytes header)
{
	return bytes_trim(bytes_cut(&header, ';'));
}

enum parameter
parameter_find(
	struct arena *a, struct bytes header, const char *name, struct bytes *value)
{
	struct bytes rest = bytes_trim(header);
	enum parameter found = PARAMETER_ABSENT;

	while (rest.len > 0 && rest.at[0] != ';')
		skip(&rest, 1);
	while (rest.len > 0) {
		struct bytes this_name, this_value;

		if (rest.len == 1 && rest.at[0] == ';')
			break;
		if (!take_parameter(a, &rest, &this_name, &this_value))
			return PARAMETER_ILL;
		skip_blanks(&rest);
		if (!bytes_equal_nocase(this_name, bytes_of(name)))
			continue;
		if (found == PARAMETER_FOUND)
			return PARAMETER_ILL;
		*value = this_value;
		found = PARAMETER_FOUND;
	}
	return found;
}
