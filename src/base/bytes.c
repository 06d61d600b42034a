/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/bytes.h"

#include "base/arena.h"

#include <string.h>

static unsigned char
lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static bool
is_blank(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
in_range(unsigned char c, unsigned char low, unsigned char high)
{
	return c >= low && c <= high;
}

/* Length of the well-formed sequence at the front, or 0 (Unicode table 3-7). */
static size_t
sequence_length(struct bytes b)
{
	const unsigned char *p = b.at;

	if (p[0] < 0x80)
		return 1;
	if (in_range(p[0], 0xC2, 0xDF))
		return b.len >= 2 && in_range(p[1], 0x80, 0xBF) ? 2 : 0;
	if (in_range(p[0], 0xE0, 0xEF)) {
		unsigned char low = p[0] == 0xE0 ? 0xA0 : 0x80;
		unsigned char high = p[0] == 0xED ? 0x9F : 0xBF;
		return b.len >= 3 && in_range(p[1], low, high) &&
				       in_range(p[2], 0x80, 0xBF)
			       ? 3
			       : 0;
	}
	if (in_range(p[0], 0xF0, 0xF4)) {
		unsigned char low = p[0] == 0xF0 ? 0x90 : 0x80;
		unsigned char high = p[0] == 0xF4 ? 0x8F : 0xBF;
		return b.len >= 4 && in_range(p[1], low, high) &&
				       in_range(p[2], 0x80, 0xBF) &&
				       in_range(p[3], 0x80, 0xBF)
			       ? 4
			       : 0;
	}
	return 0;
}

static struct bytes
skip(struct bytes b, size_t n)
{
	return (struct bytes){b.at + n, b.len - n};
}

struct bytes
bytes_of(const char *text)
{
	if (!text)
		return (struct bytes){NULL, 0};
	return (struct bytes){(const unsigned char *)text, strlen(text)};
}

bool
bytes_equal(struct bytes a, struct bytes b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool
bytes_equal_nocase(struct bytes a, struct bytes b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.at[i]) != lower(b.at[i]))
			return false;
	return true;
}

struct bytes
bytes_trim(struct bytes b)
{
	while (b.len > 0 && is_blank(b.at[0]))
		b = skip(b, 1);
	while (b.len > 0 && is_blank(b.at[b.len - 1]))
		b.len--;
	return b;
}

struct bytes
bytes_cut(struct bytes *rest, unsigned char mark)
{
	const unsigned char *hit = rest->len ? memchr(rest->at, mark, rest->len) : NULL;
	struct bytes front = *rest;

	if (!hit) {
		*rest = skip(*rest, rest->len);
		return front;
	}
	front.len = (size_t)(hit - rest->at);
	*rest = skip(*rest, front.len + 1);
	return front;
}

bool
bytes_are_text(struct bytes b)
{
	while (b.len > 0) {
		size_t n = b.at[0] ? sequence_length(b) : 0;
		if (n == 0)
			return false;
		b = skip(b, n);
	}
	return true;
}

const char *
bytes_text(struct arena *a, struct bytes b)
{
	if (!bytes_are_text(b))
		return NULL;
	return arena_text(a, b.at, b.len);
}

const char *
bytes_text_lossy(struct arena *a, struct bytes b)
{
	/* The worst case turns each byte into the three bytes of U+FFFD. */
	char *out = arena_alloc(a, b.len * 3 + 1);
	size_t n = 0;

	while (b.len > 0) {
		size_t step = sequence_length(b);

		if (step == 0) {
			memcpy(out + n, "\xEF\xBF\xBD", 3);
			n += 3;
			step = 1;
		} else if (b.at[0] != 0) {
			memcpy(out + n, b.at, step);
			n += step;
		}
		b = skip(b, step);
	}
	out[n] = 0;
	return out;
}
