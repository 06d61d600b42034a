/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/rules_dry_run.h"

#include "desk/rehearsal.h"
#include "desk/rulemaking.h"
#include "views.h"
#include "web/admin/rules_dry_run_view.h"
#include "web/admin/rules_dry_steps.h"
#include "web/admin/rules_frame.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <stdlib.h>

enum { MOST_FIGURES = 16, KINDS = 5 };

static const char *
decided(struct work *w, const struct table_row *row, enum fold_by by)
{
	if (row)
		return words_text(w->arena, w->words, WORD_tables_row_n,
			words_values(word_value("row", row->position)));
	return say(w, by == FOLD_BY_HAND ? WORD_tables_by_hand : WORD_tables_by_service);
}

static const char *
priority_text(struct work *w, int64_t n)
{
	return words_text(w->arena, w->words, WORD_why_priority_is,
		words_values(
			word_value("n", n), word_value("word", staff_words_priority(n))));
}

static const char *
team_text(const struct rules_words *words, int64_t id)
{
	const struct team *t = rule_check_team(words->names, id);

	return t ? t->name : say(words->work, WORD_why_unknown_team);
}

static const char *
terms_text(
	const struct rules_words *words, const char *table, const struct table_row *row)
{
	struct rules_words other = *words;

	other.shape = table_shape_named(table);
	return row ? rules_words_then(&other, row)
		   : say(words->work, WORD_why_no_promise);
}

static const char *
verdict_text(struct work *w, enum rehearsal_verdict v)
{
	static const enum word verdicts[] = {
		[REHEARSAL_NONE] = WORD_tables_verdict_none,
		[REHEARSAL_OPEN] = WORD_tables_verdict_open,
		[REHEARSAL_MET] = WORD_tables_verdict_met,
		[REHEARSAL_MISSED] = WORD_tables_verdict_missed,
	};

	return say(w, verdicts[v]);
}

static struct rules_dry_changes
changes_of(const struct rules_words *words, const struct rehearsal_change *c)
{
	struct work *w = words->work;
	const struct folded *was = &c->was.fold, *is = &c->is.fold;
	const struct fold_choice *t = &was->at[FOLD_TARGET], *u = &is->at[FOLD_TARGET];
	struct rules_dry_change *at = arena_array(w->arena, KINDS, sizeof *at);
	int n = 0;

	if (c->kinds & REHEARSAL_PRIORITY)
		at[n++] = (struct rules_dry_change){say(w, WORD_tables_name_priority),
			priority_text(w, was->priority), priority_text(w, is->priority),
			decided(w, was->at[0].row, was->at[0].by),
			decided(w, is->at[0].row, is->at[0].by)};
	if (c->kinds & REHEARSAL_TEAM)
		at[n++] = (struct rules_dry_change){say(w, WORD_why_team),
			team_text(words, was->team), team_text(words, is->team),
			decided(w, was->at[1].row, was->at[1].by),
			decided(w, is->at[1].row, is->at[1].by)};
	if (c->kinds & REHEARSAL_TERMS)
		at[n++] = (struct rules_dry_change){say(w, WORD_why_promise),
			terms_text(words, "target", t->row),
			terms_text(words, "target", u->row), decided(w, t->row, t->by),
			decided(w, u->row, u->by)};
	if (c->kinds & REHEARSAL_TERMS && c->was.verdict != c->is.verdict)
		at[n++] = (struct rules_dry_change){say(w, WORD_tables_verdict),
			verdict_text(w, c->was.verdict), verdict_text(w, c->is.verdict),
			NULL, NULL};
	if (c->kinds & REHEARSAL_LEG)
		at[n++] = (struct rules_dry_change){say(w, WORD_tables_first_leg),
			terms_text(words, "leg", c->was.leg),
			terms_text(words, "leg", c->is.leg),
			c->was.leg ? decided(w, c->was.leg, 0) : NULL,
			c->is.leg ? decided(w, c->is.leg, 0) : NULL};
	return (struct rules_dry_changes){at, n};
}

static void
fill_tickets(const struct rules_words *words, const struct rehearsal *run,
	struct rules_dry_run_view *v)
{
	struct work *w = words->work;
	const struct zone *z = moment_zone(w, w->actor->org);
	struct rules_dry_ticket *at = arena_array(
		w->arena, (size_t)run->shown, sizeof *at);

	for (int i = 0; i < run->shown; i++) {
		const struct rehearsal_change *c = &run->changes[i];
		const struct service *s = rule_check_service(words->names, c->service);

		at[i] = (struct rules_dry_ticket){
			.reference = c->reference,
			.href = c->reference ? arena_printf(w->arena, "/staff/tickets/%s",
						       c->reference)
					     : NULL,
			.service = s ? s->name : c->service,
			.channel = say(w,
				staff_words_channel(contact_channel_named(c->channel))),
			.received = moment_at(w, z, c->created),
			.changes = changes_of(words, c),
		};
	}
	v->tickets.at = at;
	v->tickets.count = run->shown;
}

static void
figure(struct work *w, struct rules_dry_figure *at, int *n, enum word what, int64_t count)
{
	if (count > 0 && *n < MOST_FIGURES)
		at[(*n)++] = (struct rules_dry_figure){
			say(w, what), words_number(w->arena, count)};
}

static void
fill_figures(struct work *w, const struct rehearsal *r, struct rules_dry_run_view *v)
{
	struct rules_dry_figure *at = arena_array(w->arena, MOST_FIGURES, sizeof *at);
	int n = 0;

	figure(w, at, &n, WORD_tables_dry_priority, r->of_kind[REHEARSAL_PRIORITY]);
	figure(w, at, &n, WORD_tables_dry_team, r->of_kind[REHEARSAL_TEAM]);
	figure(w, at, &n, WORD_tables_dry_terms, r->of_kind[REHEARSAL_TERMS]);
	figure(w, at, &n, WORD_tables_dry_leg, r->of_kind[REHEARSAL_LEG]);
	figure(w, at, &n, WORD_tables_dry_met_missed,
		r->verdicts[REHEARSAL_MET][REHEARSAL_MISSED]);
	figure(w, at, &n, WORD_tables_dry_missed_met,
		r->verdicts[REHEARSAL_MISSED][REHEARSAL_MET]);
	figure(w, at, &n, WORD_tables_dry_open_missed,
		r->verdicts[REHEARSAL_OPEN][REHEARSAL_MISSED]);
	figure(w, at, &n, WORD_tables_dry_missed_open,
		r->verdicts[REHEARSAL_MISSED][REHEARSAL_OPEN]);
	v->figures.at = at;
	v->figures.count = n;
}

/* --- what people did ---------------------------------------------------------------- */

static const char *
answer_text(struct work *w, const struct rehearsal_answer *a)
{
	static const enum word answers[] = {
		[REHEARSAL_ALLOWED] = WORD_dry_allowed,
		[REHEARSAL_REFUSED] = WORD_dry_refused,
		[REHEARSAL_RIGHT] = WORD_dry_right,
		[REHEARSAL_LACKS] = WORD_dry_lacks,
	};

	return say(w, answers[a->kind]);
}

static const char *
row_named(struct work *w, const struct rehearsal_answer *a)
{
	return a->row ? decided(w, a->row, 0) : say(w, WORD_dry_no_row);
}

static const char *
deed_text(struct work *w, const struct rehearsal_deed *d)
{
	struct arena *a = w->arena;

	if (d->field)
		return say(w, words_find(arena_printf(a, "field.name.%s", d->field)));
	return words_text(a, w->words, WORD_tables_was_is,
		words_values(
			word_value("was", say(w, words_find(arena_printf(a,
							 "staff.status.%s", d->from)))),
			word_value("is", say(w, words_find(arena_printf(
							a, "staff.status.%s", d->to))))));
}

static struct rules_dry_ticket
deed(const struct rules_words *words, const struct zone *z,
	const struct rehearsal_deed *d)
{
	struct work *w = words->work;
	const struct service *s = rule_check_service(words->names, d->service);
	struct rules_dry_change *change = arena_alloc(w->arena, sizeof *change);

	*change = (struct rules_dry_change){deed_text(w, d), answer_text(w, &d->was),
		answer_text(w, &d->is), row_named(w, &d->was), row_named(w, &d->is)};
	return (struct rules_dry_ticket){
		.reference = d->reference,
		.href = d->reference ? arena_printf(w->arena, "/staff/tickets/%s",
					       d->reference)
				     : NULL,
		.service = s ? s->name : d->service,
		.channel = say(w, staff_words_channel(contact_channel_named(d->channel))),
		.received = moment_at(w, z, d->at),
		.changes = {change, 1},
	};
}

static void
fill_deeds(const struct rules_words *words, const struct rehearsal *run,
	struct rules_dry_run_view *v)
{
	struct work *w = words->work;
	const struct zone *z = moment_zone(w, w->actor->org);
	struct rules_dry_figure *figures = arena_array(
		w->arena, MOST_FIGURES, sizeof *figures);
	struct rules_dry_ticket *at = arena_array(
		w->arena, (size_t)run->shown, sizeof *at);
	struct rehearsal_answer was = {0}, is = {0};
	int n = 0;

	for (int i = 0; i < run->shown; i++)
		at[i] = deed(words, z, &run->deeds[i]);
	v->tickets.at = at;
	v->tickets.count = run->shown;
	for (was.kind = 0; was.kind < REHEARSAL_ANSWERS; was.kind++)
		for (is.kind = 0; is.kind < REHEARSAL_ANSWERS; is.kind++) {
			int count = run->answers[was.kind][is.kind];

			if (was.kind == is.kind || count == 0)
				continue;
			figures[n++] = (struct rules_dry_figure){
				words_text(w->arena, w->words, WORD_dry_pair,
					words_values(
						word_value("was", answer_text(w, &was)),
						word_value("is", answer_text(w, &is)))),
				words_number(w->arena, count)};
		}
	v->figures.at = figures;
	v->figures.count = n;
}

/* --- the page ----------------------------------------------------------------------- */

static const char *
counted(struct work *w, enum word word, int count, int64_t since)
{
	const struct zone *z = moment_zone(w, w->actor->org);

	return words_text(w->arena, w->words, word,
		words_values(word_value("count", count),
			word_value("since", moment_at(w, z, since).exact)));
}

/* What is said depends on what the table is tried on. */
static void
fill_sentences(struct work *w, const struct rehearsal *run, struct rules_dry_run_view *v)
{
	static const struct {
		enum word looked, lead, changed, nothing, list, when;
	} sentences[] = {
		[REHEARSAL_TICKETS] = {WORD_tables_dry_looked, WORD_tables_dry_lead,
			WORD_tables_dry_changed, WORD_tables_dry_nothing,
			WORD_tables_dry_tickets, WORD_tables_received},
		[REHEARSAL_DEEDS] = {WORD_dry_looked, WORD_dry_lead, WORD_dry_changed,
			WORD_dry_nothing, WORD_dry_deeds, WORD_dry_when},
		[REHEARSAL_STEPS] = {WORD_dry_steps_looked, WORD_dry_steps_lead,
			WORD_dry_steps_changed, WORD_dry_steps_nothing,
			WORD_dry_steps_list, WORD_tables_received},
	};

	v->looked = counted(w, sentences[run->over].looked, run->looked, run->since);
	v->lead = say(w, sentences[run->over].lead);
	v->changed = counted(w, sentences[run->over].changed, run->changed, run->since);
	if (run->changed == 0)
		v->changed = say(w, sentences[run->over].nothing);
	v->list = say(w, sentences[run->over].list);
	v->when = say(w, sentences[run->over].when);
	if (run->shown < run->changed)
		v->shown = words_text(w->arena, w->words, WORD_tables_dry_shown,
			words_values(word_value("count", run->shown),
				word_value("of", run->changed)));
}

static void
fill(const struct rules_words *words, const struct rehearsal *run,
	struct rules_dry_run_view *v)
{
	struct work *w = words->work;

	if (!run->computable) {
		v->nothing = say(w, WORD_tables_dry_not);
		return;
	}
	if (run->cut)
		v->cut = say(w, WORD_tables_dry_cut);
	if (run->without)
		v->without = words_text(w->arena, w->words, WORD_tables_dry_without,
			words_values(word_value("count", run->without)));
	fill_sentences(w, run, v);
	if (run->over == REHEARSAL_DEEDS) {
		fill_deeds(words, run, v);
		return;
	}
	if (run->over == REHEARSAL_STEPS) {
		rules_dry_steps(words, run, v);
		return;
	}
	fill_figures(w, run, v);
	fill_tickets(words, run, v);
}

enum outcome
rules_dry_run_show(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_dry_run_view v = {.nothing = NULL};
	struct rehearsal *run = arena_alloc(w->arena, sizeof *run);
	struct rules_words words;
	struct rule_draft d;

	if (rules_frame_table(w, q, &words) != DONE ||
		rule_draft_get(w, w->actor->org, words.shape->name, &d) != DONE)
		return MISSING;
	rules_frame(&words, q, &v.page, &v.head, RULES_ELSEWHERE);
	v.page.title_text = say(w, WORD_tables_dry_title);
	v.action = arena_printf(
		w->arena, "/admin/rules/%s/draft/dry-run", words.shape->name);
	v.back = arena_printf(w->arena, "/admin/rules/%s/draft", words.shape->name);
	v.revision = arena_printf(w->arena, "%" PRId64, d.revision);
	rehearsal_run(w, words.shape->name, &d.table, run);
	fill(&words, run, &v);
	view_rules_dry_run(&r->body, w->words, &v);
	return DONE;
}

enum outcome
rules_dry_run_seen(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_words words;
	struct rulemaking m;
	enum outcome end;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	m = (struct rulemaking){
		w->actor->org, words.shape->name, form_int(q, "revision")};
	end = rulemaking_tried(w, &m);
	if (end == CONFLICT) /* another draft by now: back to its own dry run */
		return reply_see_other(r, "/admin/rules/%s/draft/dry-run", m.table);
	if (end != DONE)
		return end;
	return reply_see_other(r, "/admin/rules/%s/draft/publish", m.table);
}
