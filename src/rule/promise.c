/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/promise.h"

#include <string.h>

static const int64_t PAUSED_FROM = (int64_t)1 << 40;
static const int64_t UNPROMISED_FROM = (int64_t)1 << 41;

const char *
promise_kind_name(enum promise_kind k)
{
	return k == PROMISE_RESPONSE ? "response" : "resolution";
}

static bool
is(const struct promise_fact *f, const char *kind)
{
	return strcmp(f->kind, kind) == 0;
}

static int64_t
target_of(enum promise_kind k, const struct promise_fact *f)
{
	return k == PROMISE_RESPONSE ? f->response : f->resolution;
}

static struct clock_policy
policy_of(enum promise_kind k, const struct promise_fact *f)
{
	return (struct clock_policy){
		.unit = k == PROMISE_RESOLUTION && f->working_days ? CLOCK_WORKING_DAYS
								   : CLOCK_SECONDS,
		.day_end = WORKDAYS_CLOSING,
		.target = target_of(k, f),
		.calendar = f->calendar,
	};
}

static void
apply(struct promise_state *s, const struct promise_fact *f, struct clock_event e)
{
	struct clock_cycle ended; /* the events say it again whenever it is wanted */

	e.id = e.sequence = f->seq;
	e.at = f->at;
	/* Events come in order and none is an amendment, so there is nothing to rebuild;
	 * one without effect is logged by the ticket's own timeline. */
	(void)!clock_apply(&s->clock, &e, &ended);
}

static void
act(struct promise_state *s, const struct promise_fact *f, enum clock_act a,
	enum clock_mode mode)
{
	apply(s, f, (struct clock_event){.act = a, .mode = mode});
}

static void
begin(enum promise_kind k, struct promise_state *s, const struct promise_fact *f)
{
	struct clock_policy p = policy_of(k, f);

	if (p.target <= 0 || !p.calendar)
		return;
	*s = (struct promise_state){
		.made = true,
		.clock = clock_new(&p),
		.calendar_id = f->calendar_id,
		.calendar_version = f->calendar_version,
	};
}

static void
take_terms(enum promise_kind k, struct promise_state *s, const struct promise_fact *f)
{
	if (target_of(k, f) <= 0 || !f->calendar)
		return;
	if (f->calendar != s->clock.calendar)
		apply(s, f,
			(struct clock_event){
				.act = CLOCK_CALENDAR, .calendar = f->calendar});
	s->calendar_id = f->calendar_id;
	s->calendar_version = f->calendar_version;
	apply(s, f,
		(struct clock_event){.act = CLOCK_TARGET,
			.mode = CLOCK_MODE_CARRY,
			.target = target_of(k, f)});
}

static void
step_response(struct promise_state *s, const struct promise_fact *f)
{
	if (is(f, "received"))
		act(s, f, CLOCK_START, 0);
	else if (is(f, "message"))
		act(s, f, CLOCK_REOPEN, CLOCK_MODE_RESTART);
	else if ((is(f, "reply") || is(f, "resolved")) && f->by_person)
		act(s, f, CLOCK_STOP, 0);
	else if (is(f, "cancelled"))
		act(s, f, CLOCK_CANCEL, 0);
}

static void
step_resolution(struct promise_state *s, const struct promise_fact *f)
{
	if (is(f, "received"))
		act(s, f, CLOCK_START, 0);
	else if (is(f, "waiting"))
		act(s, f, CLOCK_PAUSE, 0);
	else if (is(f, "resumed"))
		act(s, f, CLOCK_RESUME, 0);
	else if (is(f, "resolved") || is(f, "closed"))
		act(s, f, CLOCK_STOP, 0);
	else if (is(f, "reopened"))
		act(s, f, CLOCK_REOPEN,
			clock_reopening(&s->clock, PROMISE_REOPEN_DAYS, f->at));
	else if (is(f, "cancelled"))
		act(s, f, CLOCK_CANCEL, 0);
}

static void
step_act(enum promise_kind k, struct promise_state *s, const struct promise_fact *f)
{
	if (!s->made)
		return;
	if (k == PROMISE_RESPONSE)
		step_response(s, f);
	else
		step_resolution(s, f);
}

bool
promise_step(enum promise_kind k, struct promise_state *s, const struct promise_fact *f)
{
	if (f->terms && !s->made && is(f, "received"))
		begin(k, s, f);
	else if (f->terms && s->made && target_of(k, f) > 0 && f->calendar) {
		if (policy_of(k, f).unit != s->clock.unit)
			return false;
		take_terms(k, s, f);
	}
	step_act(k, s, f);
	return true;
}

/* The events so far once more, under the terms of the last of them. */
static struct promise_state
again(enum promise_kind k, const struct promise_fact *facts, int count)
{
	struct promise_state s = {.made = false};

	begin(k, &s, &facts[count - 1]);
	for (int i = 0; i < count; i++)
		step_act(k, &s, &facts[i]);
	return s;
}

struct promise_state
promise_fold(enum promise_kind k, const struct promise_fact *facts, int count)
{
	struct promise_state s = {.made = false};

	for (int i = 0; i < count; i++)
		if (!promise_step(k, &s, &facts[i]))
			s = again(k, facts, i + 1);
	return s;
}

enum promise_place
promise_place(int64_t sort)
{
	if (sort < PAUSED_FROM)
		return PROMISE_PLACE_INSTANT;
	return sort < UNPROMISED_FROM ? PROMISE_PLACE_PAUSED : PROMISE_PLACE_NONE;
}

static int64_t
place_of(const struct promise_state *s, int64_t now)
{
	struct clock_reading r = clock_read(&s->clock, now);

	if (r.phase == CLOCK_RUNNING && r.breach != TIMES_NONE)
		return r.breach;
	if (r.phase == CLOCK_RUNNING && r.due != TIMES_NONE)
		return r.due;
	if (r.phase == CLOCK_PAUSED)
		return PAUSED_FROM + r.left;
	return UNPROMISED_FROM;
}

int64_t
promise_sort(const struct promise_state states[PROMISE_KINDS], int64_t now)
{
	int64_t place = UNPROMISED_FROM;

	for (int k = 0; k < PROMISE_KINDS; k++)
		if (states[k].made && place_of(&states[k], now) < place)
			place = place_of(&states[k], now);
	return place;
}
