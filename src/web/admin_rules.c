/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin_rules.h"

#include "format/words.h"
#include "store/shelf.h"
#include "store/team.h"
#include "web/staff_words.h"
#include "web/ticket_clocks.h"

#include <inttypes.h>
#include <string.h>

static const struct {
	const char *name;
	enum word title;
} tables[] = {
	{"priority", WORD_why_priority},
	{"route", WORD_why_team},
	{"target", WORD_why_promise},
};
enum { TABLES = sizeof tables / sizeof *tables };

static const char *
say(struct work *w, enum word word)
{
	return words_text(w->arena, w->words, word, NULL);
}

static void
condition(struct work *w, struct buffer *b, enum word word, const char *value)
{
	if (b->len > 0)
		buffer_text_add(b, ", ");
	words_say(b, w->words, word, words_values(word_value("value", value)));
}

static void
condition_int(struct work *w, struct buffer *b, enum word word, int64_t value)
{
	if (value != TABLE_ANY)
		condition(w, b, word, arena_printf(w->arena, "%" PRId64, value));
}

/* When a row fits: "service HW-POTHOLE, priority 1". */
static const char *
conditions(struct work *w, const struct table_row *row)
{
	struct buffer b = buffer_in(w->arena, 64);

	if (row->service)
		condition(w, &b, WORD_why_saw_service, row->service);
	if (row->category)
		condition(w, &b, WORD_why_saw_category, row->category);
	if (row->channel)
		condition(w, &b, WORD_why_saw_channel,
			say(w, staff_words_channel(contact_channel_named(row->channel))));
	condition_int(w, &b, WORD_why_saw_priority, row->priority);
	condition_int(w, &b, WORD_why_saw_impact, row->impact);
	condition_int(w, &b, WORD_why_saw_urgency, row->urgency);
	if (row->vip == 1)
		condition(w, &b, WORD_why_saw_vip, "");
	if (row->vip == 0)
		condition(w, &b, WORD_admin_not_vip, "");
	if (row->vulnerable == 1)
		condition(w, &b, WORD_why_saw_vulnerable, "");
	if (row->vulnerable == 0)
		condition(w, &b, WORD_admin_not_vulnerable, "");
	if (row->words)
		condition(w, &b, WORD_why_saw_words, row->words);
	return b.len ? buffer_text(&b) : say(w, WORD_admin_always);
}

static const char *
terms(struct work *w, const struct table_row *row)
{
	struct buffer b = buffer_in(w->arena, 64);

	if (row->response)
		words_say(&b, w->words, WORD_why_response,
			words_values(word_value(
				"time", ticket_clocks_target(w, false, row->response))));
	if (row->response && row->resolution)
		buffer_text_add(&b, "; ");
	if (row->resolution)
		words_say(&b, w->words, WORD_why_resolution,
			words_values(word_value(
				"time", ticket_clocks_target(
						w, row->working_days, row->resolution))));
	return b.len ? buffer_text(&b) : say(w, WORD_why_no_promise);
}

static const char *
gives(struct work *w, int64_t org, const char *table, const struct table_row *row)
{
	struct team t;

	if (strcmp(table, "priority") == 0)
		return words_text(w->arena, w->words, WORD_why_priority_is,
			words_values(word_value("n", row->set_priority),
				word_value("word",
					staff_words_priority(row->set_priority))));
	if (strcmp(table, "target") == 0)
		return terms(w, row);
	return team_get(w, org, row->set_team, &t) == DONE
		       ? t.name
		       : say(w, WORD_why_unknown_team);
}

static struct admin_row
row_of(struct work *w, int64_t org, const char *table, const struct table_row *row)
{
	struct admin_cell *at = arena_array(w->arena, 3, sizeof *at);

	at[0].text = conditions(w, row);
	at[1].text = gives(w, org, table, row);
	at[2].text = row->note;
	return (struct admin_row){
		.name = arena_printf(w->arena, "%" PRId64, row->position),
		.cells = {at, 3},
	};
}

struct admin_tables
admin_rules_tables(struct work *w, int64_t org)
{
	static const struct admin_column heads[] = {{WORD_admin_row, false},
		{WORD_admin_when, false}, {WORD_admin_then, false},
		{WORD_admin_note, false}};
	struct admin_table *at = arena_array(w->arena, TABLES, sizeof *at);

	for (int i = 0; i < TABLES; i++) {
		const struct table *t = shelf_table(w, org, tables[i].name);
		struct admin_row *rows = arena_array(
			w->arena, (size_t)t->count, sizeof *rows);

		for (int k = 0; k < t->count; k++)
			rows[k] = row_of(w, org, tables[i].name, &t->rows[k]);
		at[i] = (struct admin_table){
			.title = say(w, tables[i].title),
			.note = t->version ? words_text(w->arena, w->words,
						     WORD_admin_version,
						     words_values(
							     word_value("n", t->version)))
					   : NULL,
			.columns = {heads, 4},
			.rows = {rows, t->count},
		};
	}
	return (struct admin_tables){at, TABLES};
}
