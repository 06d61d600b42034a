/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/words.h"

#include "base/arena.h"
#include "format/html.h"
#include "format/word_pieces.h"

#include <stdlib.h>
#include <string.h>

enum face { FACE_PLAIN, FACE_HTML, FACE_ATTRIBUTE };

/* A word as a value of a message: one level, so that no message can hold itself. */
enum { DEPTH = 2 };

const struct words *
words_nth(int n)
{
	return n >= 0 && n < words_language_count ? &words_languages[n] : NULL;
}

const struct words *
words_of(const char *tag)
{
	for (int i = 0; tag && i < words_language_count; i++) {
		size_t n = strlen(words_languages[i].tag);

		if (strncmp(tag, words_languages[i].tag, n) == 0 &&
			(tag[n] == 0 || tag[n] == '-'))
			return &words_languages[i];
	}
	return &words_languages[0];
}

const char *
words_tag(const struct words *words)
{
	return words->tag;
}

const char *
words_name(const struct words *words)
{
	return words->name;
}

static int
by_key(const void *key, const void *element)
{
	return strcmp(key, *(const char *const *)element);
}

enum word
words_find(const char *key)
{
	const char *const *hit = key ? bsearch(key, words_keys, (size_t)words_key_count,
					       sizeof *words_keys, by_key)
				     : NULL;

	return hit ? (enum word)(hit - words_keys) : WORD_NONE;
}

const char *
words_key(enum word word)
{
	return (int)word < words_key_count ? words_keys[word] : "";
}

static const struct word_value *
find_value(const struct word_value *values, const char *name)
{
	for (; values && values->name; values++)
		if (strcmp(values->name, name) == 0)
			return values;
	return NULL;
}

static const struct word_form *
choose(const struct word_entry *e, const struct word_value *values)
{
	const struct word_value *count = NULL;

	if (!e->choose)
		return e->forms;
	count = find_value(values, "count");
	if (!count)
		count = find_value(values, "n");
	if (!count)
		return &e->forms[e->form_count - 1];
	return &e->forms[e->choose(count->number < 0 ? 0 - (uint64_t)count->number
						     : (uint64_t)count->number)];
}

static void
add_number(struct buffer *out, int64_t n)
{
	char digits[32];
	char *p = digits + sizeof digits;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	int count = 0;

	do {
		if (count && count % 3 == 0)
			*--p = ',';
		*--p = (char)('0' + rest % 10);
		count++;
	} while (rest /= 10);
	if (n < 0)
		*--p = '-';
	buffer_add(out, p, (size_t)(digits + sizeof digits - p));
}

struct saying {
	struct buffer *out;
	const struct words *words;
	enum face face;
	int depth;
};

static void say(struct saying *s, enum word word, const struct word_value *values);

static void
add_value(struct saying *s, const struct word_value *v)
{
	if (!v)
		return;
	if (v->kind == WORD_VALUE_NUMBER) {
		add_number(s->out, v->number);
	} else if (v->kind == WORD_VALUE_WORD && s->depth < DEPTH) {
		say(s, (enum word)v->number, NULL);
	} else if (v->kind == WORD_VALUE_TEXT) {
		if (s->face == FACE_PLAIN)
			buffer_text_add(s->out, v->text);
		else
			html_text(s->out, v->text);
	}
}

/* Elements open at most this deep in one message; the build programs see to it. */
enum { OPEN = 8 };

/* A link without an address stays plain words. */
static const char *
open_piece(struct saying *s, const struct word_piece *p, const struct word_value *values)
{
	const struct word_value *v = find_value(values, p->text);

	if (s->face != FACE_HTML)
		return "";
	if (strcmp(p->text, "strong") == 0) {
		buffer_literal(s->out, "<strong>");
		return "</strong>";
	}
	if (!v || v->kind != WORD_VALUE_TEXT || !v->text)
		return "";
	buffer_literal(s->out, "<a class=\"govuk-link\" href=\"");
	html_url(s->out, v->text);
	buffer_literal(s->out, "\">");
	return "</a>";
}

static void
say(struct saying *s, enum word word, const struct word_value *values)
{
	const char *close[OPEN];
	const struct word_form *form;
	int open = 0;

	if (word == WORD_NONE || (int)word >= words_key_count)
		return;
	form = choose(&s->words->entries[word], values);
	s->depth++;
	for (int i = 0; i < form->count; i++) {
		const struct word_piece *p = &form->at[i];

		switch (p->kind) {
		case PIECE_TEXT:
			if (s->face == FACE_PLAIN)
				buffer_add(s->out, p->text, p->length);
			else
				buffer_add(s->out, p->html, p->html_length);
			break;
		case PIECE_VALUE: add_value(s, find_value(values, p->text)); break;
		case PIECE_OPEN:
			if (open < OPEN)
				close[open++] = open_piece(s, p, values);
			break;
		case PIECE_CLOSE:
			if (open > 0)
				buffer_text_add(s->out, close[--open]);
			break;
		}
	}
	s->depth--;
}

void
words_say(struct buffer *out, const struct words *words, enum word word,
	const struct word_value *values)
{
	say(&(struct saying){out, words, FACE_PLAIN, 0}, word, values);
}

void
words_say_html(struct buffer *out, const struct words *words, enum word word,
	const struct word_value *values)
{
	say(&(struct saying){out, words, FACE_HTML, 0}, word, values);
}

void
words_say_attribute(struct buffer *out, const struct words *words, enum word word,
	const struct word_value *values)
{
	say(&(struct saying){out, words, FACE_ATTRIBUTE, 0}, word, values);
}

const char *
words_text(struct arena *a, const struct words *words, enum word word,
	const struct word_value *values)
{
	struct buffer out = buffer_in(a, 64);

	words_say(&out, words, word, values);
	return buffer_text(&out);
}

static const enum word months[] = {WORD_date_january, WORD_date_february, WORD_date_march,
	WORD_date_april, WORD_date_may, WORD_date_june, WORD_date_july, WORD_date_august,
	WORD_date_september, WORD_date_october, WORD_date_november, WORD_date_december};

static const enum word short_months[] = {WORD_date_jan, WORD_date_feb, WORD_date_mar,
	WORD_date_apr, WORD_date_may_short, WORD_date_jun, WORD_date_jul, WORD_date_aug,
	WORD_date_sep, WORD_date_oct, WORD_date_nov, WORD_date_dec};

static const enum word weekdays[] = {WORD_date_monday, WORD_date_tuesday,
	WORD_date_wednesday, WORD_date_thursday, WORD_date_friday, WORD_date_saturday,
	WORD_date_sunday};

const char *
words_date(struct arena *a, const struct words *words, struct date date,
	enum date_style style)
{
	static const enum word forms[] = {[DATE_LONG] = WORD_date_long,
		[DATE_WEEKDAY] = WORD_date_weekday,
		[DATE_SHORT] = WORD_date_short};
	enum word month;

	if (date.month < 1 || date.month > 12)
		return "";
	month = style == DATE_SHORT ? short_months[date.month - 1]
				    : months[date.month - 1];
	return words_text(a, words, forms[style],
		words_values(word_value("day", date.day), word_value("month", month),
			word_value("year", arena_printf(a, "%d", date.year)),
			word_value("weekday",
				weekdays[times_weekday(times_days(date)) - 1])));
}

const char *
words_time(struct arena *a, const struct words *words, int second_of_day)
{
	int minute = second_of_day / 60;
	int hour = minute / 60;
	const char *clock = arena_printf(
		a, minute % 60 ? "%d:%02d" : "%d", (hour + 11) % 12 + 1, minute % 60);

	if (minute == 0)
		return words_text(a, words, WORD_time_midnight, NULL);
	if (minute == 12 * 60)
		return words_text(a, words, WORD_time_midday, NULL);
	return words_text(a, words, hour < 12 ? WORD_time_morning : WORD_time_afternoon,
		words_values(word_value("time", clock)));
}

const char *
words_date_time(
	struct arena *a, const struct words *words, struct date date, int second_of_day)
{
	return words_text(a, words, WORD_date_time,
		words_values(word_value("time", words_time(a, words, second_of_day)),
			word_value("date", words_date(a, words, date, DATE_LONG))));
}

const char *
words_relative(struct arena *a, const struct words *words, int64_t seconds)
{
	static const struct {
		int64_t unit;
		enum word past, future;
	} units[] = {
		{86400, WORD_time_days_ago, WORD_time_in_days},
		{3600, WORD_time_hours_ago, WORD_time_in_hours},
		{60, WORD_time_minutes_ago, WORD_time_in_minutes},
	};
	int64_t length = seconds < 0 ? -seconds : seconds;

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (length >= units[i].unit)
			return words_text(a, words,
				seconds < 0 ? units[i].past : units[i].future,
				words_values(
					word_value("count", length / units[i].unit)));
	return words_text(a, words, WORD_time_now, NULL);
}

const char *
words_duration(struct arena *a, const struct words *words, int64_t seconds)
{
	struct buffer out = buffer_in(a, 64);
	int64_t minutes = (seconds < 0 ? -seconds : seconds) / 60;
	int64_t parts[] = {minutes / 1440, minutes / 60 % 24, minutes % 60};
	static const enum word units[] = {
		WORD_time_days, WORD_time_hours, WORD_time_minutes};
	int said = 0;

	for (int i = 0; i < 3 && said < 2; i++)
		if (parts[i] > 0 || (i == 2 && said == 0)) {
			if (said++)
				buffer_char(&out, ' ');
			words_say(&out, words, units[i],
				words_values(word_value("count", parts[i])));
		} else if (said) {
			break;
		}
	return buffer_text(&out);
}

const char *
words_number(struct arena *a, int64_t n)
{
	struct buffer out = buffer_in(a, 24);

	add_number(&out, n);
	return buffer_text(&out);
}

const char *
words_money(struct arena *a, int64_t pence)
{
	uint64_t all = pence < 0 ? 0 - (uint64_t)pence : (uint64_t)pence;
	const char *pounds = words_number(a, (int64_t)(all / 100));
	const char *sign = pence < 0 ? "-" : "";

	if (all % 100 == 0)
		return arena_printf(a, "%s£%s", sign, pounds);
	return arena_printf(a, "%s£%s.%02d", sign, pounds, (int)(all % 100));
}
