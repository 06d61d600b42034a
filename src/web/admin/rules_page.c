/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/rules_page.h"

#include "store/rule_apply.h"
#include "store/rulebook.h"
#include "store/shelf.h"
#include "views.h"
#include "web/admin/admin_page.h"
#include "web/admin/rules_form.h"
#include "web/admin/rules_frame.h"
#include "web/frame.h"
#include "web/say.h"

#include <string.h>

enum { MOST_TABLES = 16 };

static struct rules_overview_row
overview_row(struct work *w, const struct table_shape *s)
{
	int64_t org = w->actor->org;
	const struct table *live = shelf_table(w, org, s->name);
	struct rulebook_version v;
	struct rule_draft d;
	struct rules_overview_row row = {
		.name = say(w, rules_words_table(s->name)),
		.href = arena_printf(w->arena, "/admin/rules/%s", s->name),
		.about = say(w,
			words_find(arena_printf(w->arena, "tables.about.%s", s->name))),
	};

	if (rulebook_version(w, org, s->name, live->version, &v) == DONE) {
		row.version = words_text(w->arena, w->words, WORD_tables_version_rows,
			words_values(
				word_value("n", v.version), word_value("count", v.rows)));
		row.by = rules_words_by(w, v.author_name, v.published);
	}
	if (live->version == 0 && live->count)
		row.version = say(w, WORD_tables_standard);
	if (rule_draft_get(w, org, s->name, &d) == DONE) {
		row.draft = rules_words_by(w, d.author_name, d.updated);
		row.draft_href = arena_printf(w->arena, "/admin/rules/%s/draft", s->name);
	}
	return row;
}

enum outcome
rules_page_overview(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_overview_row *at = arena_array(w->arena, MOST_TABLES, sizeof *at);
	struct rules_overview v = {.ways = admin_page_ways(w, WORD_admin_rules)};

	frame_page(w, q, &v.page, WORD_admin_rules, SECTION_ADMIN);
	v.tables.at = at;
	for (int i = 0; i < MOST_TABLES && table_shape_nth(i); i++)
		at[v.tables.count++] = overview_row(w, table_shape_nth(i));
	view_rules(&r->body, w->words, &v);
	return DONE;
}

/* --- one version -------------------------------------------------------------------- */

static struct part_input
find_input(const struct rules_words *words, const char *service)
{
	const struct table_column *c = table_shape_column(words->shape, "service");
	struct pairs typed = {NULL, 0};
	struct part_input in;

	pairs_add(words->work->arena, &typed, "column-service", service);
	in = rules_form_input(words, c, &typed);
	in.id = "find-service";
	in.name = "service";
	in.label = say(words->work, WORD_tables_find);
	return in;
}

/* The rows that can decide for one service: those about it, about its category, or about
 * every service. */
static struct table
only_for(const struct rules_words *words, const struct table *t, const char *service)
{
	struct table_row *at = arena_array(
		words->work->arena, (size_t)t->count, sizeof *at);
	const struct service *s = rule_check_service(words->names, service);
	struct table found = {.version = t->version, .rows = at};

	for (int i = 0; i < t->count; i++) {
		const struct table_row *row = &t->rows[i];

		if ((!row->service || strcmp(row->service, service) == 0) &&
			(!row->category || !s || strcmp(row->category, s->category) == 0))
			at[found.count++] = *row;
	}
	return found;
}

static const char *
applying(struct work *w, const char *table, int64_t version)
{
	struct rule_apply a;

	if (rule_apply_get(w, w->actor->org, table, version, &a) != DONE)
		return NULL;
	return words_text(w->arena, w->words,
		a.ended ? WORD_tables_applied : WORD_tables_applying,
		words_values(word_value("looked", a.looked),
			word_value("changed", a.changed), word_value("kept", a.kept)));
}

static void
fill_version(const struct rules_words *words, const struct request *q,
	const struct table *t, struct rules_table_view *v)
{
	struct work *w = words->work;
	const char *name = words->shape->name, *service = query_text(q, "service");
	struct table shown = *t;
	struct rulebook_version about;

	v->find = find_input(words, service);
	v->find_action = q->path;
	if (*service) {
		shown = only_for(words, t, service);
		v->found = words_text(w->arena, w->words, WORD_tables_found,
			words_values(word_value("count", shown.count),
				word_value("of", t->count)));
	}
	v->rows = rules_frame_rows(words, &shown, query_int(q, "row", 1, INT32_MAX, 0));
	if (rulebook_version(w, w->actor->org, name, t->version, &about) != DONE)
		return;
	v->by = rules_words_by(w, about.author_name, about.published);
	v->reason = about.reason;
	if (about.restored)
		v->restored = rules_frame_version(w, about.restored);
	if (about.version > 1)
		v->changes = arena_printf(w->arena,
			"/admin/rules/%s/versions/%lld/changes", name,
			(long long)about.version);
	v->applying = applying(w, name, about.version);
}

static void
notice(struct work *w, const struct request *q, struct page *p)
{
	static const struct {
		const char *done;
		enum word word;
	} all[] = {
		{"discarded", WORD_tables_done_discarded},
		{"published", WORD_tables_done_published},
		{"restored", WORD_tables_done_restored},
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].done, query_text(q, "done")) == 0)
			p->notice = (struct page_notice){
				NOTICE_SUCCESS, say(w, all[i].word), NULL};
}

enum outcome
rules_page_live(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_words words;
	struct rules_table_view v = {.title = NULL};
	struct rule_draft d;
	const struct table *live;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	live = shelf_table(w, w->actor->org, words.shape->name);
	rules_frame(&words, q, &v.page, &v.head, RULES_LIVE);
	notice(w, q, &v.page);
	v.title = v.head.name;
	fill_version(&words, q, live, &v);
	if (rule_draft_get(w, w->actor->org, words.shape->name, &d) == DONE)
		v.draft = arena_printf(
			w->arena, "/admin/rules/%s/draft", words.shape->name);
	else
		v.begin = arena_printf(
			w->arena, "/admin/rules/%s/draft", words.shape->name);
	view_rules_table(&r->body, w->words, &v);
	return DONE;
}

enum outcome
rules_page_version(struct work *w, const struct request *q, struct reply *r)
{
	int64_t version = rules_frame_number(q, "version");
	struct rules_table_view v = {.title = NULL};
	struct rules_words words;
	const struct table *t;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	t = shelf_table_version(w, w->actor->org, words.shape->name, version);
	if (t->version == 0)
		return MISSING;
	rules_frame(&words, q, &v.page, &v.head, RULES_ELSEWHERE);
	v.title = words_text(w->arena, w->words, WORD_tables_version_of,
		words_values(word_value("n", version), word_value("name", v.head.name)));
	v.page.title_text = v.title;
	fill_version(&words, q, t, &v);
	if (shelf_table(w, w->actor->org, words.shape->name)->version != version)
		v.restore = arena_printf(w->arena,
			"/admin/rules/%s/versions/%lld/restore", words.shape->name,
			(long long)version);
	view_rules_table(&r->body, w->words, &v);
	return DONE;
}

/* --- all versions ------------------------------------------------------------------- */

enum outcome
rules_page_versions(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_versions_view v = {.versions = {.count = 0}};
	struct rulebook_version_list list;
	struct rules_versions_row *at;
	struct rules_words words;
	const char *name;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	name = words.shape->name;
	rules_frame(&words, q, &v.page, &v.head, RULES_VERSIONS);
	rulebook_versions(w, w->actor->org, name, &list);
	at = arena_array(w->arena, (size_t)list.count, sizeof *at);
	for (int i = 0; i < list.count; i++) {
		const struct rulebook_version *one = &list.at[i];
		const char *href = arena_printf(w->arena, "/admin/rules/%s/versions/%lld",
			name, (long long)one->version);

		at[i] = (struct rules_versions_row){
			.version = rules_frame_version(w, one->version),
			.href = href,
			.by = rules_words_by(w, one->author_name, one->published),
			.reason = one->reason,
			.restored = one->restored ? rules_frame_version(w, one->restored)
						  : NULL,
			.changes = one->version > 1
					   ? arena_printf(w->arena, "%s/changes", href)
					   : NULL,
			.rows = one->rows,
			.live = one->live,
		};
	}
	v.versions.at = at;
	v.versions.count = list.count;
	view_rules_versions(&r->body, w->words, &v);
	return DONE;
}

enum outcome
rules_page_changes(struct work *w, const struct request *q, struct reply *r)
{
	int64_t version = rules_frame_number(q, "version");
	int64_t from = query_int(q, "from", 1, INT32_MAX, version - 1);
	struct rules_changes_view v = {.title = NULL};
	const struct table *was, *is;
	struct rules_words words;
	struct table_diff d;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	is = shelf_table_version(w, w->actor->org, words.shape->name, version);
	was = shelf_table_version(w, w->actor->org, words.shape->name, from);
	if (is->version == 0 || was->version == 0)
		return MISSING;
	rules_frame(&words, q, &v.page, &v.head, RULES_ELSEWHERE);
	v.title = words_text(w->arena, w->words, WORD_tables_changes_between,
		words_values(word_value("from", from), word_value("to", version)));
	v.page.title_text = v.title;
	d = table_diff(w->arena, words.shape, was, is);
	v.rows = rules_frame_changes(&words, &d, &v.counts);
	view_rules_changes(&r->body, w->words, &v);
	return DONE;
}
