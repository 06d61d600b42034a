/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/promise_set.h"

#include "base/arena.h"

#include <string.h>

static const char *const kind_names[PROMISE_KINDS] = {
	[PROMISE_RESPONSE] = "response",
	[PROMISE_RESOLUTION] = "resolution",
	[PROMISE_UPDATE] = "update",
	[PROMISE_TEAM] = "team",
	[PROMISE_SUPPLIER] = "supplier",
};

const char *
promise_kind_name(enum promise_kind k)
{
	return kind_names[k];
}

enum promise_kind
promise_kind_named(const char *name)
{
	enum promise_kind k = 0;

	while (k < PROMISE_KINDS && strcmp(kind_names[k], name) != 0)
		k++;
	return k;
}

static void *
grown(struct arena *a, const void *at, int count, int *size, size_t each)
{
	void *more;

	*size = *size * 2 + 4;
	more = arena_array(a, (size_t)*size, each);
	if (count > 0)
		memcpy(more, at, (size_t)count * each);
	return more;
}

struct promise_state *
promise_set_find(const struct promise_set *set, enum promise_kind k, int64_t subject)
{
	for (int i = 0; i < set->count; i++)
		if (set->at[i].kind == k && set->at[i].subject == subject)
			return &set->at[i];
	return NULL;
}

struct promise_state *
promise_set_add(struct promise_set *set, enum promise_kind k, int64_t subject)
{
	if (set->count == set->size)
		set->at = grown(
			set->arena, set->at, set->count, &set->size, sizeof *set->at);
	set->at[set->count] = (struct promise_state){
		.kind = k,
		.subject = subject,
		.until = TIMES_NONE,
		.next_at = TIMES_NONE,
		.fired = "",
	};
	return &set->at[set->count++];
}

/* The last of a clock's pauses for an event, or NULL. */
static struct promise_pause *
last_pause(const struct promise_set *set, const struct promise_state *s)
{
	for (int i = set->pause_count - 1; i >= 0; i--)
		if (set->pauses[i].kind == s->kind &&
			set->pauses[i].subject == s->subject &&
			set->pauses[i].seq == s->paused)
			return &set->pauses[i];
	return NULL;
}

bool
promise_set_late(const struct clock *c)
{
	int64_t length = clock_length(c);

	if (c->spent * 10 >= length * 9)
		return true;
	return c->unit == CLOCK_WORKING_DAYS && c->spent == length - 1 &&
	       c->since >= c->day_zero;
}

/* One that ended in the very instant in which it goes on is the same pause. */
static void
note_pause(struct promise_set *set, const struct promise_state *s, int64_t at)
{
	struct promise_pause *same = last_pause(set, s);

	if (same && same->began == at) {
		same->ended = TIMES_NONE;
		same->why = "";
		return;
	}
	if (set->pause_count == set->pause_size)
		set->pauses = grown(set->arena, set->pauses, set->pause_count,
			&set->pause_size, sizeof *set->pauses);
	set->pauses[set->pause_count++] = (struct promise_pause){
		.kind = s->kind,
		.subject = s->subject,
		.seq = s->paused,
		.began = at,
		.ended = TIMES_NONE,
		.why = "",
		.spent = s->clock.spent,
		.target = clock_length(&s->clock),
		.unit = clock_unit_of_dates(s->clock.unit) ? CLOCK_DAYS : s->clock.unit,
		.late = promise_set_late(&s->clock),
	};
}

static void
note_pause_end(struct promise_set *set, const struct promise_state *s, int64_t at,
	const char *why)
{
	struct promise_pause *p = last_pause(set, s);

	if (!p || p->ended != TIMES_NONE) {
		note_pause(set, s, TIMES_NONE);
		p = &set->pauses[set->pause_count - 1];
	}
	p->ended = at;
	p->why = why;
}

/* What began anew left a verdict, unless nothing was decided. */
static void
note_ended(struct promise_set *set, const struct promise_state *s,
	const struct clock_cycle *c)
{
	if (set->ended_count == set->ended_size)
		set->ended = grown(set->arena, set->ended, set->ended_count,
			&set->ended_size, sizeof *set->ended);
	set->ended[set->ended_count++] = (struct promise_ended){
		.kind = s->kind,
		.subject = s->subject,
		.cycle = c->number,
		.stopped = c->ended,
		.met = c->result == CLOCK_MET,
		.tightened = c->tightened,
	};
}

static void
trace_add(struct promise_trace *t, struct arena *a, struct clock_event e)
{
	int size = (int)t->size;

	if (t->count == t->size)
		t->events = grown(a, t->events, (int)t->count, &size, sizeof e);
	t->size = (size_t)size;
	e.sequence = (int64_t)t->count;
	t->events[t->count++] = e;
}

/* Clock events stand in the trace as they were recorded, and what amends them too. */
static void
trace(struct promise_set *set, const struct promise_state *s,
	const struct promise_cause *cause, struct clock_event e)
{
	struct promise_trace *t = set->trace;
	const struct clock_event amend = {
		.id = cause->amendment,
		.at = cause->amended,
		.act = CLOCK_AMEND,
		.amends = cause->seq,
		.amended_at = cause->at,
	};

	if (!t || t->kind != s->kind || t->subject != s->subject)
		return;
	e.id = cause->seq;
	if (cause->amendment)
		e.at = cause->recorded;
	trace_add(t, set->arena, e);
	if (cause->amendment)
		trace_add(t, set->arena, amend);
}

void
promise_set_traced(struct promise_set *set, const struct promise_state *s,
	const struct clock_policy *p)
{
	struct promise_trace *t = set->trace;

	if (!t || t->kind != s->kind || t->subject != s->subject)
		return;
	t->policy = *p;
	t->count = 0;
}

void
promise_set_apply(struct promise_set *set, struct promise_state *s,
	const struct promise_cause *cause, struct clock_event e)
{
	bool paused = s->clock.phase == CLOCK_PAUSED;
	struct clock_cycle ended;

	trace(set, s, cause, e);
	/* Events come in order and none is an amendment, so there is nothing to rebuild;
	 * one without effect is logged by the ticket's own timeline. */
	(void)!clock_apply(&s->clock, &e, &ended);
	s->changed = true;
	if (ended.number && e.mode == CLOCK_MODE_RESTART &&
		(ended.result == CLOCK_MET || ended.result == CLOCK_MISSED))
		note_ended(set, s, &ended);
	if (!paused && s->clock.phase == CLOCK_PAUSED) {
		note_pause(set, s, e.at);
	} else if (paused && s->clock.phase != CLOCK_PAUSED) {
		note_pause_end(set, s, e.at, cause->why);
		s->paused = 0;
		s->until = TIMES_NONE;
		s->until_chase = false;
	}
}

void
promise_set_settle(struct promise_set *set, struct promise_state *s, int64_t at)
{
	/* Not before what happened last: an amendment may have moved the wait. */
	const struct promise_cause itself = {
		.at = clock_stamp(&s->clock, s->until),
		.why = s->until_chase ? "chase" : "review",
	};

	if (s->clock.phase == CLOCK_PAUSED && s->until != TIMES_NONE && s->until <= at)
		promise_set_apply(set, s, &itself,
			(struct clock_event){.at = itself.at, .act = CLOCK_RESUME});
}

void
promise_set_forget(struct promise_set *set, const struct promise_state *s)
{
	int kept = 0;

	for (int i = 0; i < set->pause_count; i++)
		if (set->pauses[i].kind != s->kind ||
			set->pauses[i].subject != s->subject)
			set->pauses[kept++] = set->pauses[i];
	set->pause_count = kept;
	kept = 0;
	for (int i = 0; i < set->ended_count; i++)
		if (set->ended[i].kind != s->kind || set->ended[i].subject != s->subject)
			set->ended[kept++] = set->ended[i];
	set->ended_count = kept;
}
