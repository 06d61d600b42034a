/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/promises.h"

#include "store/clock_row.h"
#include "store/shelf.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_EVENTS = 100000 };

static int64_t
number(const struct event *e, const char *name)
{
	const char *text = pairs_get(&e->data, name);

	return text ? strtoll(text, NULL, 10) : 0;
}

static struct promise_fact
fact_of(struct work *w, const struct ticket *t, const struct event *e)
{
	const char *unit = pairs_get(&e->data, "unit");
	struct promise_fact f = {
		.seq = e->seq,
		.at = e->at,
		.kind = e->kind,
		.by_person = e->actor_kind == ACTOR_STAFF || e->actor_kind == ACTOR_API,
		.terms = unit != NULL,
	};

	if (!f.terms)
		return f;
	f.response = number(e, "response");
	f.resolution = number(e, "resolution");
	f.working_days = strcmp(unit, "working_days") == 0;
	f.calendar_id = number(e, "calendar");
	f.calendar_version = number(e, "calendar_version");
	f.calendar = shelf_calendar_version(w, t->org, f.calendar_id, f.calendar_version);
	return f;
}

static struct promise_state
rebuild(struct work *w, const struct ticket *t, enum promise_kind k)
{
	int count = (int)(t->events < MOST_EVENTS ? t->events : MOST_EVENTS);
	struct event_list list;
	struct promise_fact *facts;

	event_read(w, t, EVENT_FOR_HOUSE, 0, count > 0 ? count : 1, &list);
	facts = arena_array(w->arena, (size_t)list.count, sizeof *facts);
	for (int i = 0; i < list.count; i++)
		facts[i] = fact_of(w, t, &list.at[i]);
	return promise_fold(k, facts, list.count);
}

/* Does any clock care for this kind of event? Saves reading for notes and the like. */
static bool
matters(const char *kind)
{
	static const char *const kinds[] = {"received", "message", "reply", "waiting",
		"resumed", "resolved", "closed", "reopened", "priority", "cancelled"};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

static void
write_rows(struct work *w, const struct ticket *t, const struct promise_state *states)
{
	for (int k = 0; k < PROMISE_KINDS; k++)
		if (states[k].made)
			clock_row_write(w, t, k, &states[k]);
}

void
promises_apply(struct work *w, struct ticket *t, const struct event *e)
{
	struct promise_state read[PROMISE_KINDS] = {{.made = false}};
	struct promise_state *states = t->clocks ? t->clocks : read;
	struct promise_fact f;

	if (!matters(e->kind))
		return;
	if (!t->clocks && strcmp(e->kind, "received") != 0)
		clock_row_read(w, t, states);
	f = fact_of(w, t, e);
	for (int k = 0; k < PROMISE_KINDS; k++)
		if (!promise_step(k, &states[k], &f))
			states[k] = rebuild(w, t, k);
	if (!t->clocks)
		write_rows(w, t, states);
	t->due = promise_sort(states, e->at);
}

void
promises_hold(struct work *w, struct ticket *t)
{
	t->clocks = arena_array(w->arena, PROMISE_KINDS, sizeof *t->clocks);
	if (t->events > 0)
		clock_row_read(w, t, t->clocks);
}

void
promises_keep(struct work *w, struct ticket *t)
{
	write_rows(w, t, t->clocks);
	t->clocks = NULL;
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

void
promises_read(struct work *w, const struct ticket *t, struct promise_list *list)
{
	struct promise_state states[PROMISE_KINDS];

	*list = (struct promise_list){.count = 0};
	clock_row_read(w, t, states);
	for (int k = 0; k < PROMISE_KINDS; k++) {
		const struct promise_state *s = &states[k];
		struct clock_reading r;

		if (!s->made)
			continue;
		r = clock_read(&s->clock, w->now);
		list->at[list->count++] = (struct promise){
			.kind = promise_kind_name(k),
			.working_days = s->clock.unit == CLOCK_WORKING_DAYS,
			.target = s->clock.target,
			.calendar = s->clock.calendar,
			.calendar_id = s->calendar_id,
			.calendar_version = s->calendar_version,
			.state = phase_name(r.phase),
			.due = r.due,
			.breach = r.breach,
			.spent = r.spent,
			.left = r.left,
			.started = s->clock.began,
			.stopped = r.phase == CLOCK_STOPPED ? s->clock.since : TIMES_NONE,
			.met = r.result == CLOCK_MET,
		};
	}
}

const char *
promises_due_date(struct work *w, const struct ticket *t, const struct words *words)
{
	struct promise_list list;

	promises_read(w, t, &list);
	for (int i = 0; i < list.count; i++) {
		const struct promise *p = &list.at[i];

		if (strcmp(p->kind, "resolution") == 0 && p->due != TIMES_NONE)
			return words_date(w->arena, words,
				zone_time_at(calendar_zone(p->calendar), p->due).date,
				DATE_WEEKDAY);
	}
	return NULL;
}

bool
promises_check(struct work *w, const struct ticket *t)
{
	for (int k = 0; k < PROMISE_KINDS; k++) {
		struct promise_state s = rebuild(w, t, k);
		const char *stored = clock_row_stored(w, t, k);
		const char *right = s.made ? clock_row_text(w->arena, &s) : NULL;

		if ((stored == NULL) != (right == NULL) ||
			(stored && strcmp(stored, right) != 0))
			return false;
	}
	return true;
}
