/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/fieldwords.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* "question.hw_pothole.size" and what follows; the key has no room for capitals. */
static enum word
find(struct arena *a, const char *service, const char *name, const char *what)
{
	char *key = service ? arena_printf(a, "question.%s.%s%s", service, name, what)
			    : arena_printf(a, "question.%s%s", name, what);

	for (char *c = key; *c; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*c += 'a' - 'A';
		if (*c == '-')
			*c = '_';
	}
	return words_find(key);
}

static const char *
say(struct arena *a, const struct words *words, enum word word)
{
	return word == WORD_NONE ? NULL : words_text(a, words, word, NULL);
}

struct fieldwords
fieldwords_of(struct arena *a, const struct words *words, const char *service,
	const struct field *f)
{
	enum word own = find(a, service, f->name, "");
	const char *of = own == WORD_NONE ? NULL : service;
	const char *name = f->name;
	struct fieldwords all = {
		.question = say(a, words, find(a, of, name, "")),
		.label = say(a, words, find(a, of, name, ".label")),
		.hint = say(a, words, find(a, of, name, ".hint")),
		.own = own != WORD_NONE,
	};

	if (!all.label)
		all.label = form_label(a, name);
	if (!all.question)
		all.question = all.label;
	return all;
}

static const char *
date_in_words(struct arena *a, const struct words *words, const char *stored)
{
	struct date d;

	if (!times_parse_date(bytes_of(stored), &d))
		return stored;
	return words_date(a, words, d, DATE_LONG);
}

/* "2026-03-02T14:30" */
static const char *
time_in_words(struct arena *a, const struct words *words, const char *stored)
{
	struct date d;
	int hour, minute;

	if (strlen(stored) != 16 || stored[10] != 'T' ||
		!times_parse_date((struct bytes){(const unsigned char *)stored, 10}, &d))
		return stored;
	hour = (int)strtol(stored + 11, NULL, 10);
	minute = (int)strtol(stored + 14, NULL, 10);
	return words_date_time(a, words, d, hour * 3600 + minute * 60);
}

static const char *
money_in_words(struct arena *a, const char *stored)
{
	if (!*stored || stored[strspn(stored, "0123456789")])
		return stored;
	return words_money(a, strtoll(stored, NULL, 10));
}

/* The choices one below the other. */
static const char *
choices_in_words(struct arena *a, const char *stored)
{
	struct buffer b = buffer_in(a, 0);
	struct bytes rest = bytes_of(stored);

	while (rest.len) {
		struct bytes choice = bytes_cut(&rest, ';');

		if (b.len)
			buffer_char(&b, '\n');
		buffer_text_add(
			&b, form_choice_label(a, arena_text(a, choice.at, choice.len)));
	}
	return buffer_text(&b);
}

const char *
fieldwords_answer(struct arena *a, const struct words *words, const struct field *f,
	const char *stored)
{
	switch (f->type) {
	case FIELD_DATE:
	case FIELD_DOB: return date_in_words(a, words, stored);
	case FIELD_DATETIME: return time_in_words(a, words, stored);
	case FIELD_MONEY: return money_in_words(a, stored);
	case FIELD_CHOICE: return form_choice_label(a, stored);
	case FIELD_MULTI: return choices_in_words(a, stored);
	case FIELD_YESNO:
	case FIELD_DECL:
		if (strcmp(stored, "yes") == 0)
			return words_text(a, words, WORD_ask_yes, NULL);
		if (strcmp(stored, "no") == 0)
			return words_text(a, words, WORD_ask_no, NULL);
		return stored;
	default: return stored;
	}
}

const char *
fieldwords_inside(struct arena *a, const char *label)
{
	char *inside = arena_copy(a, label);

	if (inside[0] >= 'A' && inside[0] <= 'Z' && inside[1] >= 'a' &&
		inside[1] <= 'z' && strncmp(inside, "National Insurance", 18) != 0 &&
		strncmp(inside, "Blue Badge", 10) != 0)
		inside[0] += 'a' - 'A';
	return inside;
}
