/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/typed.h"

#include <stdint.h>
#include <string.h>

enum kind {
	LETTER, /* whatever shows */
	BLANK,
	LINE_END,
	DASH,
	JOINER, /* does not show, but words and signs of some scripts need it */
	HIDDEN,
};

/* The code point at the front of checked text, and its length. */
static uint32_t
code_point(const unsigned char *p, size_t *len)
{
	uint32_t c = p[0];
	size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

	*len = n;
	if (n == 1)
		return c;
	c &= 0x7Fu >> n;
	for (size_t i = 1; i < n; i++)
		c = c << 6 | (p[i] & 0x3Fu);
	return c;
}

static enum kind
kind_of(uint32_t c)
{
	if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
		return LINE_END;
	if (c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || c == 0x202F ||
		c == 0x205F || c == 0x3000 || (c >= 0x2000 && c <= 0x200A))
		return BLANK;
	if (c >= 0x200C && c <= 0x200F)
		return JOINER;
	if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || c == 0x2060 ||
		c == 0x200B || (c >= 0x202A && c <= 0x202E) ||
		(c >= 0x2066 && c <= 0x2069))
		return HIDDEN;
	if (c == '-' || c == 0xAD || c == 0x2212 || (c >= 0x2010 && c <= 0x2015))
		return DASH;
	return LETTER;
}

static char *
put(char *out, const unsigned char *at, size_t n)
{
	memcpy(out, at, n);
	return out + n;
}

const char *
typed_line(struct arena *a, const char *text)
{
	char *line = arena_alloc(a, strlen(text) + 1), *out = line;
	bool blank = false;
	size_t n;

	for (const unsigned char *p = (const unsigned char *)text; *p; p += n) {
		enum kind kind = kind_of(code_point(p, &n));

		if (kind == HIDDEN)
			continue;
		if (kind == BLANK || kind == LINE_END) {
			blank = true;
			continue;
		}
		if (blank && out > line)
			*out++ = ' ';
		blank = false;
		out = put(out, p, n);
	}
	*out = 0;
	return line;
}

const char *
typed_lines(struct arena *a, const char *text)
{
	char *lines = arena_alloc(a, strlen(text) + 1), *out = lines;
	char *solid = lines; /* behind the last character that is to stay */
	size_t n;

	for (const unsigned char *p = (const unsigned char *)text; *p; p += n) {
		enum kind kind = kind_of(code_point(p, &n));

		if (kind == HIDDEN)
			continue;
		if (kind == LINE_END) {
			bool pair = p[0] == '\r' && p[1] == '\n';
			/* Blanks before the line end go, earlier line ends stay. */
			while (out > solid && out[-1] != '\n')
				out--;
			if (out > lines)
				*out++ = '\n';
			n += pair;
			continue;
		}
		out = put(out, p, n);
		if (kind != BLANK)
			solid = out;
	}
	*solid = 0;
	return lines;
}

const char *
typed_code(struct arena *a, const char *text, const char *also)
{
	char *code = arena_alloc(a, strlen(text) + 1), *out = code;
	size_t n;

	for (const unsigned char *p = (const unsigned char *)text; *p; p += n) {
		if (kind_of(code_point(p, &n)) != LETTER || (n == 1 && strchr(also, *p)))
			continue;
		out = put(out, p, n);
		if (out[-1] >= 'a' && out[-1] <= 'z')
			out[-1] -= 'a' - 'A';
	}
	*out = 0;
	return code;
}

int
typed_length(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}
