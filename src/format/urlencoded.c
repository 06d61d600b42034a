/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/urlencoded.h"

#include "base/arena.h"

#include <string.h>

enum spaces { PLUS_IS_SPACE, PLUS_STAYS };

static int
hex_value(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes into `out`, which has room for in.len + 1, and ends it with a NUL. Returns
 * the length without it. */
static size_t
decode(char *out, struct bytes in, enum spaces spaces)
{
	size_t n = 0;

	for (size_t i = 0; i < in.len; i++) {
		unsigned char c = in.at[i];

		if (c == '%' && in.len - i > 2) {
			int high = hex_value(in.at[i + 1]), low = hex_value(in.at[i + 2]);

			if (high >= 0 && low >= 0) {
				c = (unsigned char)(high << 4 | low);
				i += 2;
			}
		} else if (c == '+' && spaces == PLUS_IS_SPACE) {
			c = ' ';
		}
		out[n++] = (char)c;
	}
	out[n] = 0;
	return n;
}

/* Decodes to *at and moves it behind the NUL; NULL when too long or not text. */
static const char *
decode_checked(char **at, struct bytes in, size_t most)
{
	char *text = *at;
	size_t n = decode(text, in, PLUS_IS_SPACE);

	*at += n + 1;
	if (n > most || !bytes_are_text((struct bytes){(unsigned char *)text, n}))
		return NULL;
	return text;
}

/* How many fields there are at most, counting no further than one above the limit. */
static size_t
field_bound(struct bytes in)
{
	size_t n = in.len > 0;

	for (size_t i = 0; i < in.len && n <= URLENCODED_FIELDS; i++)
		if (in.at[i] == '&')
			n++;
	return n;
}

bool
urlencoded_parse(struct arena *a, struct bytes in, struct pairs *out)
{
	struct pair *pairs = arena_array(a, field_bound(in), sizeof *pairs);
	/* Every name and value ends in a NUL: '=' and '&' leave room for all but the
	 * last value and those of fields without '='. */
	char *at = arena_alloc(a, in.len + field_bound(in) + 1);
	int count = 0;

	*out = (struct pairs){0};
	while (in.len > 0) {
		struct bytes value = bytes_cut(&in, '&');
		struct bytes name;

		if (value.len == 0)
			continue;
		if (count == URLENCODED_FIELDS)
			return false;
		name = bytes_cut(&value, '=');
		pairs[count].name = decode_checked(&at, name, URLENCODED_NAME);
		pairs[count].value = decode_checked(&at, value, URLENCODED_VALUE);
		if (!pairs[count].name || !pairs[count].value)
			return false;
		count++;
	}
	*out = (struct pairs){pairs, count};
	return true;
}

const char *
urlencoded_decode(struct arena *a, struct bytes in)
{
	char *text = arena_alloc(a, in.len + 1);
	size_t n = decode(text, in, PLUS_STAYS);

	return bytes_are_text((struct bytes){(unsigned char *)text, n}) ? text : NULL;
}

static bool
is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

static void
add_escape(struct buffer *b, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	char escape[3] = {'%', digits[c >> 4], digits[c & 15]};

	buffer_add(b, escape, sizeof escape);
}

void
urlencoded_add(struct buffer *b, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	while (*p) {
		const unsigned char *plain = p;

		while (is_unreserved(*p))
			p++;
		buffer_add(b, plain, (size_t)(p - plain));
		for (; *p && !is_unreserved(*p); p++)
			add_escape(b, *p);
	}
}

const char *
urlencoded_encode(struct arena *a, const char *text)
{
	struct buffer b = buffer_in(a, strlen(text) * 3);

	urlencoded_add(&b, text);
	return buffer_text(&b);
}

/* What reading would take for something else. */
static bool
is_plain_in_column(unsigned char c)
{
	return c > ' ' && c != 0x7F && c != '%' && c != '&' && c != '=' && c != '+';
}

static void
add_for_column(struct buffer *b, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	while (*p) {
		const unsigned char *plain = p;

		while (is_plain_in_column(*p))
			p++;
		buffer_add(b, plain, (size_t)(p - plain));
		for (; *p && !is_plain_in_column(*p); p++)
			if (*p == ' ')
				buffer_char(b, '+');
			else
				add_escape(b, *p);
	}
}

const char *
urlencoded_write(struct arena *a, const struct pairs *p)
{
	struct buffer b = buffer_in(a, 64);

	for (int i = 0; i < p->count; i++) {
		if (i > 0)
			buffer_char(&b, '&');
		add_for_column(&b, p->at[i].name);
		buffer_char(&b, '=');
		add_for_column(&b, p->at[i].value ? p->at[i].value : "");
	}
	return buffer_text(&b);
}

struct pairs
urlencoded_read(struct arena *a, const char *text)
{
	struct pairs p = {NULL, 0};

	if (text)
		urlencoded_parse(a, bytes_of(text), &p);
	return p;
}
