/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/amend.h"

#include "base/buffer.h"
#include "desk/facts.h"
#include "desk/field.h"
#include "desk/notices.h"
#include "desk/timeline.h"
#include "store/account.h"
#include "store/calendar_row.h"
#include "store/escalation_row.h"
#include "store/person.h"
#include "store/shelf.h"

#include <inttypes.h>
#include <string.h>

static bool
said(const char *words)
{
	return words && words[strspn(words, " \t\r\n")] != 0;
}

static struct event
done_by(const struct work *w, const char *kind, const char *reason)
{
	return (struct event){
		.kind = kind,
		.actor = w->actor->person,
		.actor_kind = w->actor->kind,
		.body = reason,
	};
}

/* All clocks as of now, from the events so far and perhaps one more. */
static void
fold(struct work *w, const struct ticket *t, const struct event *more,
	struct promise_set *set)
{
	struct event_list events;
	struct promise_fact *facts;

	event_read_facts(w, t->org, t->id, t->id, &events);
	facts = arena_array(w->arena, (size_t)events.count + 1, sizeof *facts);
	for (int i = 0; i < events.count; i++)
		facts[i] = facts_of(w, t->org, &events.at[i]);
	if (more)
		facts[events.count] = facts_of(w, t->org, more);
	*set = (struct promise_set){.arena = w->arena};
	promise_fold(set, facts, events.count + (more != NULL));
}

/* "3600 of 14400, met": what a clock says, in numbers for the record. */
static const char *
figures(struct work *w, const struct promise_state *stored)
{
	struct promise_state s = promise_settled(stored, w->now);
	struct clock_reading r = clock_read(&s.clock, w->now);
	const char *result = "";

	if (r.result == CLOCK_MET)
		result = " met";
	else if (r.result == CLOCK_MISSED)
		result = " missed";
	else if (r.breach != TIMES_NONE)
		result = " breached";
	return arena_printf(
		w->arena, "%" PRId64 "/%" PRId64 "%s", r.spent, s.clock.target, result);
}

/* What the amendment changes, clock by clock: "resolution.before", "resolution.after". */
static void
add_figures(struct work *w, const struct ticket *t, struct event *amended)
{
	struct promise_set before, after;
	struct event as_added = *amended;

	as_added.seq = t->events + 1;
	as_added.at = w->now > t->updated ? w->now : t->updated;
	fold(w, t, NULL, &before);
	fold(w, t, &as_added, &after);
	for (int i = 0; i < after.count; i++) {
		const struct promise_state *now = &after.at[i];
		const struct promise_state *was = promise_set_find(
			&before, now->kind, now->subject);
		const char *name = promise_kind_name(now->kind);

		if (now->subject)
			name = arena_printf(w->arena, "%s %" PRId64, name, now->subject);
		if (was && strcmp(figures(w, was), figures(w, now)) == 0)
			continue;
		pairs_add(w->arena, &amended->data,
			arena_printf(w->arena, "%s.before", name),
			was ? figures(w, was) : "");
		pairs_add(w->arena, &amended->data,
			arena_printf(w->arena, "%s.after", name), figures(w, now));
	}
}

void
amend_held(struct work *w, struct ticket *t, const struct event *e, int64_t at,
	const char *reason)
{
	struct event amended = done_by(w, "amended", reason);

	pairs_add_int(w->arena, &amended.data, "amends", e->seq);
	pairs_add_int(w->arena, &amended.data, "was", e->at);
	pairs_add_int(w->arena, &amended.data, "to", at);
	add_figures(w, t, &amended);
	timeline_add(w, t, &amended);
}

/* The time of an event that counts by now. */
static int64_t
time_of(const struct promise_fact *facts, int count, int64_t seq)
{
	for (int i = 0; i < count; i++)
		if (facts[i].seq == seq)
			return facts[i].at;
	return TIMES_NONE;
}

/* An event has its place among the others: nothing happens to a ticket before it came, no
 * news are promised for a time that had passed, and nobody waits for an answer before
 * they asked. */
static bool
has_place(struct work *w, const struct ticket *t, const struct event *e, int64_t at)
{
	int64_t question = facts_number(e, "question"), by = facts_number(e, "by");
	bool received = strcmp(e->kind, "received") == 0;
	struct promise_set set = {.arena = w->arena};
	struct event_list events;
	struct promise_fact *facts;

	event_read_facts(w, t->org, t->id, t->id, &events);
	facts = facts_of_all(w, t->org, events.at, events.count);
	promise_fold(&set, facts, events.count);
	for (int i = 0; received && i < events.count; i++)
		if (facts[i].seq != e->seq && facts[i].at < at)
			return false;
	if (strcmp(e->kind, "promised") == 0 && by <= at)
		return false;
	return question == 0 || strcmp(e->kind, "waiting") != 0 ||
	       at >= time_of(facts, events.count, question);
}

/* Afterwards the work must be where the ticket is: a clock that would wait, stand or run
 * otherwise than before lost the event that belongs to another. Answers and promises may
 * come to be open: a call before the message did not answer it. */
static bool
leaves_work(struct work *w, const struct ticket *t, const struct event *e, int64_t at)
{
	struct promise_set before, after;
	struct event amended = {
		.kind = "amended", .at = w->now > t->updated ? w->now : t->updated};

	amended.seq = t->events + 1;
	pairs_add_int(w->arena, &amended.data, "amends", e->seq);
	pairs_add_int(w->arena, &amended.data, "to", at);
	fold(w, t, NULL, &before);
	fold(w, t, &amended, &after);
	for (int i = 0; i < before.count; i++) {
		const struct promise_state *was = &before.at[i];
		const struct promise_state *is = promise_set_find(
			&after, was->kind, was->subject);

		if (was->kind == PROMISE_RESPONSE || was->kind == PROMISE_UPDATE)
			continue;
		if (!is || promise_settled(is, w->now).clock.phase !=
				   promise_settled(was, w->now).clock.phase)
			return false;
	}
	return true;
}

enum outcome
amend_event(struct work *w, const struct handle *h, const struct amendment *a,
	struct ticket *t)
{
	enum outcome end = ticket_hold(
		w, h->org, h->reference, RIGHT_AMEND, h->version, t);
	struct event e;

	if (end != DONE)
		return end;
	if (field_change(w, t, FIELD_TIMES, "at") != DONE)
		return INVALID;
	if (event_get(w, t, a->seq, &e) != DONE || !promise_matters(e.kind) ||
		strcmp(e.kind, "amended") == 0)
		return work_problem(w, "seq", "problem.amend.event");
	if (a->at <= 0 || a->at > w->now ||
		(a->at < t->created && strcmp(e.kind, "received") != 0))
		return work_problem(w, "at", "problem.amend.at");
	if (!said(a->reason))
		return work_problem(w, "reason", "problem.reason.empty");
	if (!has_place(w, t, &e, a->at) || !leaves_work(w, t, &e, a->at))
		return work_problem(w, "at", "problem.amend.order");
	amend_held(w, t, &e, a->at, a->reason);
	ticket_save(w, t);
	return DONE;
}

/* The version of the calendar that has the date closed: the newest, or a new one. */
static enum outcome
closed_version(struct work *w, const struct closure *c, int64_t *version)
{
	const int64_t day = times_days(c->date);
	const struct calendar *newest = shelf_calendar(
		w, c->org, c->calendar, w->now, version);
	struct calendar_day open;
	const char *name;

	if (!newest)
		return work_problem(w, "calendar", "problem.closure.calendar");
	if (!calendar_day(newest, day, &open))
		return DONE;
	name = calendar_row_name(w, c->org, c->calendar);
	if (calendar_row_save(w, c->org, c->calendar, name,
		    hours_text(w->arena, hours_with_closed(w->arena,
						 calendar_hours(newest), &day, 1))) !=
		DONE)
		return INVALID;
	return shelf_calendar(w, c->org, c->calendar, w->now, version) ? DONE : FAULT;
}

static enum outcome
check_closure(struct work *w, const struct closure *c)
{
	struct actor approver = {.kind = ACTOR_STAFF, .org = c->org};

	if (!access_may(w->actor, c->org, RIGHT_AMEND))
		return DENIED;
	if (times_days(c->date) > times_day(w->now))
		return work_problem(w, "date", "problem.closure.date");
	if (!said(c->reason))
		return work_problem(w, "reason", "problem.reason.empty");
	approver.person = c->approver;
	account_grants(w, c->approver, c->org, &approver);
	if (c->approver == 0 || c->approver == w->actor->person ||
		!access_may(&approver, c->org, RIGHT_AMEND))
		return work_problem(w, "approver", "problem.closure.approver");
	if (c->count == 0)
		return work_problem(w, "references", "problem.closure.references");
	return DONE;
}

/* What is the same for all tickets of a closure. */
struct closing {
	int64_t version, from;
	const char *approver;
	bool told;
};

/* Who approved it hears that it is done in their name. */
static void
tell_approver(struct work *w, const struct closure *c, struct closing *closing)
{
	struct buffer references = buffer_in(w->arena, 64);
	struct escalation_people people;

	escalation_row_person(w, c->org, c->approver, &people);
	if (people.count == 0)
		return;
	for (int i = 0; i < c->count; i++)
		buffer_printf(&references, "%s%s", i ? "\n" : "", c->references[i]);
	closing->approver = people.at[0].name;
	closing->told = notices_closure(w,
		&(struct notice_closure){
			.org = c->org,
			.calendar = c->calendar,
			.date = c->date,
			.reason = c->reason,
			.references = buffer_text(&references),
		},
		&people.at[0]);
}

static enum outcome
close_for(struct work *w, const struct closure *c, const char *reference,
	const struct closing *closing)
{
	const int64_t from = closing->from;
	struct event e = done_by(w, "calendar", c->reason);
	struct ticket t;

	if (ticket_hold(w, c->org, reference, RIGHT_AMEND, 0, &t) != DONE)
		return work_problem_detail(
			w, "references", "problem.closure.reference", reference);
	if (field_change(w, &t, FIELD_TIMES, "references") != DONE)
		return INVALID;
	pairs_add_int(w->arena, &e.data, "calendar", c->calendar);
	pairs_add_int(w->arena, &e.data, "calendar_version", closing->version);
	pairs_add(w->arena, &e.data, "date",
		arena_printf(w->arena, "%04d-%02d-%02d", c->date.year, c->date.month,
			c->date.day));
	pairs_add_int(w->arena, &e.data, "approver", c->approver);
	pairs_add(w->arena, &e.data, "approved_by", closing->approver);
	if (closing->told)
		pairs_add(w->arena, &e.data, "told", closing->approver);
	timeline_add(w, &t, &e);
	amend_held(w, &t, &e, from > t.created ? from : t.created, c->reason);
	ticket_save(w, &t);
	return DONE;
}

enum outcome
amend_closure(struct work *w, const struct closure *c)
{
	enum outcome end = check_closure(w, c);
	struct closing closing = {.approver = ""};
	const struct calendar *calendar;
	int64_t to;

	if (end != DONE)
		return end;
	end = closed_version(w, c, &closing.version);
	if (end != DONE)
		return end;
	calendar = shelf_calendar_version(w, c->org, c->calendar, closing.version);
	if (!zone_day_ends(
		    calendar_zone(calendar), times_days(c->date), &closing.from, &to))
		return work_problem(w, "date", "problem.closure.date");
	tell_approver(w, c, &closing);
	for (int i = 0; i < c->count && end == DONE; i++)
		end = close_for(w, c, c->references[i], &closing);
	return end;
}
