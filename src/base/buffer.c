/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/buffer.h"

#include "base/arena.h"
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_ROOM = 512 };

struct buffer
buffer_in(struct arena *a, size_t room)
{
	size_t size = room ? room : FIRST_ROOM;

	return (struct buffer){
		.arena = a,
		.at = arena_alloc(a, size + 1),
		.size = size,
	};
}

char *
buffer_room(struct buffer *b, size_t n)
{
	if (b->size - b->len < n) {
		size_t size = b->size * 2 > b->len + n ? b->size * 2 : b->len + n;
		char *bigger = arena_alloc(b->arena, size + 1);

		memcpy(bigger, b->at, b->len);
		b->at = bigger;
		b->size = size;
	}
	return b->at + b->len;
}

void
buffer_add(struct buffer *b, const void *at, size_t n)
{
	if (n == 0)
		return;
	memcpy(buffer_room(b, n), at, n);
	b->len += n;
	b->at[b->len] = 0;
}

void
buffer_text_add(struct buffer *b, const char *text)
{
	if (text)
		buffer_add(b, text, strlen(text));
}

void
buffer_char(struct buffer *b, char c)
{
	*buffer_room(b, 1) = c;
	b->at[++b->len] = 0;
}

char *
buffer_digits(char *at, int64_t n)
{
	char digits[BUFFER_DIGITS];
	char *p = digits + sizeof digits;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	size_t length;

	if (rest < 10) { /* most are */
		*at = '-';
		at += n < 0;
		*at = (char)('0' + rest);
		return at + 1;
	}
	for (; rest; rest /= 10)
		*--p = (char)('0' + rest % 10);
	if (n < 0)
		*--p = '-';
	length = (size_t)(digits + sizeof digits - p);
	memcpy(at, p, length);
	return at + length;
}

void
buffer_int(struct buffer *b, int64_t n)
{
	char digits[BUFFER_DIGITS];

	buffer_add(b, digits, (size_t)(buffer_digits(digits, n) - digits));
}

void
buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		log_fatal("a text that cannot be formatted");
	va_start(args, format);
	vsnprintf(buffer_room(b, (size_t)n), (size_t)n + 1, format, args);
	va_end(args);
	b->len += (size_t)n;
}

const char *
buffer_text(const struct buffer *b)
{
	return b->at;
}

struct bytes
buffer_bytes(const struct buffer *b)
{
	return (struct bytes){(const unsigned char *)b->at, b->len};
}
