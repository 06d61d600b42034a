/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/rules_frame.h"

#include "web/admin/admin_frame.h"
#include "web/admin/admin_page.h"
#include "web/frame.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { VIEWS = 4 };

enum outcome
rules_frame_table(struct work *w, const struct request *q, struct rules_words *words)
{
	const struct table_shape *s = table_shape_named(path_part(q, "table"));
	struct rule_names *names = arena_alloc(w->arena, sizeof *names);

	if (!s)
		return MISSING;
	rule_check_names(w, w->actor->org, names);
	*words = (struct rules_words){.work = w, .shape = s, .names = names};
	return DONE;
}

static struct page_links
views(struct work *w, const char *table, enum rules_place place)
{
	static const struct {
		enum rules_place place;
		enum word word;
		const char *behind;
	} all[VIEWS] = {
		{RULES_LIVE, WORD_tables_live, ""},
		{RULES_DRAFT, WORD_tables_draft, "/draft"},
		{RULES_VERSIONS, WORD_tables_versions, "/versions"},
		{RULES_TRY, WORD_tables_try, "/try"},
	};
	struct page_link *at = arena_array(w->arena, VIEWS, sizeof *at);

	for (int i = 0; i < VIEWS; i++)
		at[i] = (struct page_link){
			.text = say(w, all[i].word),
			.href = all[i].place == place
					? NULL
					: arena_printf(w->arena, "/admin/rules/%s%s",
						  table, all[i].behind),
		};
	return (struct page_links){at, VIEWS};
}

void
rules_frame(const struct rules_words *r, const struct request *q, struct page *p,
	struct rules_head *head, enum rules_place place)
{
	struct work *w = r->work;
	const char *name = say(w, rules_words_table(r->shape->name));

	frame_page(w, q, p, WORD_admin_rules, SECTION_ADMIN);
	admin_frame_trail(w, p, say(w, WORD_admin_rules), "/admin/rules");
	if (place != RULES_LIVE)
		admin_frame_trail(w, p, name,
			arena_printf(w->arena, "/admin/rules/%s", r->shape->name));
	p->title_text = name;
	*head = (struct rules_head){
		.ways = admin_page_ways(w, WORD_NONE),
		.table = r->shape->name,
		.name = name,
		.about = say(w, words_find(arena_printf(
					w->arena, "tables.about.%s", r->shape->name))),
		.views = views(w, r->shape->name, place),
	};
}

struct rules_rows
rules_frame_rows(const struct rules_words *r, const struct table *t, int64_t marked)
{
	struct arena *a = r->work->arena;
	struct rules_row *at = arena_array(a, (size_t)t->count, sizeof *at);

	for (int i = 0; i < t->count; i++) {
		const struct table_row *row = &t->rows[i];

		at[i] = (struct rules_row){
			.number = row->position,
			.id = arena_printf(a, "row-%" PRId64, row->position),
			.when = rules_words_when(r, row),
			.then = rules_words_then(r, row),
			.note = row->note,
			.marked = row->position == marked,
			.first = i == 0,
			.last = i == t->count - 1,
		};
	}
	return (struct rules_rows){at, t->count};
}

static const struct {
	enum word name, count;
	const char *class;
} kinds[] = {
	[TABLE_ADDED] = {WORD_tables_added, WORD_tables_count_added, "tag-good"},
	[TABLE_REMOVED] = {WORD_tables_removed, WORD_tables_count_removed, "tag-bad"},
	[TABLE_CHANGED] = {WORD_tables_changed, WORD_tables_count_changed, "tag-warn"},
	[TABLE_MOVED] = {WORD_tables_moved, WORD_tables_count_moved, "tag-active"},
};

static const char *
counts_text(struct work *w, const struct table_diff *d)
{
	struct buffer b = buffer_in(w->arena, 64);

	for (int k = 0; k <= TABLE_MOVED; k++) {
		if (d->of[k] == 0)
			continue;
		if (b.len > 0)
			buffer_text_add(&b, ", ");
		words_say(&b, w->words, kinds[k].count,
			words_values(word_value("count", d->of[k])));
	}
	return b.len ? buffer_text(&b) : say(w, WORD_tables_no_change);
}

static const char *
places(struct work *w, const struct table_change *c)
{
	if (!c->was)
		return words_text(w->arena, w->words, WORD_tables_now_row,
			words_values(word_value("row", c->is->position)));
	if (!c->is)
		return words_text(w->arena, w->words, WORD_tables_was_row,
			words_values(word_value("row", c->was->position)));
	return words_text(w->arena, w->words, WORD_tables_from_to_row,
		words_values(word_value("from", c->was->position),
			word_value("to", c->is->position)));
}

struct rules_change_rows
rules_frame_changes(
	const struct rules_words *r, const struct table_diff *d, const char **counts)
{
	struct work *w = r->work;
	struct rules_change_row *at = arena_array(w->arena, (size_t)d->count, sizeof *at);

	for (int i = 0; i < d->count; i++) {
		const struct table_change *c = &d->at[i];
		const char *was = c->was ? c->was->note : NULL;
		const char *is = c->is ? c->is->note : NULL;

		at[i] = (struct rules_change_row){
			.kind = say(w, kinds[c->kind].name),
			.class = kinds[c->kind].class,
			.was = c->was ? rules_words_row(r, c->was) : NULL,
			.is = c->is ? rules_words_row(r, c->is) : NULL,
			.places = places(w, c),
			.was_note = was,
			.is_note = is,
		};
	}
	*counts = counts_text(w, d);
	return (struct rules_change_rows){at, d->count};
}

int64_t
rules_frame_number(const struct request *q, const char *part)
{
	const char *text = path_part(q, part);
	char *end;
	int64_t n = strtoll(text, &end, 10);

	return *text && !*end && n > 0 ? n : 0;
}

const char *
rules_frame_version(struct work *w, int64_t version)
{
	return words_text(w->arena, w->words, WORD_tables_version,
		words_values(word_value("n", version)));
}
