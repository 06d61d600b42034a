/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/rules_try.h"

#include "desk/routing.h"
#include "store/shelf.h"
#include "views.h"
#include "web/admin/rules_dry_run_view.h"
#include "web/admin/rules_form.h"
#include "web/admin/rules_frame.h"
#include "web/frame.h"
#include "web/staff/staff_words.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS = FOLD_STEPS + 1 };

/* The tables of one way to decide. */
struct way {
	struct fold_tables tables;
	const struct table *leg;
	bool is_draft[STEPS];
};

static const char *
say(struct work *w, enum word word)
{
	return words_text(w->arena, w->words, word, NULL);
}

/* --- the questions ------------------------------------------------------------------ */

static struct part_input
text_input(struct work *w, const struct request *q)
{
	return (struct part_input){
		.kind = PART_AREA,
		.id = "text",
		.label = say(w, WORD_tables_try_text),
		.rows = 2,
		.value = query_text(q, "text"),
	};
}

static struct part_inputs
inputs(const struct rules_words *words, const struct request *q)
{
	static const char *const names[] = {
		"service", "channel", "impact", "urgency", "vip", "vulnerable"};
	enum { NAMES = sizeof names / sizeof *names };
	struct work *w = words->work;
	struct part_input *at = arena_array(w->arena, NAMES + 1, sizeof *at);
	struct rules_words asked = *words;
	struct pairs typed = {NULL, 0};

	asked.shape = table_shape_named("priority");
	for (int i = 0; i < NAMES; i++)
		pairs_add(w->arena, &typed, arena_printf(w->arena, "column-%s", names[i]),
			query_text(q, names[i]));
	for (int i = 0; i < NAMES; i++) {
		at[i] = rules_form_input(
			&asked, table_shape_column(asked.shape, names[i]), &typed);
		at[i].id = names[i];
	}
	at[NAMES] = text_input(w, q);
	return (struct part_inputs){at, NAMES + 1};
}

/* --- the answer --------------------------------------------------------------------- */

static struct fold_input
input_of(const struct service *s, const struct request *q)
{
	return (struct fold_input){
		.facts =
			{
				.service = s->code,
				.category = s->category,
				.channel = query_text(q, "channel"),
				.text = query_text(q, "text"),
				.priority = s->priority,
				.impact = query_int(q, "impact", 1, 4, 0),
				.urgency = query_int(q, "urgency", 1, 4, 0),
				.vip = query_int(q, "vip", 0, 1, 0),
				.vulnerable = query_int(q, "vulnerable", 0, 1, 0),
			},
		.own = {.priority = s->priority, .team = s->team},
	};
}

/* What a way gives at a step, and why. */
struct given {
	const char *what, *why;
};

static const char *
why(const struct rules_words *words, const struct way *way, int step,
	const struct table_row *row)
{
	struct work *w = words->work;
	const struct table *t = step < FOLD_STEPS ? way->tables.at[step] : way->leg;

	if (!row)
		return say(w, step < FOLD_TARGET ? WORD_tables_by_service
						 : WORD_tables_try_nothing);
	return words_text(w->arena, w->words,
		way->is_draft[step] ? WORD_tables_try_row_draft : WORD_tables_try_row,
		words_values(word_value("row", row->position),
			word_value("version", rules_frame_version(w, t->version)),
			word_value("text", rules_words_row(words, row))));
}

static void
decide(const struct rules_words *words, const struct way *way,
	const struct fold_input *in, struct given given[STEPS])
{
	struct work *w = words->work;
	struct rules_words each = *words;
	struct table_facts facts = in->facts;
	const struct table_row *row;
	const struct team *team;
	struct folded f;

	fold_run(&way->tables, in, &f);
	team = rule_check_team(words->names, f.team);
	given[FOLD_PRIORITY].what = words_text(w->arena, w->words, WORD_why_priority_is,
		words_values(word_value("n", f.priority),
			word_value("word", staff_words_priority(f.priority))));
	given[FOLD_ROUTE].what = team ? team->name : say(w, WORD_why_unknown_team);
	facts.priority = f.priority;
	facts.team = f.team;
	for (int i = 0; i < STEPS; i++) {
		each.shape = table_shape_named(
			i < FOLD_STEPS ? fold_step_name(i) : "leg");
		row = i < FOLD_STEPS ? f.at[i].row : table_match(way->leg, &facts);
		given[i].why = why(&each, way, i, row);
		if (i >= FOLD_TARGET)
			given[i].what = row ? rules_words_then(&each, row)
					    : say(w, WORD_why_no_promise);
	}
}

/* The drafts in the place of live tables; their names, or NULL when there are none. */
static const char *
take_drafts(const struct rules_words *words, struct way *way)
{
	struct work *w = words->work;
	struct buffer b = buffer_in(w->arena, 64);

	for (int i = 0; i < STEPS; i++) {
		const char *name = i < FOLD_STEPS ? fold_step_name(i) : "leg";
		struct rule_draft *d = arena_alloc(w->arena, sizeof *d);

		if (rule_draft_get(w, w->actor->org, name, d) != DONE)
			continue;
		way->is_draft[i] = true;
		if (i < FOLD_STEPS)
			way->tables.at[i] = &d->table;
		else
			way->leg = &d->table;
		if (b.len > 0)
			buffer_text_add(&b, ", ");
		words_say(&b, w->words, rules_words_table(name), NULL);
	}
	return b.len ? buffer_text(&b) : NULL;
}

static void
fill_steps(const struct rules_words *words, const struct fold_input *in,
	struct rules_try_view *v)
{
	struct work *w = words->work;
	struct rules_try_step *at = arena_array(w->arena, STEPS, sizeof *at);
	struct given live[STEPS], draft[STEPS];
	struct way way = {.leg = shelf_table(w, w->actor->org, "leg")};

	routing_tables(w, w->actor->org, &way.tables);
	decide(words, &way, in, live);
	v->drafts = take_drafts(words, &way);
	decide(words, &way, in, draft);
	for (int i = 0; i < STEPS; i++) {
		const char *name = i < FOLD_STEPS ? fold_step_name(i) : "leg";

		at[i] = (struct rules_try_step){
			.table = say(w, rules_words_table(name)),
			.href = arena_printf(w->arena, "/admin/rules/%s", name),
			.live = live[i].what,
			.live_why = live[i].why,
			.draft = draft[i].what,
			.draft_why = draft[i].why,
			.differs = strcmp(live[i].what, draft[i].what) != 0,
		};
	}
	v->steps.at = at;
	v->steps.count = STEPS;
}

enum outcome
rules_try_show(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_try_view v = {.drafts = NULL};
	const struct service *s;
	struct rules_words words;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	rules_frame(&words, q, &v.page, &v.head, RULES_TRY);
	v.page.title_text = say(w, WORD_tables_try);
	v.action = q->path;
	v.inputs = inputs(&words, q);
	s = rule_check_service(words.names, query_text(q, "service"));
	if (s) {
		struct fold_input in = input_of(s, q);

		fill_steps(&words, &in, &v);
		if (v.drafts)
			v.drafts = words_text(w->arena, w->words, WORD_tables_try_drafts,
				words_values(word_value("tables", v.drafts)));
	}
	view_rules_try(&r->body, w->words, &v);
	return DONE;
}
