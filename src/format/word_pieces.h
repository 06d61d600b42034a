/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_WORD_PIECES_H
#define FORMAT_WORD_PIECES_H

/*
 * The shape of the tables that tools/catalogue makes of the .po files. Only words.c
 * and the made tables look at it.
 */

#include <stdint.h>

enum word_piece_kind {
	PIECE_TEXT,  /* as it stands */
	PIECE_VALUE, /* the value of that name */
	PIECE_OPEN,  /* {name:  a link to the address in that value; {strong: stress */
	PIECE_CLOSE, /* } */
};

struct word_piece {
	enum word_piece_kind kind;
	uint32_t length, html_length;
	const char *text; /* or the name */
	const char *html; /* the same, escaped */
};

struct word_form {
	const struct word_piece *at;
	int count;
};

/* A message in one language, or its English where the language has none. */
struct word_entry {
	const struct word_form *forms;
	int form_count;
	int (*choose)(uint64_t n); /* the form for a count; NULL: there is one form */
};

struct words {
	const char *tag;  /* BCP 47: "en", "cy" */
	const char *name; /* in itself: "English", "Cymraeg" */
	const struct word_entry *entries;
};

/* English first, the others in the order of their tags. */
extern const struct words words_languages[];
extern const int words_language_count;

/* The dotted keys in the order of enum word; [0] is "". */
extern const char *const words_keys[];
extern const int words_key_count;

#endif
