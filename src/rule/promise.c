/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/promise.h"

#include <stdlib.h>
#include <string.h>

static bool
is(const struct promise_fact *f, const char *kind)
{
	return strcmp(f->kind, kind) == 0;
}

static bool
is_leg(enum promise_kind k)
{
	return k == PROMISE_TEAM || k == PROMISE_SUPPLIER;
}

static void
apply(struct promise_set *set, struct promise_state *s, const struct promise_fact *f,
	struct clock_event e)
{
	const struct promise_cause cause = {
		.seq = f->seq,
		.recorded = f->recorded,
		.amendment = f->amendment,
		.amended = f->amended,
		.at = f->at,
		.why = *f->why ? f->why : f->kind,
	};

	e.at = f->at;
	promise_set_apply(set, s, &cause, e);
}

static void
change_target(struct promise_set *set, struct promise_state *s,
	const struct promise_fact *f, int64_t target, enum clock_mode mode)
{
	apply(set, s, f,
		(struct clock_event){
			.act = CLOCK_TARGET, .mode = mode, .target = target});
}

static void
change_calendar(struct promise_set *set, struct promise_state *s,
	const struct promise_fact *f, const struct calendar *calendar)
{
	apply(set, s, f,
		(struct clock_event){.act = CLOCK_CALENDAR, .calendar = calendar});
}

static void
act(struct promise_set *set, struct promise_state *s, const struct promise_fact *f,
	enum clock_act a, enum clock_mode mode)
{
	bool stopped = s->clock.phase == CLOCK_STOPPED;

	apply(set, s, f, (struct clock_event){.act = a, .mode = mode});
	if (stopped && s->clock.phase == CLOCK_RUNNING && s->next_target) {
		change_target(set, s, f, s->next_target, CLOCK_MODE_CARRY);
		s->next_target = 0;
	}
}

static void
pause(struct promise_set *set, struct promise_state *s, const struct promise_fact *f,
	int64_t seq, int64_t until, bool until_chase)
{
	s->changed = true; /* what does not pause wants attention with the wait too */
	if (s->no_pause || s->clock.phase != CLOCK_RUNNING)
		return;
	s->paused = seq;
	s->until = until;
	s->until_chase = until_chase;
	act(set, s, f, CLOCK_PAUSE, 0);
}

static struct clock_policy
policy_of(const struct promise_offer *o)
{
	return (struct clock_policy){
		.unit = o->unit,
		.day_end = o->day_end,
		.target = o->target,
		.calendar = o->calendar,
	};
}

static bool
offered(const struct promise_offer *o)
{
	return o->target > 0 && o->calendar;
}

/* A new clock under these terms, in a place that was made for it. */
static void
begin(struct promise_set *set, struct promise_state *s, const struct promise_offer *o,
	int64_t seq)
{
	struct clock_policy p = policy_of(o);

	s->clock = clock_new(&p);
	s->calendar_id = o->calendar_id;
	s->calendar_version = o->calendar_version;
	s->no_pause = o->no_pause;
	s->terms = seq;
	s->paused = 0;
	s->until = TIMES_NONE;
	s->changed = true;
	s->next_target = 0;
	promise_set_traced(set, s, &p);
}

static bool
is_over(const struct promise_state *s)
{
	return s->clock.phase == CLOCK_STOPPED || s->clock.phase == CLOCK_CANCELLED;
}

static void
take_terms(struct promise_set *set, struct promise_state *s, const struct promise_fact *f,
	const struct promise_offer *o)
{
	if (is_over(s)) {
		if (o->unit == s->clock.unit)
			s->next_target = o->target;
		s->changed = true;
		return;
	}
	if (o->calendar != s->clock.calendar)
		change_calendar(set, s, f, o->calendar);
	change_target(set, s, f, o->target, o->mode);
	s->calendar_id = o->calendar_id;
	s->calendar_version = o->calendar_version;
	s->no_pause = o->no_pause;
	s->terms = f->seq;
}

/* What was cancelled and is wanted after all begins anew, as another clock under the
 * terms that were agreed last: a cancelled one counts in no figure and cannot go on. */
static void
renew(struct promise_set *set, struct promise_state *s, const struct promise_fact *f)
{
	const struct promise_offer o = {
		.target = s->next_target ? s->next_target : s->clock.target,
		.unit = s->clock.unit,
		.day_end = s->clock.day_end,
		.no_pause = s->no_pause,
		.calendar = s->clock.calendar,
		.calendar_id = s->calendar_id,
		.calendar_version = s->calendar_version,
	};
	int64_t cycle = s->clock.cycle, terms = s->terms;

	begin(set, s, &o, terms);
	s->clock.cycle = cycle;
	act(set, s, f, CLOCK_START, 0);
}

static bool
answered(const struct promise_fact *f)
{
	return (is(f, "reply") || is(f, "called") || is(f, "resolved")) && f->by_person;
}

static void
step_response(
	struct promise_set *set, struct promise_state *s, const struct promise_fact *f)
{
	if (is(f, "received"))
		act(set, s, f, CLOCK_START, 0);
	else if (is(f, "message") && s->clock.phase == CLOCK_CANCELLED)
		renew(set, s, f);
	else if (is(f, "message") && s->clock.phase == CLOCK_NONE)
		act(set, s, f, CLOCK_START, 0);
	else if (is(f, "message"))
		act(set, s, f, CLOCK_REOPEN, CLOCK_MODE_RESTART);
	else if (answered(f))
		act(set, s, f, CLOCK_STOP, 0);
	else if (is(f, "cancelled"))
		act(set, s, f, CLOCK_CANCEL, 0);
}

static void
work_again(struct promise_set *set, struct promise_state *s, const struct promise_fact *f)
{
	if (s->clock.phase == CLOCK_CANCELLED)
		renew(set, s, f);
	else if (s->clock.phase == CLOCK_NONE)
		act(set, s, f, CLOCK_START, 0);
	else
		act(set, s, f, CLOCK_REOPEN,
			clock_reopening(&s->clock, f->within, f->at));
}

/* What resolution and legs have in common. */
static void
step_work(struct promise_set *set, struct promise_state *s, const struct promise_fact *f)
{
	if (is(f, "waiting"))
		pause(set, s, f, f->seq, f->until, f->until_chase);
	else if (is(f, "resumed"))
		act(set, s, f, CLOCK_RESUME, 0);
	else if (is(f, "resolved") || is(f, "closed"))
		act(set, s, f, CLOCK_STOP, 0);
	else if (is(f, "reopened"))
		work_again(set, s, f);
	else if (is(f, "cancelled"))
		act(set, s, f, CLOCK_CANCEL, 0);
	else if (is(f, "received"))
		act(set, s, f, CLOCK_START, 0);
}

static void
step_leg(struct promise_set *set, struct promise_state *s, const struct promise_fact *f)
{
	bool here = f->team == s->subject;

	if (!is(f, "moved")) {
		if (here || !(is(f, "received") || is(f, "reopened")))
			step_work(set, s, f);
	} else if (f->team && !here) {
		act(set, s, f, CLOCK_STOP, 0);
	} else if (here && s->clock.phase == CLOCK_CANCELLED) {
		renew(set, s, f);
	} else if (here) {
		act(set, s, f,
			s->clock.phase == CLOCK_STOPPED ? CLOCK_REOPEN : CLOCK_START,
			CLOCK_MODE_RESUME);
	}
}

/* How long news were promised for. What was said after it was due is over at once. */
static int64_t
promised_length(const struct promise_fact *f, int64_t from)
{
	return f->by > from ? f->by - from : 0;
}

static void
step_update(
	struct promise_set *set, struct promise_state *s, const struct promise_fact *f)
{
	if (is(f, "promised")) {
		if (s->clock.phase == CLOCK_NONE)
			act(set, s, f, CLOCK_START, 0);
		else if (s->clock.phase == CLOCK_STOPPED)
			act(set, s, f, CLOCK_REOPEN, CLOCK_MODE_RESTART);
		else if (s->clock.phase == CLOCK_CANCELLED)
			renew(set, s, f);
		if (s->clock.target != promised_length(f, s->clock.began))
			change_target(set, s, f, promised_length(f, s->clock.began),
				CLOCK_MODE_CARRY);
		s->terms = f->seq;
	} else if (answered(f) || is(f, "closed")) {
		act(set, s, f, CLOCK_STOP, 0);
	} else if (is(f, "cancelled")) {
		act(set, s, f, CLOCK_CANCEL, 0);
	}
}

static void
step_calendar(
	struct promise_set *set, struct promise_state *s, const struct promise_fact *f)
{
	if (s->calendar_id != f->calendar_id || !f->calendar ||
		s->clock.phase == CLOCK_STOPPED || s->clock.phase == CLOCK_CANCELLED)
		return;
	change_calendar(set, s, f, f->calendar);
	s->calendar_version = f->calendar_version;
}

static void
step_one(struct promise_set *set, struct promise_state *s, const struct promise_fact *f)
{
	if (is(f, "calendar"))
		step_calendar(set, s, f);
	else if (s->kind == PROMISE_RESPONSE)
		step_response(set, s, f);
	else if (s->kind == PROMISE_RESOLUTION)
		step_work(set, s, f);
	else if (s->kind == PROMISE_UPDATE)
		step_update(set, s, f);
	else
		step_leg(set, s, f);
}

/* The terms that an event brings for a clock, or NULL. */
static const struct promise_offer *
offer_for(const struct promise_state *s, const struct promise_fact *f)
{
	const struct promise_offer *o = NULL;

	if (s->kind == PROMISE_RESPONSE)
		o = &f->response;
	else if (s->kind == PROMISE_RESOLUTION)
		o = &f->resolution;
	else if (is_leg(s->kind) && s->subject == f->team && is(f, "priority"))
		o = &f->leg;
	return o && offered(o) ? o : NULL;
}

static enum promise_kind
leg_kind(const struct promise_fact *f)
{
	return f->supplier ? PROMISE_SUPPLIER : PROMISE_TEAM;
}

/* Clocks that an event brings into being; they are started by its step. */
static void
make(struct promise_set *set, const struct promise_fact *f)
{
	bool received = is(f, "received");

	if (received && offered(&f->response) &&
		!promise_set_find(set, PROMISE_RESPONSE, 0))
		begin(set, promise_set_add(set, PROMISE_RESPONSE, 0), &f->response,
			f->seq);
	if (received && offered(&f->resolution) &&
		!promise_set_find(set, PROMISE_RESOLUTION, 0))
		begin(set, promise_set_add(set, PROMISE_RESOLUTION, 0), &f->resolution,
			f->seq);
	if ((received || is(f, "moved") || is(f, "reopened")) && f->team &&
		offered(&f->leg) && !promise_set_find(set, leg_kind(f), f->team))
		begin(set, promise_set_add(set, leg_kind(f), f->team), &f->leg, f->seq);
	if (is(f, "promised") && f->always && !promise_set_find(set, PROMISE_UPDATE, 0)) {
		struct promise_offer by = {
			.target = promised_length(f, f->at), .calendar = f->always};

		begin(set, promise_set_add(set, PROMISE_UPDATE, 0), &by, f->seq);
	}
}

/* Work that is handed over while the customer is waited for waits there too. */
static void
hand_over_wait(struct promise_set *set, const struct promise_fact *f,
	const struct promise_state *waited)
{
	struct promise_state *leg = promise_set_find(set, leg_kind(f), f->team);

	if (leg && waited->paused)
		pause(set, leg, f, waited->paused, waited->until, waited->until_chase);
}

static void
step_all(struct promise_set *set, const struct promise_fact *f)
{
	struct promise_state waited = {.paused = 0};

	for (int i = 0; i < set->count; i++) {
		promise_set_settle(set, &set->at[i], f->at);
		if (set->at[i].paused)
			waited = set->at[i];
	}
	for (int i = 0; i < set->count; i++) {
		const struct promise_offer *o = offer_for(&set->at[i], f);

		if (o && !is(f, "received") && set->at[i].terms != f->seq)
			take_terms(set, &set->at[i], f, o);
	}
	make(set, f);
	for (int i = 0; i < set->count; i++)
		step_one(set, &set->at[i], f);
	if (is(f, "moved"))
		hand_over_wait(set, f, &waited);
}

/* Is it counted otherwise from now on: in another unit, or its working days to another
 * end? */
static bool
count_changes(const struct promise_state *s, const struct promise_fact *f)
{
	const struct promise_offer *o = offer_for(s, f);

	if (!o || is_over(s))
		return false;
	return o->unit != s->clock.unit ||
	       (o->unit == CLOCK_WORKING_DAYS && o->day_end != s->clock.day_end);
}

/* Does a priority promise something that was not promised before? */
static bool
brings(const struct promise_set *set, const struct promise_fact *f)
{
	if (!is(f, "priority"))
		return false;
	return (offered(&f->response) && !promise_set_find(set, PROMISE_RESPONSE, 0)) ||
	       (offered(&f->resolution) &&
		       !promise_set_find(set, PROMISE_RESOLUTION, 0)) ||
	       (f->team && offered(&f->leg) &&
		       !promise_set_find(set, leg_kind(f), f->team));
}

bool
promise_step(struct promise_set *set, const struct promise_fact *f)
{
	if (is(f, "amended") || brings(set, f))
		return false;
	for (int i = 0; i < set->count; i++)
		if (count_changes(&set->at[i], f))
			return false;
	step_all(set, f);
	return true;
}

/* The events so far once more, under the terms of the one that comes now. What was broken
 * under the old terms stays so, and what the new ones break is broken now (clock.md 4).
 */
static void
again(struct promise_set *set, struct promise_state *s, const struct promise_fact *facts,
	int now)
{
	const struct promise_offer *o = offer_for(s, &facts[now]);
	struct clock was;

	promise_set_settle(set, s, facts[now].at);
	was = s->clock;
	promise_set_forget(set, s);
	begin(set, s, o, facts[now].seq);
	for (int i = 0; i < now; i++) {
		promise_set_settle(set, s, facts[i].at);
		step_one(set, s, &facts[i]);
	}
	promise_set_settle(set, s, facts[now].at);
	apply(set, s, &facts[now],
		(struct clock_event){
			.act = CLOCK_TARGET,
			.mode = o->mode,
			.target = o->target,
			.judged = true,
			.breach = clock_read(&was, facts[now].at).breach,
			.tightened = was.tightened,
		});
}

/* How a ticket stands after some of its events. */
struct standing {
	bool open, unanswered;
	const struct promise_fact *waiting; /* the customer is waited for; or NULL */
};

static struct standing
standing_after(const struct promise_fact *facts, int count)
{
	struct standing s = {.open = false};

	for (int i = 0; i < count; i++) {
		const struct promise_fact *f = &facts[i];

		if (is(f, "received") || is(f, "reopened"))
			s.open = true;
		if (is(f, "resolved") || is(f, "closed") || is(f, "cancelled"))
			s.open = false;
		if (is(f, "received") || is(f, "message"))
			s.unanswered = true;
		if (answered(f) || is(f, "cancelled"))
			s.unanswered = false;
		if (is(f, "waiting"))
			s.waiting = f;
		if (is(f, "resumed") || !s.open)
			s.waiting = NULL;
	}
	return s;
}

/* A clock that was not promised until now runs from now on. */
static void
bring_one(struct promise_set *set, const struct promise_fact *f, enum promise_kind kind,
	int64_t subject, const struct promise_offer *o, const struct standing *now)
{
	bool wanted = now->open && (kind != PROMISE_RESPONSE || now->unanswered);
	struct promise_state *s;

	if (!offered(o) || promise_set_find(set, kind, subject))
		return;
	s = promise_set_add(set, kind, subject);
	begin(set, s, o, f->seq);
	if (wanted)
		act(set, s, f, CLOCK_START, 0);
	if (now->waiting && kind != PROMISE_RESPONSE)
		pause(set, s, f, now->waiting->seq, now->waiting->until,
			now->waiting->until_chase);
}

static void
bring(struct promise_set *set, const struct promise_fact *facts, int now)
{
	const struct promise_fact *f = &facts[now];
	const struct standing s = standing_after(facts, now);

	bring_one(set, f, PROMISE_RESPONSE, 0, &f->response, &s);
	bring_one(set, f, PROMISE_RESOLUTION, 0, &f->resolution, &s);
	if (f->team)
		bring_one(set, f, leg_kind(f), f->team, &f->leg, &s);
}

static int
by_time(const void *a, const void *b)
{
	const struct promise_fact *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

/* Gives amended events the time that counts: the last word on each. */
static void
put_in_order(struct promise_fact *facts, int count)
{
	bool amended = false;

	for (int i = 0; i < count; i++)
		for (int j = 0; is(&facts[i], "amended") && j < i; j++)
			if (facts[j].seq == facts[i].amends) {
				facts[j].at = facts[i].amended_at;
				facts[j].amendment = facts[i].seq;
				facts[j].amended = facts[i].at;
				amended = true;
			}
	if (amended)
		qsort(facts, (size_t)count, sizeof *facts, by_time);
}

void
promise_fold(struct promise_set *set, struct promise_fact *facts, int count)
{
	put_in_order(facts, count);
	for (int i = 0; i < count; i++) {
		if (is(&facts[i], "amended")) {
			/* What comes next comes after it, whatever was amended to. */
			for (int s = 0; s < set->count; s++) {
				promise_set_settle(set, &set->at[s], facts[i].at);
				set->at[s].clock.last = clock_stamp(
					&set->at[s].clock, facts[i].at);
			}
			continue;
		}
		for (int s = 0; s < set->count; s++)
			if (count_changes(&set->at[s], &facts[i]))
				again(set, &set->at[s], facts, i);
		if (brings(set, &facts[i]))
			bring(set, facts, i);
		step_all(set, &facts[i]);
	}
}
