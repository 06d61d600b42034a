/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/escalate.h"

#include "base/log.h"
#include "desk/facts.h"
#include "desk/letters.h"
#include "desk/notices.h"
#include "desk/status.h"
#include "desk/steps.h"
#include "desk/timeline.h"
#include "store/escalation_row.h"
#include "store/put_aside.h"
#include "store/shelf.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LATE_AFTER = 60 };

/* What has fired is kept as "CYCLE;step;step": another cycle begins with none. */
static bool
has_fired(const struct promise_state *s, const char *key)
{
	char *rest;
	size_t n = strlen(key);

	if (!*s->fired || strtoll(s->fired, &rest, 10) != s->clock.cycle)
		return false;
	while (*rest == ';') {
		const char *one = rest + 1;
		size_t length = strcspn(one, ";");

		if (length == n && memcmp(one, key, n) == 0)
			return true;
		rest += 1 + length;
	}
	return false;
}

static void
note_fired(struct work *w, struct promise_state *s, const char *key)
{
	bool same = *s->fired && strtoll(s->fired, NULL, 10) == s->clock.cycle;

	if (same)
		s->fired = arena_printf(w->arena, "%s;%s", s->fired, key);
	else
		s->fired = arena_printf(w->arena, "%" PRId64 ";%s", s->clock.cycle, key);
}

static const char breach_key[] = "breach";

/* "percent 75", "offset -1800", "days -2" */
static const char *
key_of(struct work *w, const struct step *s)
{
	static const char *const kinds[] = {
		[ESCALATION_PERCENT] = "percent",
		[ESCALATION_OFFSET] = "offset",
		[ESCALATION_DAYS] = "days",
	};

	return arena_printf(w->arena, "%s %" PRId64, kinds[s->step.kind], s->step.amount);
}

/* A step or the breach, and when. */
struct alarm {
	const struct step *step; /* NULL: the breach */
	int64_t at, threshold;
	bool late;
};

static bool
breach_alarm(const struct promise_state *s, struct alarm *a)
{
	struct escalation_alarm found;

	if (has_fired(s, breach_key) || !escalation_breach(&s->clock, &found))
		return false;
	*a = (struct alarm){.at = found.at, .threshold = clock_length(&s->clock)};
	return true;
}

static bool
step_alarm(struct work *w, const struct promise_state *s, const struct step *step,
	struct alarm *a)
{
	struct escalation_alarm found;

	if ((*s->fired && has_fired(s, key_of(w, step))) ||
		!escalation_due(&s->clock, &step->step, &found))
		return false;
	*a = (struct alarm){
		.step = step,
		.at = found.at,
		.threshold = escalation_spent(&step->step, &s->clock),
		.late = found.late,
	};
	return true;
}

/* When a reminder of a wait is due. */
struct chase {
	int64_t at;
	int number; /* from 1 */
	const char *key;
};

/* The first reminder of a wait that has not been sent; false when there is none. */
static bool
next_chase(struct work *w, const struct promise_state *s, const struct event *waiting,
	struct chase *c)
{
	const char *at = pairs_get(&waiting->data, "chases");
	char *end;

	c->number = 0;
	for (; at && *at; at = end) {
		c->at = strtoll(at, &end, 10);
		if (end == at)
			return false;
		c->number++;
		c->key = arena_printf(
			w->arena, "chase %" PRId64 " %d", waiting->seq, c->number);
		if (!has_fired(s, c->key))
			return true;
	}
	return false;
}

/* Of several clocks one sends the reminders. */
static bool
reminds(const struct promise_state *s)
{
	return s->kind == PROMISE_RESOLUTION;
}

/* The wait that a clock is in: the one that paused it; or that of the ticket, for a clock
 * that waiting does not stop, or that went on by itself before anybody saw it. `e` is the
 * event at hand, or NULL. */
static bool
wait_of(struct work *w, const struct ticket *t, const struct promise_state *s,
	const struct event *e, struct event *waiting)
{
	if (s->paused && e && e->seq == s->paused)
		*waiting = *e;
	else if (s->paused)
		return event_get(w, t, s->paused, waiting) == DONE;
	else
		return t->status == TICKET_WAITING &&
		       event_last(w, t, "waiting", waiting) == DONE;
	return true;
}

/* When a wait ends by itself, or TIMES_NONE. */
static int64_t
end_of(const struct event *waiting)
{
	return pairs_get(&waiting->data, "until") ? facts_number(waiting, "until")
						  : TIMES_NONE;
}

/* When a wait wants attention: its next reminder, or its end. */
static int64_t
next_of_wait(struct work *w, const struct ticket *t, const struct promise_state *s,
	const struct event *e)
{
	struct event waiting;
	struct chase chase;
	int64_t end;

	if (!wait_of(w, t, s, e, &waiting))
		return s->until;
	end = end_of(&waiting);
	if (reminds(s) && next_chase(w, s, &waiting, &chase) &&
		(end == TIMES_NONE || chase.at < end))
		return chase.at;
	return end;
}

static int64_t
next_of_run(struct work *w, const struct table *table, const struct ticket *t,
	const struct promise_state *s)
{
	int64_t next = TIMES_NONE;
	struct steps steps;
	struct alarm a;

	if (t->status == TICKET_WAITING)
		next = next_of_wait(w, t, s, NULL);
	steps_find(w, table, t, s, &steps);
	for (int i = 0; i < steps.count; i++)
		if (step_alarm(w, s, &steps.at[i], &a) &&
			(next == TIMES_NONE || a.at < next))
			next = a.at;
	if (breach_alarm(s, &a) && (next == TIMES_NONE || a.at < next))
		next = a.at;
	return next;
}

void
escalate_arm(struct work *w, const struct ticket *t, struct promise_state *s,
	const struct event *e)
{
	s->next_at = TIMES_NONE;
	if (s->clock.phase == CLOCK_PAUSED)
		s->next_at = next_of_wait(w, t, s, e);
	else if (s->clock.phase == CLOCK_RUNNING)
		s->next_at = next_of_run(w, shelf_table(w, t->org, "escalation"), t, s);
}

void
escalate_arm_by(struct work *w, const struct table *table, const struct ticket *t,
	struct promise_state *s)
{
	if (s->clock.phase == CLOCK_RUNNING)
		s->next_at = next_of_run(w, table, t, s);
	else
		escalate_arm(w, t, s, NULL);
}

static int
by_time(const void *a, const void *b)
{
	const struct alarm *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->threshold != y->threshold)
		return x->threshold < y->threshold ? -1 : 1;
	return (x->step == NULL) - (y->step == NULL);
}

static int64_t
due_of(const struct promise_state *s, const struct alarm *a)
{
	return a->step ? a->at : clock_read(&s->clock, a->at).breach;
}

static void
fire(struct work *w, struct ticket *t, struct promise_state *s, const struct alarm *a)
{
	const struct escalation_row row = {
		.step = a->step ? key_of(w, a->step) : breach_key,
		.due = due_of(s, a),
		.late = a->late || a->at + LATE_AFTER < w->now,
		.seq = t->events + 1,
	};
	struct event e = {
		.kind = a->step ? "escalated" : "breached",
		.actor_kind = ACTOR_SYSTEM,
	};
	const struct notice notice = {
		.clock = s,
		.step = a->step ? &a->step->step : NULL,
		.notify = a->step ? a->step->notify : 0,
		.any_hour = a->step && a->step->any_hour,
	};

	if (!escalation_row_insert(w, t, s, &row)) {
		note_fired(w, s, row.step);
		return;
	}
	note_fired(w, s, row.step);
	pairs_add(w->arena, &e.data, "clock", promise_kind_name(s->kind));
	pairs_add_int(w->arena, &e.data, "subject", s->subject);
	pairs_add(w->arena, &e.data, "step", row.step);
	pairs_add_int(w->arena, &e.data, "due", row.due);
	if (row.late)
		pairs_add(w->arena, &e.data, "late", "1");
	pairs_add(w->arena, &e.data, "told", notices_step(w, t, &notice));
	timeline_add(w, t, &e);
}

/* Everything that is due for a running clock, in the order of its thresholds. */
static void
fire_run(struct work *w, struct ticket *t, struct promise_state *s)
{
	struct alarm *due;
	struct steps steps;
	int n = 0;

	steps_find(w, shelf_table(w, t->org, "escalation"), t, s, &steps);
	due = arena_array(w->arena, (size_t)steps.count + 1, sizeof *due);
	for (int i = 0; i < steps.count; i++)
		if (step_alarm(w, s, &steps.at[i], &due[n]) && due[n].at <= w->now)
			n++;
	if (breach_alarm(s, &due[n]) && due[n].at <= w->now)
		n++;
	qsort(due, (size_t)n, sizeof *due, by_time);
	for (int i = 0; i < n; i++)
		fire(w, t, s, &due[i]);
}

/* After a time without service one reminder is enough: the last that is due. */
static void
fire_wait(struct work *w, struct ticket *t, struct promise_state *s)
{
	struct event e = {.kind = "reminded", .actor_kind = ACTOR_SYSTEM, .public = true};
	struct event waiting, question;
	struct chase chase;
	int number = 0;

	if (!reminds(s) || !wait_of(w, t, s, NULL, &waiting))
		return;
	while (next_chase(w, s, &waiting, &chase) && chase.at <= w->now) {
		const struct escalation_row row = {
			.step = chase.key,
			.due = chase.at,
			.late = chase.at + LATE_AFTER < w->now,
			.seq = t->events + 1,
		};

		if (escalation_row_insert(w, t, s, &row))
			number = chase.number;
		note_fired(w, s, chase.key);
	}
	if (number == 0)
		return;
	if (event_get(w, t, facts_number(&waiting, "question"), &question) != DONE)
		question = (struct event){.body = ""};
	letters_reminder(w, t, question.body);
	pairs_add_int(w->arena, &e.data, "n", number);
	pairs_add_int(w->arena, &e.data, "waiting", waiting.seq);
	timeline_add(w, t, &e);
}

/* Is the wait of a ticket over, and was it for want of an answer to the reminders? */
static bool
waited_enough(struct work *w, const struct ticket *t, const struct promise_set *set,
	bool *by_chase)
{
	struct event waiting;
	int64_t end = TIMES_NONE;

	for (int i = 0; i < set->count; i++)
		if (set->at[i].paused && set->at[i].until != TIMES_NONE) {
			*by_chase = set->at[i].until_chase;
			return set->at[i].until <= w->now;
		}
	if (t->status == TICKET_WAITING && event_last(w, t, "waiting", &waiting) == DONE)
		end = end_of(&waiting);
	if (end == TIMES_NONE || end > w->now)
		return false;
	*by_chase = pairs_get(&waiting.data, "limit") &&
		    strcmp(pairs_get(&waiting.data, "limit"), "chase") == 0;
	return true;
}

/* The clocks went on by themselves at that instant; now the ticket does. */
static enum outcome
end_wait(struct work *w, struct ticket *t, bool by_chase)
{
	struct event e = {.kind = "resumed", .actor_kind = ACTOR_SYSTEM, .public = true};

	/* Who is about to write must see that the ticket is back. */
	if (ticket_hold_for_house(w, t->org, t->id, t) != DONE)
		return MISSING;
	pairs_add(w->arena, &e.data, "why", by_chase ? "chase" : "review");
	if (t->status == TICKET_WAITING && status_change(w, t, TICKET_OPEN, NULL) != DONE)
		return FAULT; /* no table can refuse it */
	timeline_add(w, t, &e);
	return DONE;
}

/* Does what is due for the clocks of a ticket and arms them anew; all of them, when what
 * arms them has changed. */
static void
attend(struct work *w, struct ticket *t, bool all)
{
	struct promise_set *set = kept_clock_of(w, t);

	for (int i = 0; i < set->count; i++) {
		struct promise_state *s = &set->at[i];
		bool runs = s->clock.phase == CLOCK_RUNNING;

		if (!all && (s->next_at == TIMES_NONE || s->next_at > w->now))
			continue;
		if (runs)
			fire_run(w, t, s);
		if (s->clock.phase == CLOCK_PAUSED ||
			(runs && t->status == TICKET_WAITING))
			fire_wait(w, t, s);
		escalate_arm(w, t, s, NULL);
	}
}

enum outcome
escalate_ticket(struct work *w, int64_t org, int64_t ticket)
{
	enum outcome ended = DONE;
	bool all, by_chase;
	struct ticket t;

	if (ticket_hold_as_it_is(w, org, ticket, &t) != DONE)
		return MISSING;
	if (!kept_clock_is_whole(w, &t))
		return FAULT;
	all = t.next_at == 0;
	if (waited_enough(w, &t, kept_clock_of(w, &t), &by_chase))
		ended = end_wait(w, &t, by_chase);
	if (ended != DONE)
		return ended;
	attend(w, &t, all);
	t.next_at = TIMES_NONE; /* they are armed */
	ticket_save(w, &t);
	return DONE;
}

static bool
escalate(struct work *w, const struct kept_clock_due *due)
{
	if (escalate_ticket(w, due->org, due->ticket) == FAULT)
		return false;
	kept_clock_disarm(w, due->org, due->ticket);
	return !db_failed(w->db);
}

int
escalate_due(struct work *w, int limit)
{
	struct kept_clock_due *due = arena_array(w->arena, (size_t)limit, sizeof *due);
	int n = kept_clock_due(w, limit, due);

	for (int i = 0; i < n; i++)
		if (!escalate(w, &due[i]))
			return -1;
	return n;
}

enum outcome
escalate_one(struct work *w, const struct kept_clock_due *due)
{
	if (!escalate(w, due))
		return FAULT;
	put_aside_remove(w, due->org, due->ticket);
	return DONE;
}

void
escalate_put_aside(struct work *w, const struct kept_clock_due *due)
{
	struct scope all = access_house(due->org);
	struct ticket t;

	if (!put_aside_add(w, due->org, due->ticket))
		return;
	if (ticket_get(w, &all, due->ticket, &t) == DONE)
		log_error("%s: what its clocks want could not be done; it is put aside "
			  "and tried again",
			t.reference);
}
