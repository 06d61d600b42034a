/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/rehearsal_steps.h"

#include "desk/facts.h"
#include "rule/escalation.h"
#include "rule/promise.h"
#include "store/happened.h"
#include "store/shelf.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 200, EVENTS = 1000, FIRINGS = 400, STEPS = 200, WAYS = 2 };

/* A ticket on its way through its events. */
struct course {
	struct happened events[EVENTS];
	int event_count;
	int64_t priority, team;
	struct promise_set set;
	struct promise_fact facts[EVENTS];
	int count;
	struct rehearsal_firing fired[FIRINGS];
	int fired_count;
};

struct stage {
	struct work *work;
	struct scope eyes;
	const struct table *way[WAYS]; /* live, draft */
	struct course *course;
	int64_t tickets;
	struct rehearsal *r;
};

static bool
same_step(const struct rehearsal_firing *a, const struct rehearsal_firing *b)
{
	return a->clock == b->clock && a->threshold == b->threshold &&
	       a->amount == b->amount;
}

static struct rehearsal_firing *
fired_at(struct course *c, const struct rehearsal_firing *wanted)
{
	for (int i = 0; i < c->fired_count; i++) {
		struct rehearsal_firing *f = &c->fired[i];

		if (same_step(f, wanted) && f->subject == wanted->subject &&
			f->cycle == wanted->cycle)
			return f;
	}
	if (c->fired_count == FIRINGS)
		return NULL;
	c->fired[c->fired_count] = *wanted;
	return &c->fired[c->fired_count++];
}

/* --- firing ------------------------------------------------------------------------- */

static struct table_facts
facts(const struct course *c, const struct promise_state *s)
{
	return (struct table_facts){
		.service = c->events[0].service,
		.category = c->events[0].category,
		.channel = c->events[0].channel,
		.priority = c->priority,
		.vip = c->events[0].vip,
		.vulnerable = c->events[0].vulnerable,
		.team = s->subject ? s->subject : c->team,
		.clock = promise_kind_name(s->kind),
	};
}

/* What the rows of one way say about a clock between two instants. */
static void
fire_rows(struct stage *s, const struct promise_state *clock, int way, int64_t until)
{
	struct course *c = s->course;
	const struct table_facts f = facts(c, clock);
	const struct table_row *row = NULL;

	while ((row = table_next(s->way[way], &f, row))) {
		const struct escalation_step step = {
			.kind = row->threshold == TABLE_OFFSET ? ESCALATION_OFFSET
							       : ESCALATION_PERCENT,
			.amount = row->amount,
		};
		const struct rehearsal_firing wanted = {.clock = clock->kind,
			.subject = clock->subject,
			.cycle = clock->clock.cycle,
			.threshold = row->threshold,
			.amount = row->amount};
		struct escalation_alarm alarm;
		struct rehearsal_firing *fired;

		if (!escalation_due(&clock->clock, &step, &alarm) || alarm.at >= until ||
			!(fired = fired_at(c, &wanted)))
			continue;
		/* Rows with one threshold are one step, which fires once. */
		if (fired->at[way] && fired->at[way] != alarm.at)
			continue;
		fired->at[way] = alarm.at;
		fired->notify[way] |= row->notify;
		fired->any_hour[way] = fired->any_hour[way] || row->any_hour;
	}
}

/* All clocks, up to an instant at which something else happens. */
static void
run_until(struct stage *s, int64_t until)
{
	const struct promise_set *set = &s->course->set;

	for (int i = 0; i < set->count; i++) {
		const struct promise_state now = promise_settled(&set->at[i], until);

		for (int way = 0; now.clock.phase == CLOCK_RUNNING && way < WAYS; way++)
			fire_rows(s, &now, way, until);
	}
}

/* --- folding ------------------------------------------------------------------------ */

static enum actor_kind
actor_kind_of(const char *name)
{
	enum actor_kind k = ACTOR_NOBODY;

	while (k < ACTOR_SYSTEM && strcmp(actor_kind_name(k), name) != 0)
		k++;
	return k;
}

static int64_t
number(const struct pairs *p, const char *name)
{
	const char *text = pairs_get(p, name);

	return text ? strtoll(text, NULL, 10) : 0;
}

/* An amendment is folded into all that came before it. */
static void
take_fact(struct stage *s, const struct promise_fact *f)
{
	struct course *c = s->course;
	struct promise_fact *all;

	c->facts[c->count++] = *f;
	if (promise_step(&c->set, f))
		return;
	all = arena_array(s->work->arena, (size_t)c->count, sizeof *all);
	memcpy(all, c->facts, (size_t)c->count * sizeof *all);
	c->set = (struct promise_set){.arena = s->work->arena};
	promise_fold(&c->set, all, c->count);
}

static void
take(struct stage *s, const struct happened *h)
{
	struct course *c = s->course;
	const struct event e = {
		.seq = h->seq,
		.at = h->at,
		.kind = h->kind,
		.actor = h->actor,
		.actor_kind = actor_kind_of(h->actor_kind),
		.data = h->data,
	};
	struct promise_fact f;

	if (!promise_matters(h->kind))
		return;
	run_until(s, h->at);
	f = facts_of(s->work, s->work->actor->org, &e);
	if (strcmp(h->kind, "priority") == 0)
		c->priority = number(&h->data, "to");
	if (strcmp(h->kind, "moved") == 0)
		c->team = number(&h->data, "to_team");
	take_fact(s, &f);
}

/* --- comparing ---------------------------------------------------------------------- */

static struct rehearsal_step *
step_of(struct rehearsal *r, const struct rehearsal_firing *f)
{
	for (int i = 0; i < r->step_count; i++)
		if (same_step(&r->steps[i].step, f))
			return &r->steps[i];
	if (r->step_count == STEPS)
		return NULL;
	r->steps[r->step_count] = (struct rehearsal_step){.step = *f};
	return &r->steps[r->step_count++];
}

static bool
differs(const struct rehearsal_firing *f)
{
	return (f->at[0] != 0) != (f->at[1] != 0) || f->notify[0] != f->notify[1] ||
	       f->any_hour[0] != f->any_hour[1];
}

/* Only what fired in the month, each way on its own. */
static bool
tell(struct stage *s, struct rehearsal_firing *f)
{
	struct rehearsal_step *step;

	for (int way = 0; way < WAYS; way++)
		if (f->at[way] < s->r->since) {
			f->at[way] = 0;
			f->notify[way] = 0;
			f->any_hour[way] = false;
		}
	if (f->at[0] == 0 && f->at[1] == 0)
		return false;
	step = step_of(s->r, f);
	for (int way = 0; way < WAYS; way++) {
		s->r->firings[way] += f->at[way] != 0;
		if (step)
			step->fired[way] += f->at[way] != 0;
		if (step && f->at[way]) {
			step->step.notify[way] |= f->notify[way];
			step->step.any_hour[way] |= f->any_hour[way];
		}
	}
	if (step)
		step->otherwise += differs(f);
	return differs(f);
}

static void
show(struct stage *s, const struct rehearsal_firing *at, int count)
{
	struct rehearsal *r = s->r;
	const struct happened *h = &s->course->events[0];
	struct rehearsal_stepped *made = &r->stepped[r->shown];
	struct rehearsal_firing *copy;
	struct ticket seen;
	bool may_see = ticket_get(s->work, &s->eyes, h->ticket, &seen) == DONE;

	if (!may_see && h->restricted)
		return;
	copy = arena_array(s->work->arena, (size_t)count, sizeof *copy);
	memcpy(copy, at, (size_t)count * sizeof *copy);
	*made = (struct rehearsal_stepped){.created = h->created,
		.reference = may_see ? h->reference : NULL,
		.service = h->service,
		.channel = h->channel,
		.at = copy,
		.count = count};
	r->shown++;
}

/* What a ticket had before the first change of it is what that change took it from. */
static int64_t
first_value(const struct course *c, const char *kind, const char *from, int64_t now)
{
	for (int i = 0; i < c->event_count; i++)
		if (strcmp(c->events[i].kind, kind) == 0 &&
			pairs_get(&c->events[i].data, from))
			return number(&c->events[i].data, from);
	return now;
}

static void
finish(struct stage *s)
{
	struct course *c = s->course;
	struct rehearsal_firing other[FIRINGS];
	int count = 0;

	if (c->event_count == 0)
		return;
	c->priority = first_value(c, "priority", "from", c->events[0].priority);
	c->team = first_value(c, "moved", "from_team", c->events[0].team);
	c->set = (struct promise_set){.arena = s->work->arena};
	c->count = c->fired_count = 0;
	for (int i = 0; i < c->event_count; i++)
		take(s, &c->events[i]);
	run_until(s, s->work->now + 1);
	for (int i = 0; i < c->fired_count; i++)
		if (tell(s, &c->fired[i]))
			other[count++] = c->fired[i];
	s->r->looked++;
	if (count == 0)
		return;
	s->r->changed++;
	if (s->r->shown < REHEARSAL_SHOWN)
		show(s, other, count);
}

void
rehearsal_steps_run(struct work *w, const struct table *draft, struct rehearsal *r)
{
	const struct scope house = access_house(w->actor->org);
	struct stage s = {
		.work = w,
		.eyes = access_scope(w->actor, w->actor->org, RIGHT_SEE),
		.way = {shelf_table(w, w->actor->org, "escalation"), draft},
		.course = arena_alloc(w->arena, sizeof *s.course),
		.r = r,
	};
	int64_t below = 0, before;

	r->over = REHEARSAL_STEPS;
	r->computable = true;
	r->steps = arena_array(w->arena, STEPS, sizeof *r->steps);
	r->stepped = arena_array(w->arena, REHEARSAL_SHOWN, sizeof *r->stepped);
	s.course->event_count = 0;
	do {
		struct rows rows = happened_read(w, &house, r->since, below, PAGE);
		struct happened h;

		before = s.tickets;
		while (happened_next(w, &rows, &h)) {
			if (h.ticket != below) {
				finish(&s);
				s.course->event_count = 0;
				s.tickets++;
			}
			below = h.ticket;
			if (s.course->event_count < EVENTS)
				s.course->events[s.course->event_count++] = h;
		}
	} while (s.tickets != before && s.tickets < REHEARSAL_MOST);
	finish(&s);
	r->cut = s.tickets != before;
}
