/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

/*
 * A run of bytes from outside: bounded, not NUL-terminated, not owned.
 *
 * Parsers take and give `struct bytes`; everything past the door is `const char *`,
 * which in this house always means checked text: valid UTF-8, no NUL inside,
 * NUL-terminated, living in some arena.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct bytes {
	const unsigned char *at;
	size_t len;
};

/* The bytes of a NUL-terminated text, without the NUL. NULL gives no bytes. */
struct bytes bytes_of(const char *text);

/* True when both hold the same bytes. */
bool bytes_equal(struct bytes a, struct bytes b);

/* True when both are ASCII-equal without regard to case (header names, tokens). */
bool bytes_equal_nocase(struct bytes a, struct bytes b);

/* Without the spaces, tabs, CR and LF at both ends. */
struct bytes bytes_trim(struct bytes b);

/* Takes everything before the first `mark` off the front of *rest and returns it;
 * *rest then starts behind the mark. Without a mark the whole is taken. */
struct bytes bytes_cut(struct bytes *rest, unsigned char mark);

/* True when the bytes are valid UTF-8 (RFC 3629: no surrogates, no overlong forms)
 * without U+0000: the condition for becoming text. */
bool bytes_are_text(struct bytes b);

/* A NUL-terminated copy in the arena, or NULL when the bytes are not text. */
const char *bytes_text(struct arena *a, struct bytes b);

/* As bytes_text, but every ill-formed sequence becomes U+FFFD and NUL is dropped:
 * for input that must not be lost (mail bodies, imports). Never NULL. */
const char *bytes_text_lossy(struct arena *a, struct bytes b);

#endif
