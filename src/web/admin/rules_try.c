/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/rules_try.h"

#include "desk/trial.h"
#include "views.h"
#include "web/admin/rules_dry_run_view.h"
#include "web/admin/rules_form.h"
#include "web/admin/rules_frame.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/staff_words.h"

#include <stdlib.h>
#include <string.h>

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

static struct trial_question
question_of(const struct request *q)
{
	return (struct trial_question){
		.channel = query_text(q, "channel"),
		.text = query_text(q, "text"),
		.impact = query_int(q, "impact", 1, 4, 0),
		.urgency = query_int(q, "urgency", 1, 4, 0),
		.vip = query_int(q, "vip", 0, 1, 0),
		.vulnerable = query_int(q, "vulnerable", 0, 1, 0),
	};
}

/* What a way gives at a step, and why. */
struct given {
	const char *what, *why;
};

static const char *
why(const struct rules_words *words, const struct trial_step *step, int i)
{
	struct work *w = words->work;

	if (!step->row)
		return say(w, i < FOLD_TARGET ? WORD_tables_by_service
					      : WORD_tables_try_nothing);
	return words_text(w->arena, w->words,
		step->draft ? WORD_tables_try_row_draft : WORD_tables_try_row,
		words_values(word_value("row", step->row->position),
			word_value("version", rules_frame_version(w, step->version)),
			word_value("text", rules_words_row(words, step->row))));
}

static void
tell(const struct rules_words *words, const struct trial *t,
	struct given given[TRIAL_STEPS])
{
	struct work *w = words->work;
	const struct team *team = rule_check_team(words->names, t->team);
	struct rules_words each = *words;

	given[FOLD_PRIORITY].what = words_text(w->arena, w->words, WORD_why_priority_is,
		words_values(word_value("n", t->priority),
			word_value("word", staff_words_priority(t->priority))));
	given[FOLD_ROUTE].what = team ? team->name : say(w, WORD_why_unknown_team);
	for (int i = 0; i < TRIAL_STEPS; i++) {
		const struct table_row *row = t->at[i].row;

		each.shape = table_shape_named(t->at[i].table);
		given[i].why = why(&each, &t->at[i], i);
		if (i >= FOLD_TARGET)
			given[i].what = row ? rules_words_then(&each, row)
					    : say(w, WORD_why_no_promise);
	}
}

/* The tables that have drafts, or NULL when there are none. */
static const char *
drafts(const struct rules_words *words, const struct trial *t)
{
	struct work *w = words->work;
	struct buffer b = buffer_in(w->arena, 64);

	for (int i = 0; i < TRIAL_STEPS; i++) {
		if (!t->at[i].draft)
			continue;
		if (b.len > 0)
			buffer_text_add(&b, ", ");
		words_say(&b, w->words, rules_words_table(t->at[i].table), NULL);
	}
	return b.len ? buffer_text(&b) : NULL;
}

static void
fill_steps(const struct rules_words *words, const struct service *s,
	const struct trial_question *asked, struct rules_try_view *v)
{
	struct work *w = words->work;
	struct rules_try_step *at = arena_array(w->arena, TRIAL_STEPS, sizeof *at);
	struct given live[TRIAL_STEPS], draft[TRIAL_STEPS];
	struct trial now, then;

	trial_run(w, s, asked, TRIAL_LIVE, &now);
	trial_run(w, s, asked, TRIAL_DRAFTS, &then);
	tell(words, &now, live);
	tell(words, &then, draft);
	v->drafts = drafts(words, &then);
	for (int i = 0; i < TRIAL_STEPS; i++)
		at[i] = (struct rules_try_step){
			.table = say(w, rules_words_table(now.at[i].table)),
			.href = arena_printf(
				w->arena, "/admin/rules/%s", now.at[i].table),
			.live = live[i].what,
			.live_why = live[i].why,
			.draft = draft[i].what,
			.draft_why = draft[i].why,
			.differs = strcmp(live[i].what, draft[i].what) != 0,
		};
	v->steps.at = at;
	v->steps.count = TRIAL_STEPS;
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
		struct trial_question asked = question_of(q);

		fill_steps(&words, s, &asked, &v);
		if (v.drafts)
			v.drafts = words_text(w->arena, w->words, WORD_tables_try_drafts,
				words_values(word_value("tables", v.drafts)));
	}
	view_rules_try(&r->body, w->words, &v);
	return DONE;
}
