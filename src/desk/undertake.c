/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/undertake.h"

#include "desk/amend.h"
#include "desk/field.h"
#include "desk/status.h"
#include "desk/timeline.h"
#include "rule/workdays.h"
#include "store/kept_clock.h"
#include "store/shelf.h"
#include "store/team.h"

#include <string.h>

enum { LONGEST_WORDS = 20000, FURTHEST = 2 * 366 * 86400 };

int64_t
undertake_within(struct work *w, int64_t org, int64_t days, int64_t seconds)
{
	struct workdays_target target = {days, WORKDAYS_CLOSING};
	const struct calendar *c;
	struct workdays_deadline d;
	struct organisation o;
	int64_t version, at;

	if (team_organisation(w, org, &o) != DONE)
		return TIMES_NONE;
	c = shelf_calendar(w, org, o.calendar, w->now, &version);
	if (!c)
		return TIMES_NONE;
	if (days == 0)
		return calendar_due(c, w->now, seconds, &at) ? at : TIMES_NONE;
	if (!workdays_due(
		    c, times_date(zone_day_at(calendar_zone(c), w->now)), target, &d))
		return TIMES_NONE;
	return d.due;
}

static struct event
done_by(const struct work *w, const char *kind)
{
	return (struct event){
		.kind = kind,
		.actor = w->actor->person,
		.actor_kind = w->actor->kind,
		.public = true,
	};
}

static void
promise(struct work *w, struct ticket *t, int64_t by)
{
	struct event e = done_by(w, "promised");

	pairs_add_int(w->arena, &e.data, "by", by);
	timeline_add(w, t, &e);
}

static enum outcome
check_by(struct work *w, int64_t by)
{
	if (by <= w->now || by > w->now + FURTHEST)
		return work_problem(w, "by", "problem.promise.by");
	return DONE;
}

enum outcome
undertake_with_reply(struct work *w, struct ticket *t, int64_t by)
{
	if (check_by(w, by) != DONE)
		return INVALID;
	promise(w, t, by);
	return DONE;
}

/* What is still owed, or TIMES_NONE. */
static int64_t
owed(struct work *w, const struct ticket *t)
{
	struct promise_set set = {.arena = w->arena};
	const struct promise_state *s;

	kept_clock_read(w, t, &set);
	s = promise_set_find(&set, PROMISE_UPDATE, 0);
	if (!s || s->clock.phase != CLOCK_RUNNING)
		return TIMES_NONE;
	return s->clock.began + s->clock.target;
}

enum outcome
undertake_promise(struct work *w, const struct handle *h, int64_t by, struct ticket *t)
{
	enum outcome end = ticket_hold(
		w, h->org, h->reference, RIGHT_REPLY, h->version, t);
	int64_t already;

	if (end != DONE)
		return end;
	if (!ticket_is_open(t->status))
		return CONFLICT;
	if (field_change(w, t, FIELD_PROMISE, "by") != DONE || check_by(w, by) != DONE)
		return INVALID;
	already = owed(w, t);
	if (already != TIMES_NONE && by > already)
		return work_problem(w, "by", "problem.promise.owed");
	promise(w, t, by);
	ticket_save(w, t);
	return DONE;
}

static bool
said(const char *words)
{
	return words && words[strspn(words, " \t\r\n")] != 0;
}

static enum outcome
check_call(struct work *w, const struct call *c, const struct ticket *t)
{
	if (!said(c->words))
		return work_problem(w, "words", "problem.call.empty");
	if (strlen(c->words) > LONGEST_WORDS)
		return work_problem(w, "words", "problem.words.long");
	if (c->at == 0)
		return DONE;
	if (c->at > w->now || c->at < t->created)
		return work_problem(w, "at", "problem.amend.at");
	if (!said(c->reason))
		return work_problem(w, "reason", "problem.reason.empty");
	return DONE;
}

enum outcome
undertake_call(
	struct work *w, const struct handle *h, const struct call *c, struct ticket *t)
{
	enum outcome end = ticket_hold(
		w, h->org, h->reference, RIGHT_REPLY, h->version, t);
	struct event e = done_by(w, "called");

	if (end != DONE)
		return end;
	if (check_call(w, c, t) != DONE)
		return INVALID;
	if (c->at && !ticket_may(w, t, RIGHT_AMEND))
		return DENIED;
	if (c->at && field_change(w, t, FIELD_TIMES, "at") != DONE)
		return INVALID;
	e.body = c->words;
	if (status_begin(w, t) != DONE)
		return INVALID;
	timeline_add(w, t, &e);
	if (c->at && c->at != e.at)
		amend_held(w, t, &e, c->at, c->reason);
	ticket_save(w, t);
	return DONE;
}
