/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_PRINT_H
#define FORMAT_PRINT_H

/*
 * How compiled views print a value: by its C type and by the place it stands in. Only
 * what tools/view makes includes this. A type that is not listed does not compile:
 * an enum other than `enum word` has no words, a bool no text, a struct no face.
 */

#include "format/html.h"
#include "format/words.h"

static inline void
print_string(struct buffer *out, const struct words *words, const char *x)
{
	(void)words;
	html_text(out, x);
}

static inline void
print_plain_string(struct buffer *out, const struct words *words, const char *x)
{
	(void)words;
	buffer_text_add(out, x);
}

static inline void
print_number(struct buffer *out, const struct words *words, int64_t x)
{
	(void)words;
	buffer_int(out, x);
}

static inline void
print_word(struct buffer *out, const struct words *words, enum word x)
{
	words_say_html(out, words, x, NULL);
}

static inline void
print_word_attribute(struct buffer *out, const struct words *words, enum word x)
{
	words_say_attribute(out, words, x, NULL);
}

static inline void
print_word_plain(struct buffer *out, const struct words *words, enum word x)
{
	words_say(out, words, x, NULL);
}

static inline void
print_safe(struct buffer *out, const struct words *words, struct safe_html x)
{
	(void)words;
	buffer_text_add(out, x.html);
}

static inline void
print_whole_url(struct buffer *out, const struct words *words, const char *x)
{
	(void)words;
	html_url(out, x);
}

static inline void
print_url_segment(struct buffer *out, const struct words *words, const char *x)
{
	(void)words;
	html_url_segment(out, x);
}

static inline void
print_url_query(struct buffer *out, const struct words *words, const char *x)
{
	(void)words;
	html_url_part(out, x);
}

static inline void
print_url_address(struct buffer *out, const struct words *words, const char *x)
{
	(void)words;
	html_url_address(out, x);
}

/* An empty text is as good as none. */
static inline bool
print_has_text(const char *x)
{
	return x && *x;
}

/* clang-format off */
#define PRINT_NUMBERS \
	short: print_number, int: print_number, long: print_number, \
	long long: print_number, unsigned long: print_number, \
	unsigned long long: print_number

#define PRINT_STRINGS(with) char *: with, const char *: with

/* Between tags. */
#define PRINT_TEXT(x) _Generic((x), PRINT_NUMBERS, PRINT_STRINGS(print_string), \
	enum word: print_word, struct safe_html: print_safe)(out, words, x)

/* In a quoted attribute, <title> or <textarea>. */
#define PRINT_ATTRIBUTE(x) _Generic((x), PRINT_NUMBERS, PRINT_STRINGS(print_string), \
	enum word: print_word_attribute)(out, words, x)

/* In a text view. */
#define PRINT_PLAIN(x) _Generic((x), PRINT_NUMBERS, PRINT_STRINGS(print_plain_string), \
	enum word: print_word_plain)(out, words, x)

/* The whole of an address; a part of its path; of its query or fragment; behind
 * mailto: or tel:. */
#define PRINT_URL(x) \
	_Generic((x), PRINT_STRINGS(print_whole_url))(out, words, x)
#define PRINT_SEGMENT(x) _Generic((x), PRINT_NUMBERS, \
	PRINT_STRINGS(print_url_segment))(out, words, x)
#define PRINT_QUERY(x) _Generic((x), PRINT_NUMBERS, \
	PRINT_STRINGS(print_url_query))(out, words, x)
#define PRINT_ADDRESS(x) _Generic((x), PRINT_NUMBERS, \
	PRINT_STRINGS(print_url_address))(out, words, x)

/* {if x}: a text that is not empty, a number that is not 0, a pointer that is there. */
#define PRINT_IF(x) _Generic((x), \
	char *: print_has_text((const char *)(uintptr_t)(x)), \
	const char *: print_has_text((const char *)(uintptr_t)(x)), \
	default: (bool)(x))

/* {part name x}: the struct itself or a pointer to it. */
#define PRINT_PART(type, x) _Generic((x), \
	struct type: &(x), struct type *: (x), const struct type *: (x))
/* clang-format on */

#endif
