/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/rules_publish.h"

#include "desk/reapply.h"
#include "desk/rulemaking.h"
#include "store/shelf.h"
#include "views.h"
#include "web/admin/rules_frame.h"
#include "web/frame.h"
#include "web/problemlist.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static struct part_input
tick(struct work *w, const char *id, enum word label, const char *typed)
{
	struct part_choice *c = arena_alloc(w->arena, sizeof *c);

	*c = (struct part_choice){
		.value = "1", .label = say(w, label), .chosen = strcmp(typed, "1") == 0};
	return (struct part_input){
		.kind = PART_CHECKBOXES,
		.id = id,
		.small = true,
		.choices = {c, 1},
		.error = frame_problem(w, id),
	};
}

static struct part_input
reason_input(struct work *w, const struct request *q)
{
	return (struct part_input){
		.kind = PART_AREA,
		.id = "reason",
		.label = say(w, WORD_tables_reason),
		.hint = say(w, WORD_tables_reason_hint),
		.rows = 3,
		.value = form_text(q, "reason"),
		.error = frame_problem(w, "reason"),
	};
}

static void
fill(const struct rules_words *words, const struct request *q, const struct table *is,
	struct rules_publish_view *v)
{
	struct work *w = words->work;
	struct part_input *ticks = arena_array(w->arena, 2, sizeof *ticks);
	struct table_diff d = table_diff(w->arena, words->shape,
		shelf_table(w, w->actor->org, words->shape->name), is);

	v->problems = problemlist_of(w);
	v->reason = reason_input(w, q);
	v->rows = rules_frame_changes(words, &d, &v->counts);
	v->ticks.at = ticks;
	if (v->dry_run && !v->tried)
		ticks[v->ticks.count++] = tick(
			w, "untried", WORD_tables_untried, form_text(q, "untried"));
	if (reapply_reaches(words->shape->name))
		ticks[v->ticks.count++] = tick(
			w, "open", WORD_tables_open_ones, form_text(q, "open"));
}

static struct rulemaking_reason
reason_of(const struct request *q)
{
	return (struct rulemaking_reason){
		.reason = form_text(q, "reason"),
		.untried = strcmp(form_text(q, "untried"), "1") == 0,
		.open_ones = strcmp(form_text(q, "open"), "1") == 0,
	};
}

/* --- a draft ------------------------------------------------------------------------ */

static enum outcome
print_draft(const struct rules_words *words, const struct request *q, struct reply *r)
{
	struct work *w = words->work;
	const char *name = words->shape->name;
	struct rules_publish_view v = {.title = say(w, WORD_tables_publish_title)};
	struct rule_draft d;

	if (rule_draft_get(w, w->actor->org, name, &d) != DONE)
		return MISSING;
	rules_frame(words, q, &v.page, &v.head, RULES_ELSEWHERE);
	v.page.title_text = v.title;
	v.lead = say(w, WORD_tables_publish_lead);
	v.action = arena_printf(w->arena, "/admin/rules/%s/draft/publish", name);
	v.cancel = arena_printf(w->arena, "/admin/rules/%s/draft", name);
	v.dry_run = arena_printf(w->arena, "/admin/rules/%s/draft/dry-run", name);
	v.revision = arena_printf(w->arena, "%" PRId64, d.revision);
	v.button = say(w, WORD_tables_publish);
	if (d.tried == d.revision)
		v.tried = say(w, WORD_tables_was_tried);
	fill(words, q, &d.table, &v);
	view_rules_publish(&r->body, w->words, &v);
	return DONE;
}

enum outcome
rules_publish_ask(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_words words;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	return print_draft(&words, q, r);
}

/* To the live version; or undone, and the outcome for the page that comes back. */
static enum outcome
finish(const struct rules_words *words, enum outcome end, const char *done,
	struct reply *r)
{
	struct work *w = words->work;

	if (end == DONE) {
		db_savepoint_keep(w->db);
		return reply_see_other(
			r, "/admin/rules/%s?done=%s", words->shape->name, done);
	}
	db_savepoint_undo(w->db);
	if (end == CONFLICT)
		(void)!work_problem(w, "rows", "problem.tables.conflict");
	if (end == CONFLICT || end == INVALID)
		r->status = end == CONFLICT ? 409 : 422;
	return end;
}

enum outcome
rules_publish_do(struct work *w, const struct request *q, struct reply *r)
{
	struct rulemaking_reason why = reason_of(q);
	struct rules_words words;
	struct rulemaking m;
	int64_t version;
	enum outcome end;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	m = (struct rulemaking){
		w->actor->org, words.shape->name, form_int(q, "revision")};
	db_savepoint(w->db);
	end = finish(&words, rulemaking_publish(w, &m, &why, &version), "published", r);
	if (end != INVALID && end != CONFLICT)
		return end;
	return print_draft(&words, q, r);
}

/* --- an older version --------------------------------------------------------------- */

static enum outcome
print_restore(const struct rules_words *words, const struct request *q, struct reply *r)
{
	struct work *w = words->work;
	int64_t version = rules_frame_number(q, "version");
	const char *name = words->shape->name;
	const struct table *t = shelf_table_version(w, w->actor->org, name, version);
	struct rules_publish_view v = {.title = NULL};

	if (t->version == 0)
		return MISSING;
	rules_frame(words, q, &v.page, &v.head, RULES_ELSEWHERE);
	v.title = words_text(w->arena, w->words, WORD_tables_restore_title,
		words_values(word_value("n", version)));
	v.page.title_text = v.title;
	v.lead = say(w, WORD_tables_restore_lead);
	v.action = arena_printf(w->arena, "/admin/rules/%s/versions/%lld/restore", name,
		(long long)version);
	v.cancel = arena_printf(w->arena, "/admin/rules/%s/versions", name);
	v.revision = "0";
	v.button = say(w, WORD_tables_restore);
	fill(words, q, t, &v);
	view_rules_publish(&r->body, w->words, &v);
	return DONE;
}

enum outcome
rules_publish_ask_restore(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_words words;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	return print_restore(&words, q, r);
}

enum outcome
rules_publish_restore(struct work *w, const struct request *q, struct reply *r)
{
	struct rulemaking_reason why = reason_of(q);
	struct rules_words words;
	struct rulemaking m;
	int64_t version;
	enum outcome end;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	m = (struct rulemaking){
		w->actor->org, words.shape->name, rules_frame_number(q, "version")};
	db_savepoint(w->db);
	end = finish(&words, rulemaking_restore(w, &m, &why, &version), "restored", r);
	return end == INVALID ? print_restore(&words, q, r) : end;
}
