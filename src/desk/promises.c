/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/promises.h"

#include "desk/escalate.h"
#include "desk/facts.h"
#include "desk/pauses.h"
#include "store/kept_clock.h"
#include "store/shelf.h"
#include "store/team.h"
#include "store/verdict.h"

#include <stdlib.h>
#include <string.h>

/* All from the events again; what has fired stays so. */
static void
rebuild(struct work *w, struct ticket *t, struct promise_set *set)
{
	struct promise_set was = *set;
	struct event_list events;

	*set = (struct promise_set){.arena = w->arena, .whole = true};
	event_read_facts(w, t->org, t->id, t->id, &events);
	promise_fold(set, facts_of_all(w, t->org, events.at, events.count), events.count);
	for (int i = 0; i < set->count; i++) {
		const struct promise_state *old = promise_set_find(
			&was, set->at[i].kind, set->at[i].subject);

		if (old)
			set->at[i].fired = old->fired;
	}
	pauses_rewrite(w, t, set, &events);
	set->pause_count = 0;
}

/* Arms what has changed, and writes what became of pauses. */
static void
follow(struct work *w, struct ticket *t, struct promise_set *set, const struct event *e)
{
	const struct table *steps = NULL;

	for (int i = 0; i < set->count; i++) {
		struct promise_state *s = &set->at[i];

		if (!s->changed)
			continue;
		if (s->clock.phase == CLOCK_RUNNING) {
			if (!steps)
				steps = shelf_table(w, t->org, "escalation");
			escalate_arm_by(w, steps, t, s);
		} else {
			escalate_arm(w, t, s, e);
		}
		s->changed = false;
	}
	pauses_keep(w, t, set, e);
	set->pause_count = 0;
}

void
promises_apply(struct work *w, struct ticket *t, const struct event *e)
{
	struct promise_set *set;
	struct promise_fact f;

	if (!promise_matters(e->kind))
		return;
	set = kept_clock_of(w, t);
	f = facts_of(w, t->org, e);
	if (!promise_step(set, &f))
		rebuild(w, t, set);
	if (!t->history)
		follow(w, t, set, e);
	t->due = promise_sort(set, e->at);
}

void
promises_hold(struct ticket *t)
{
	t->history = true;
}

void
promises_keep(struct work *w, struct ticket *t)
{
	follow(w, t, kept_clock_of(w, t), NULL);
	t->history = false;
}

static const char *
phase_name(enum clock_phase phase)
{
	switch (phase) {
	case CLOCK_RUNNING: return "running";
	case CLOCK_PAUSED: return "paused";
	case CLOCK_STOPPED: return "stopped";
	case CLOCK_CANCELLED: return "cancelled";
	case CLOCK_NONE: break;
	}
	return "none";
}

static const char *
leg_name(struct work *w, const struct ticket *t, int64_t team)
{
	struct team found;

	if (team == 0)
		return "";
	if (team == t->team)
		return t->team_name;
	return team_get(w, t->org, team, &found) == DONE ? found.name : "";
}

static struct promise
promise_of(struct work *w, const struct ticket *t, const struct promise_state *stored)
{
	struct promise_state s = promise_settled(stored, w->now);
	struct clock_reading r = clock_read(&s.clock, w->now);

	struct promise p = {
		.kind = promise_kind_name(s.kind),
		.subject = s.subject,
		.team_name = leg_name(w, t, s.subject),
		.unit = s.clock.unit,
		.target = s.clock.target,
		.calendar = s.clock.calendar,
		.calendar_id = s.calendar_id,
		.calendar_version = s.calendar_version,
		.state = phase_name(r.phase),
		.due = r.due,
		.breach = r.breach,
		.tightened = r.tightened,
		.revised_due = r.revised_due,
		.spent = r.spent,
		.left = r.left,
		.cycle = s.clock.cycle,
		.started = s.clock.began,
		.stopped = r.phase == CLOCK_STOPPED ? s.clock.since : TIMES_NONE,
		.until = s.until,
		.met = r.result == CLOCK_MET,
	};

	(void)!clock_dates(&s.clock, w->now, &p.dates);
	return p;
}

static int
by_kind(const void *a, const void *b)
{
	const struct promise_state *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->clock.began != y->clock.began)
		return x->clock.began < y->clock.began ? -1 : 1;
	return (x->subject > y->subject) - (x->subject < y->subject);
}

void
promises_read(struct work *w, const struct ticket *t, struct promise_list *list)
{
	struct promise_set set = {.arena = w->arena};

	kept_clock_read(w, t, &set);
	if (set.count > 1)
		qsort(set.at, (size_t)set.count, sizeof *set.at, by_kind);
	*list = (struct promise_list){
		.at = arena_array(w->arena, (size_t)set.count, sizeof *list->at),
	};
	for (int i = 0; i < set.count; i++)
		if (set.at[i].clock.phase != CLOCK_NONE) /* it begins with what comes */
			list->at[list->count++] = promise_of(w, t, &set.at[i]);
}

const char *
promises_due_date(struct work *w, const struct ticket *t, const struct words *words)
{
	struct promise_set set = {.arena = w->arena};
	const struct promise_state *s;
	struct promise p;

	kept_clock_read(w, t, &set);
	s = promise_set_find(&set, PROMISE_RESOLUTION, 0);
	if (!s)
		return NULL;
	p = promise_of(w, t, s);
	if (p.due == TIMES_NONE)
		return NULL;
	/* What is due at midnight is due by the end of the date before. */
	return words_date(w->arena, words,
		zone_time_at(calendar_zone(p.calendar), p.due - 1).date, DATE_WEEKDAY);
}

void
promises_rebuild(struct work *w, const struct ticket *t, struct promise_set *set)
{
	struct event_list events;

	event_read_facts(w, t->org, t->id, t->id, &events);
	promise_fold(set, facts_of_all(w, t->org, events.at, events.count), events.count);
}

void
promises_rebuild_unpaused(struct work *w, const struct ticket *t, struct promise_set *set)
{
	struct event_list events;

	event_read_course(w, t->org, t->id, &events);
	promise_fold(set, facts_of_all(w, t->org, events.at, events.count), events.count);
}

/* What is stored of a run of tickets, walked through by ticket. */
struct stored {
	struct event_list events;
	struct kept_clock_list clocks;
	struct pause_list pauses;
	int event, clock, pause; /* the next of each */
};

static bool
pause_is_there(const struct stored *s, int from, int to, const char *text, struct work *w)
{
	for (int i = from; i < to; i++)
		if (strcmp(pauses_text(w->arena, &s->pauses.at[i]), text) == 0)
			return true;
	return false;
}

static const struct event *
event_of(const struct stored *s, int from, int to, int64_t seq)
{
	static const struct event none = {.kind = ""};

	for (int i = from; i < to; i++)
		if (s->events.at[i].seq == seq)
			return &s->events.at[i];
	return &none;
}

/* Steps over what belongs to a ticket, and says whether all of it is right. */
static bool
check_next(struct work *w, int64_t org, int64_t ticket, struct stored *s)
{
	struct promise_set set = {.arena = w->arena};
	int event = s->event, pause = s->pause;
	const struct kept_clock_row *row;

	while (s->event < s->events.count && s->events.at[s->event].ticket == ticket)
		s->event++;
	while (s->clock < s->clocks.count && s->clocks.at[s->clock].ticket < ticket)
		s->clock++;
	while (s->pause < s->pauses.count && s->pauses.at[s->pause].ticket == ticket)
		s->pause++;
	promise_fold(&set, facts_of_all(w, org, &s->events.at[event], s->event - event),
		s->event - event);
	if (s->clock == s->clocks.count || set.pause_count != s->pause - pause)
		return false;
	row = &s->clocks.at[s->clock];
	if (row->ticket != ticket ||
		strcmp(row->fold, kept_clock_fold(w->arena, &set)) != 0 ||
		strcmp(row->verdicts, verdict_text(w->arena, &set)) != 0)
		return false;
	for (int i = 0; i < set.pause_count; i++) {
		const struct promise_pause *p = &set.pauses[i];
		struct pause right = pauses_row(p, event_of(s, event, s->event, p->seq));

		if (!pause_is_there(s, pause, s->pause, pauses_text(w->arena, &right), w))
			return false;
	}
	return true;
}

int
promises_check_page(struct work *w, int64_t org, int64_t *ids, int count)
{
	struct stored s = {.event = 0};
	int wrong = 0;

	if (count == 0)
		return 0;
	event_read_facts(w, org, ids[0], ids[count - 1], &s.events);
	kept_clock_rows(w, org, ids[0], ids[count - 1], &s.clocks);
	pause_read_run(w, org, ids[0], ids[count - 1], &s.pauses);
	for (int i = 0; i < count; i++)
		if (!check_next(w, org, ids[i], &s))
			ids[wrong++] = ids[i];
	return wrong;
}

bool
promises_check(struct work *w, const struct ticket *t)
{
	int64_t id = t->id;

	return promises_check_page(w, t->org, &id, 1) == 0;
}
