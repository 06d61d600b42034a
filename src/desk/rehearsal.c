/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/rehearsal.h"

#include "desk/rehearsal_clock.h"
#include "desk/rehearsal_deeds.h"
#include "desk/rehearsal_steps.h"
#include "desk/routing.h"
#include "store/received.h"
#include "store/shelf.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 500 };

/* The live tables, and those with the draft in its place. */
struct stage {
	struct work *work;
	struct scope house, eyes;
	struct fold_tables live, draft;
	const struct table *live_leg, *draft_leg;
	struct service_list services;
	struct rehearsal *r;
};

/* One ticket of a page whose promise changes: its clock is counted twice. */
struct counted {
	int64_t ticket;
	struct table_facts facts; /* without the text: `was` and `is` hold the answers */
	const char *text;
	struct rehearsal_side was, is;
	int shown; /* its place among the changes shown; -1: none */
};

static const struct service *
service_of(const struct stage *s, const char *code)
{
	for (int i = 0; i < s->services.count; i++)
		if (strcmp(s->services.at[i].code, code) == 0)
			return &s->services.at[i];
	return NULL;
}

static int64_t
number(const struct pairs *p, const char *name)
{
	const char *text = pairs_get(p, name);

	return text ? strtoll(text, NULL, 10) : 0;
}

static struct fold_input
input_of(const struct stage *s, const struct received *one, const struct pairs *saw)
{
	const struct service *service = service_of(s, one->service);

	return (struct fold_input){
		.facts =
			{
				.service = pairs_get(saw, "service"),
				.category = pairs_get(saw, "category"),
				.channel = pairs_get(saw, "channel"),
				.text = one->text,
				.priority = number(saw, "priority"),
				.impact = number(saw, "impact"),
				.urgency = number(saw, "urgency"),
				.vip = number(saw, "vip") != 0,
				.vulnerable = number(saw, "vulnerable") != 0,
			},
		.own =
			{
				.priority = number(saw, "priority"),
				.team = service ? service->team : 0,
			},
	};
}

static const struct table_row *
leg_of(const struct table *t, const struct fold_input *in, const struct folded *f)
{
	struct table_facts facts = in->facts;

	facts.priority = f->priority;
	facts.team = f->team;
	return table_match(t, &facts);
}

static unsigned
compare(const struct rehearsal_side *was, const struct rehearsal_side *is)
{
	unsigned kinds = 0;

	if (was->fold.priority != is->fold.priority)
		kinds |= REHEARSAL_PRIORITY;
	if (was->fold.team != is->fold.team)
		kinds |= REHEARSAL_TEAM;
	if (!fold_same_terms(was->fold.at[FOLD_TARGET].row, is->fold.at[FOLD_TARGET].row))
		kinds |= REHEARSAL_TERMS;
	if (!fold_same_terms(was->leg, is->leg))
		kinds |= REHEARSAL_LEG;
	return kinds;
}

/* Shown with its reference where it may be seen; without, where it is not restricted. */
static int
show(struct stage *s, const struct received *one, unsigned kinds)
{
	struct work *w = s->work;
	struct rehearsal *r = s->r;
	struct ticket seen;
	bool may_see;

	if (r->shown >= REHEARSAL_SHOWN)
		return -1;
	may_see = ticket_get(w, &s->eyes, one->ticket, &seen) == DONE;
	if (!may_see && one->restricted)
		return -1;
	r->changes[r->shown] = (struct rehearsal_change){
		.ticket = one->ticket,
		.created = one->created,
		.reference = may_see ? arena_copy(w->arena, one->reference) : NULL,
		.service = arena_copy(w->arena, one->service),
		.channel = arena_copy(w->arena, one->channel),
		.kinds = kinds,
	};
	return r->shown++;
}

static void
count_kinds(struct rehearsal *r, unsigned kinds)
{
	r->changed++;
	for (unsigned k = REHEARSAL_PRIORITY; k <= REHEARSAL_LEG; k *= 2)
		if (kinds & k)
			r->of_kind[k]++;
}

/* Folds one ticket both ways; true when its promise changes, and it is to be counted. */
static bool
fold_one(struct stage *s, const struct received *one, struct counted *c)
{
	struct work *w = s->work;
	struct fold_input in = input_of(s, one, &one->saw);
	unsigned kinds;

	*c = (struct counted){.ticket = one->ticket, .facts = in.facts, .shown = -1};
	fold_run(&s->live, &in, &c->was.fold);
	fold_run(&s->draft, &in, &c->is.fold);
	c->was.leg = leg_of(s->live_leg, &in, &c->was.fold);
	c->is.leg = leg_of(s->draft_leg, &in, &c->is.fold);
	kinds = compare(&c->was, &c->is);
	if (kinds == 0)
		return false;
	count_kinds(s->r, kinds);
	c->shown = show(s, one, kinds);
	if (c->shown >= 0) {
		s->r->changes[c->shown].was = c->was;
		s->r->changes[c->shown].is = c->is;
	}
	if (!(kinds & REHEARSAL_TERMS))
		return false;
	/* A priority set by hand later asks the table again, with the same words. */
	c->text = arena_copy(w->arena, one->text);
	return true;
}

static void
count_one(struct stage *s, struct counted *c, struct rehearsal_events *events)
{
	struct rehearsal *r = s->r;
	struct table_facts facts = c->facts;

	facts.text = c->text;
	facts.priority = c->was.fold.priority;
	c->was.verdict = rehearsal_clock_run(
		s->work, events, s->live.at[FOLD_TARGET], &facts);
	facts.priority = c->is.fold.priority;
	c->is.verdict = rehearsal_clock_run(
		s->work, events, s->draft.at[FOLD_TARGET], &facts);
	r->verdicts[c->was.verdict][c->is.verdict]++;
	if (c->shown >= 0) {
		r->changes[c->shown].was.verdict = c->was.verdict;
		r->changes[c->shown].is.verdict = c->is.verdict;
	}
}

/* The events of a page come in the order of its tickets. */
static void
count_page(struct stage *s, struct counted *counted, int count,
	struct received_place first, struct received_place last)
{
	struct rehearsal_events *events = arena_alloc(s->work->arena, sizeof *events);
	struct rows r = received_events(s->work, &s->house, first, last);
	struct received_event e;
	int at = -1;

	while (received_event(s->work, &r, &e)) {
		if (at < 0 || counted[at].ticket != e.ticket) {
			if (at >= 0 && events->count > 0)
				count_one(s, &counted[at], events);
			events->count = 0;
			if (at + 1 >= count || counted[at + 1].ticket != e.ticket)
				continue;
			at++;
		}
		rehearsal_clock_add(s->work, events, &e);
	}
	rows_end(&r);
	if (at >= 0 && events->count > 0)
		count_one(s, &counted[at], events);
}

/* True when there may be another page behind it. */
static bool
run_page(struct stage *s, struct received_place *place)
{
	struct work *w = s->work;
	struct received_page page = received_read(
		w, &s->house, s->r->since, *place, PAGE);
	struct counted *counted = arena_array(w->arena, PAGE, sizeof *counted);
	struct received_place first = {0, 0};
	struct received one;
	int read = 0, count = 0;

	while (received_next(w, &page, &one)) {
		*place = (struct received_place){one.created, one.ticket};
		if (read++ == 0)
			first = *place;
		s->r->looked++;
		if (!one.kept)
			s->r->without++;
		else
			count += fold_one(s, &one, &counted[count]);
	}
	if (count > 0)
		count_page(s, counted, count, first, *place);
	return read == PAGE;
}

static void
set_tables(struct stage *s, const char *name, const struct table *draft)
{
	struct work *w = s->work;
	int64_t org = w->actor->org;

	routing_tables(w, org, &s->live);
	s->draft = s->live;
	s->live_leg = s->draft_leg = shelf_table(w, org, "leg");
	for (enum fold_step step = 0; step < FOLD_STEPS; step++)
		if (strcmp(fold_step_name(step), name) == 0) {
			s->draft.at[step] = draft;
			s->r->computable = true;
		}
	if (strcmp(name, "leg") == 0) {
		s->draft_leg = draft;
		s->r->computable = true;
	}
}

void
rehearsal_run(
	struct work *w, const char *name, const struct table *draft, struct rehearsal *r)
{
	struct stage s = {
		.work = w,
		.house = access_house(w->actor->org),
		.eyes = access_scope(w->actor, w->actor->org, RIGHT_SEE),
		.r = r,
	};
	struct received_place place = {0, 0};
	bool more = true;

	*r = (struct rehearsal){
		.since = w->now - (int64_t)REHEARSAL_DAYS * TIMES_DAY,
		.changes = arena_array(w->arena, REHEARSAL_SHOWN, sizeof *r->changes),
	};
	if (strcmp(name, "status") == 0 || strcmp(name, "field") == 0) {
		rehearsal_deeds_run(w, name, draft, r);
		return;
	}
	if (strcmp(name, "escalation") == 0) {
		rehearsal_steps_run(w, draft, r);
		return;
	}
	set_tables(&s, name, draft);
	if (!r->computable)
		return;
	service_list(w, w->actor->org, &s.services);
	while (more && r->looked < REHEARSAL_MOST)
		more = run_page(&s, &place);
	r->cut = more;
}
