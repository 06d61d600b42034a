/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_WORDS_H
#define FORMAT_WORDS_H

/*
 * What the program says to people, in their language. The sentences are in
 * lang/<language>/<audience>.po (gettext), compiled in by tools/catalogue: msgid
 * "track.title" becomes WORD_track_title. English is complete by construction; what
 * another language lacks is said in English.
 *
 * A message may hold named values, "{count} files", and may wrap words in a link,
 * "Read our {link:privacy notice}.", where the value `link` is the address, or stress
 * them, "{strong:not}". A message with plural forms chooses by its value `count`, or
 * `n` when it has none.
 *
 * Dates and times here are already local (rule/zone); the forms follow the GOV.UK
 * style guide: "2 March 2026", "10:30am", "midday".
 */

#include "base/buffer.h"
#include "base/times.h"

#include "words_table.h"

struct words;

/* The language of a tag such as "cy" or "cy-GB"; English when there is none. */
const struct words *words_of(const char *tag);

/* "en", for lang attributes; "English". */
const char *words_tag(const struct words *words);
const char *words_name(const struct words *words);

/* All languages, English first: words_nth(0), ... NULL behind the last. */
const struct words *words_nth(int n);

/* The word of a dotted key, or WORD_NONE: for keys that are stored as data. */
enum word words_find(const char *key);
const char *words_key(enum word word);

struct word_value {
	const char *name;
	enum { WORD_VALUE_TEXT, WORD_VALUE_NUMBER, WORD_VALUE_WORD } kind;
	const char *text;
	int64_t number;
};

/* Adds the message. `values` ends with an element without a name; NULL: none. A value
 * that is missing or NULL adds nothing. Numbers get separators: "1,234". */
void words_say(struct buffer *out, const struct words *words, enum word word,
	const struct word_value *values);

/* The same as HTML: everything escaped, links and stress as markup. */
void words_say_html(struct buffer *out, const struct words *words, enum word word,
	const struct word_value *values);

/* The same, escaped, without markup: for attributes, <title> and <textarea>. */
void words_say_attribute(struct buffer *out, const struct words *words, enum word word,
	const struct word_value *values);

/* The message as text in the arena. */
const char *words_text(struct arena *a, const struct words *words, enum word word,
	const struct word_value *values);

/* words_say(out, words, WORD_x, words_values(word_value("count", 3))) */
#define words_values(...) ((const struct word_value[]){__VA_ARGS__, {0}})

/* A value by its type: text, whole number, or enum word. */
/* clang-format off */
#define word_value(name, x) _Generic((x), \
	char *: word_value_text, \
	const char *: word_value_text, \
	enum word: word_value_word, \
	int: word_value_number, \
	long: word_value_number, \
	long long: word_value_number, \
	unsigned long: word_value_number)(name, x)
/* clang-format on */

static inline struct word_value
word_value_text(const char *name, const char *text)
{
	return (struct word_value){.name = name, .kind = WORD_VALUE_TEXT, .text = text};
}

static inline struct word_value
word_value_number(const char *name, int64_t number)
{
	return (struct word_value){
		.name = name, .kind = WORD_VALUE_NUMBER, .number = number};
}

static inline struct word_value
word_value_word(const char *name, enum word word)
{
	return (struct word_value){.name = name, .kind = WORD_VALUE_WORD, .number = word};
}

/* "2 March 2026", "Monday 2 March 2026", "2 Mar". */
enum date_style { DATE_LONG, DATE_WEEKDAY, DATE_SHORT };
const char *words_date(struct arena *a, const struct words *words, struct date date,
	enum date_style style);

/* "10:30am", "5pm", "midday", "midnight": seconds since local midnight. */
const char *words_time(struct arena *a, const struct words *words, int second_of_day);

/* "10:30am on 2 March 2026" */
const char *words_date_time(
	struct arena *a, const struct words *words, struct date date, int second_of_day);

/* "in 3 hours", "5 minutes ago", "just now": seconds from now, negative is past. */
const char *words_relative(struct arena *a, const struct words *words, int64_t seconds);

/* "45 minutes", "3 hours 20 minutes", "2 days": a length of time. */
const char *words_duration(struct arena *a, const struct words *words, int64_t seconds);

/* "1,234", "-5" */
const char *words_number(struct arena *a, int64_t n);

/* "£12", "£12.50" */
const char *words_money(struct arena *a, int64_t pence);

#endif
