/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/rules_words.h"

#include "rule/lengths.h"
#include "web/say.h"
#include "web/staff/staff_words.h"
#include "web/staff/ticket_clocks.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *
say_value(struct work *w, enum word word, const char *value)
{
	return words_text(
		w->arena, w->words, word, words_values(word_value("value", value)));
}

static const char *
number_text(struct work *w, int64_t n)
{
	return arena_printf(w->arena, "%" PRId64, n);
}

enum word
rules_words_table(const char *name)
{
	char key[64];

	snprintf(key, sizeof key, "tables.name.%s", name);
	return words_find(key);
}

/* "tables.if.priority.service" where a table says it in its own way, else
 * "tables.if.service". */
static enum word
word_of(const char *what, const struct table_shape *s, const char *name)
{
	char key[100];
	enum word word;

	snprintf(key, sizeof key, "tables.%s.%s.%s", what, s->name, name);
	word = words_find(key);
	if (word != WORD_NONE)
		return word;
	snprintf(key, sizeof key, "tables.%s.%s", what, name);
	return words_find(key);
}

enum word
rules_words_column(const struct table_shape *s, const struct table_column *c)
{
	return word_of("column", s, c->name);
}

enum word
rules_words_hint(const struct table_shape *s, const struct table_column *c)
{
	return word_of("hint", s, c->name);
}

/* --- values ------------------------------------------------------------------------- */

static const char *
role_text(const struct rules_words *r, const char *name)
{
	const struct role_row *role = rule_check_role(r->names, name);

	return role ? staff_words_role_text(r->work, role->role, role->label) : name;
}

static const char *
text_value(const struct rules_words *r, const struct table_column *c, const char *text)
{
	struct work *w = r->work;
	const struct service *s;
	char key[64];

	switch (c->kind) {
	case COLUMN_SERVICE:
		s = rule_check_service(r->names, text);
		return s ? s->name : text;
	case COLUMN_CHANNEL:
		return say(w, staff_words_channel(contact_channel_named(text)));
	case COLUMN_CLOCK:
		snprintf(key, sizeof key, "tables.clock.%s", text);
		return say(w, words_find(key));
	case COLUMN_KIND:
		snprintf(key, sizeof key, "tables.kind.%s", text);
		return say(w, words_find(key));
	case COLUMN_STATUS:
		snprintf(key, sizeof key, "staff.status.%s", text);
		return say(w, words_find(key));
	case COLUMN_FIELD:
		snprintf(key, sizeof key, "field.name.%s", text);
		return say(w, words_find(key));
	case COLUMN_ROLE: return role_text(r, text);
	case COLUMN_RIGHT:
		snprintf(key, sizeof key, "tables.right.%s", text);
		return say(w, words_find(key));
	default: return text;
	}
}

enum word
rules_words_bit(const struct table_column *c, int n)
{
	static const enum word notify[RULES_WORDS_MOST_BITS] = {WORD_tables_notify_1,
		WORD_tables_notify_2, WORD_tables_notify_4, WORD_NONE};
	static const enum word demands[RULES_WORDS_MOST_BITS] = {WORD_tables_demands_1,
		WORD_tables_demands_2, WORD_tables_demands_4, WORD_tables_demands_8};

	if (n < 0 || n >= RULES_WORDS_MOST_BITS)
		return WORD_NONE;
	return c->kind == COLUMN_NOTIFY ? notify[n] : demands[n];
}

static const char *
bits_value(struct work *w, const struct table_column *c, int64_t bits)
{
	struct buffer b = buffer_in(w->arena, 64);

	for (int i = 0; rules_words_bit(c, i) != WORD_NONE; i++) {
		if (!(bits >> i & 1))
			continue;
		if (b.len > 0)
			buffer_text_add(&b, ", ");
		words_say(&b, w->words, rules_words_bit(c, i), NULL);
	}
	return buffer_text(&b);
}

static const char *
number_value(const struct rules_words *r, const struct table_column *c,
	const struct table_row *row)
{
	struct work *w = r->work;
	int64_t n = table_shape_number(c, row);
	const struct calendar_row *calendar;
	const struct team *team;

	switch (c->kind) {
	case COLUMN_PRIORITY:
		return words_text(w->arena, w->words, WORD_why_priority_is,
			words_values(word_value("n", n),
				word_value("word", staff_words_priority(n))));
	case COLUMN_TEAM:
		team = rule_check_team(r->names, n);
		return team ? team->name : say(w, WORD_why_unknown_team);
	case COLUMN_CALENDAR:
		calendar = rule_check_calendar(r->names, n);
		return calendar ? calendar->name : say(w, WORD_tables_no_calendar);
	case COLUMN_TARGET:
	case COLUMN_LONGER:
		return ticket_clocks_target(w,
			(enum clock_unit)table_shape_number(
				table_shape_unit(r->shape, c), row),
			n);
	case COLUMN_STEP: return rules_words_step(w, row);
	case COLUMN_NOTIFY:
	case COLUMN_DEMANDS: return bits_value(w, c, n);
	case COLUMN_MODE:
		return say(w, words_find(arena_printf(w->arena, "tables.mode.%s",
				      table_mode_name(row->mode))));
	default: return number_text(w, n);
	}
}

const char *
rules_words_step(struct work *w, const struct table_row *row)
{
	struct length l = {row->amount < 0 ? -row->amount : row->amount, row->unit};

	if (row->amount == 0 && row->threshold == TABLE_PERCENT)
		return "";
	if (row->threshold == TABLE_PERCENT)
		return arena_printf(w->arena, "%" PRId64 "%%", row->amount);
	return arena_printf(w->arena, "%s %s",
		l.n ? lengths_text(w->arena, &l) : "0 minutes",
		row->amount < 0 ? "before" : "after");
}

/* --- sentences ---------------------------------------------------------------------- */

static void
join(struct buffer *b, const char *with, const char *text)
{
	if (!text || !*text)
		return;
	if (b->len > 0)
		buffer_text_add(b, with);
	buffer_text_add(b, text);
}

static const char *
condition(const struct rules_words *r, const struct table_column *c,
	const struct table_row *row)
{
	struct work *w = r->work;
	const char *text;

	if (c->kind <= COLUMN_NOTE) {
		text = table_shape_text(c, row);
		return text ? say_value(w, word_of("if", r->shape, c->name),
				      text_value(r, c, text))
			    : NULL;
	}
	if (table_shape_number(c, row) == TABLE_ANY)
		return NULL;
	if (c->kind == COLUMN_FLAG)
		return say(
			w, word_of("if", r->shape,
				   arena_printf(w->arena, "%s.%s", c->name,
					   table_shape_number(c, row) ? "yes" : "no")));
	return say_value(w, word_of("if", r->shape, c->name), number_value(r, c, row));
}

const char *
rules_words_when(const struct rules_words *r, const struct table_row *row)
{
	struct buffer b = buffer_in(r->work->arena, 96);
	const char *and = arena_printf(
		r->work->arena, " %s ", say(r->work, WORD_tables_and));

	for (int i = 0; r->shape->columns[i]; i++)
		if (r->shape->columns[i]->condition)
			join(&b, and, condition(r, r->shape->columns[i], row));
	return b.len ? buffer_text(&b) : say(r->work, WORD_tables_always);
}

/* What is as it usually is goes without saying. */
static bool
goes_without_saying(const struct table_column *c, const struct table_row *row)
{
	const char *text;

	if (c->condition || table_shape_beside(c))
		return true;
	if (c->kind <= COLUMN_NOTE) {
		text = c->kind == COLUMN_NOTE ? NULL : table_shape_text(c, row);
		return !text || !*text;
	}
	if (c->kind == COLUMN_CALENDAR)
		return row->response == 0 && row->resolution == 0;
	return c->kind != COLUMN_STEP && table_shape_number(c, row) == 0;
}

const char *
rules_words_then(const struct rules_words *r, const struct table_row *row)
{
	struct buffer b = buffer_in(r->work->arena, 96);

	for (int i = 0; r->shape->columns[i]; i++) {
		const struct table_column *c = r->shape->columns[i];

		if (goes_without_saying(c, row))
			continue;
		join(&b, "; ",
			say_value(r->work, word_of("then", r->shape, c->name),
				c->kind <= COLUMN_NOTE
					? text_value(r, c, table_shape_text(c, row))
					: number_value(r, c, row)));
	}
	if (b.len)
		return buffer_text(&b);
	return say(r->work, word_of("then", r->shape, "nothing"));
}

const char *
rules_words_row(const struct rules_words *r, const struct table_row *row)
{
	return words_text(r->work->arena, r->work->words, WORD_tables_sentence,
		words_values(word_value("when", rules_words_when(r, row)),
			word_value("then", rules_words_then(r, row))));
}

const char *
rules_words_by(struct work *w, const char *author, int64_t at)
{
	const struct zone *z = moment_zone(w, w->actor->org);

	return words_text(w->arena, w->words, WORD_tables_by,
		words_values(word_value("time", moment_at(w, z, at).exact),
			word_value("name", author ? author : say(w, WORD_tables_house))));
}
