/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

/*
 * Bytes that grow: pages, JSON, letters. The memory is the arena's. What is in the
 * buffer is always followed by a NUL, so `buffer_text` costs nothing.
 */

#include "base/bytes.h"

#include <stdint.h>

struct buffer {
	struct arena *arena;
	char *at;
	size_t len;
	size_t size;
};

/* An empty buffer with room for `room` bytes to begin with (0: a sensible guess). */
struct buffer buffer_in(struct arena *a, size_t room);

/* Makes room for n more bytes and returns where they go; the caller adds to len. */
char *buffer_room(struct buffer *b, size_t n);

void buffer_add(struct buffer *b, const void *at, size_t n);
void buffer_text_add(struct buffer *b, const char *text);
void buffer_char(struct buffer *b, char c);
void buffer_int(struct buffer *b, int64_t n);
void buffer_printf(struct buffer *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Writes a number where there is room for BUFFER_DIGITS and returns its end; no NUL. */
enum { BUFFER_DIGITS = 20 };
char *buffer_digits(char *at, int64_t n);

/* A literal, its length known to the compiler. */
#define buffer_literal(b, text) buffer_add(b, "" text "", sizeof(text) - 1)

const char *buffer_text(const struct buffer *b);
struct bytes buffer_bytes(const struct buffer *b);

#endif
