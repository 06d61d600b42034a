/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/handle.h"

#include "desk/assign.h"
#include "desk/extend.h"
#include "desk/field.h"
#include "desk/followup.h"
#include "desk/letters.h"
#include "desk/move.h"
#include "desk/routing.h"
#include "desk/status.h"
#include "desk/timeline.h"
#include "desk/undertake.h"
#include "desk/wait.h"
#include "store/score.h"
#include "store/team.h"

#include <string.h>

enum { LONGEST_WORDS = 20000 };

static struct event
done_by(const struct work *w, const char *kind)
{
	return (struct event){
		.kind = kind,
		.actor = w->actor->person,
		.actor_kind = w->actor->kind,
	};
}

static enum outcome
check_words(struct work *w, const char *words, const char *missing)
{
	if (!words || words[strspn(words, " \t\r\n")] == 0)
		return work_problem(w, "words", missing);
	if (strlen(words) > LONGEST_WORDS)
		return work_problem(w, "words", "problem.words.long");
	return DONE;
}

static enum outcome
hold(struct work *w, const struct handle *h, enum right r, struct ticket *t)
{
	return ticket_hold(w, h->org, h->reference, r, h->version, t);
}

enum outcome
handle_claim(struct work *w, const struct handle *h, struct ticket *t)
{
	enum outcome end = hold(w, h, RIGHT_CLAIM, t);
	struct event e = done_by(w, "claimed");

	if (end != DONE)
		return end;
	if (t->assignee == w->actor->person)
		return DONE;
	if (t->assignee != 0 || !ticket_is_open(t->status))
		return CONFLICT;
	if (field_change(w, t, FIELD_PERSON, "person") != DONE)
		return INVALID;
	t->assignee = w->actor->person;
	if (status_begin(w, t) != DONE)
		return INVALID;
	timeline_add(w, t, &e);
	assign_taken(w, t);
	ticket_save(w, t);
	return DONE;
}

/* A person decided what a table decides otherwise. */
static void
by_hand(struct work *w, const struct ticket *t, const struct event *e,
	enum fold_step step)
{
	struct decision d = routing_by_hand(w, t, step);

	decision_insert(w, t, e->seq, &d);
}

static enum outcome
give_to_person(struct work *w, struct ticket *t, int64_t person, const char *name)
{
	struct event e = done_by(w, "assigned");

	pairs_add(w->arena, &e.data, "from", t->assignee_name);
	pairs_add(w->arena, &e.data, "to", name);
	t->assignee = person;
	t->assignee_name = name;
	if (status_begin(w, t) != DONE)
		return INVALID;
	timeline_add(w, t, &e);
	return DONE;
}

static const char *
member_name(struct work *w, int64_t org, int64_t team, int64_t person)
{
	struct team_member_list members;

	team_members(w, org, team, &members);
	for (int i = 0; i < members.count; i++)
		if (members.at[i].person == person)
			return members.at[i].name;
	return NULL;
}

/* Out of where it stands, and into where it goes. */
static bool
may_move(struct work *w, const struct ticket *t)
{
	return ticket_may(w, t, RIGHT_MOVE_OUT) &&
	       access_may(w->actor, t->org, RIGHT_MOVE_IN);
}

/* Only what would become another is asked about; who moves it takes it from whom had it.
 */
static enum outcome
check_assignment(struct work *w, const struct ticket *t, int64_t team, int64_t person)
{
	int64_t has = t->team == team ? t->assignee : 0;

	if (t->team != team && field_change(w, t, FIELD_TEAM, "team") != DONE)
		return INVALID;
	return has == person ? DONE : field_change(w, t, FIELD_PERSON, "person");
}

enum outcome
handle_assign(struct work *w, const struct handle *h, int64_t team, int64_t person,
	struct ticket *t)
{
	enum outcome end = hold(w, h, RIGHT_ASSIGN, t);
	struct event moved = done_by(w, "moved");
	const char *name = NULL;
	struct team to;

	if (end != DONE)
		return end;
	if (team_get(w, h->org, team, &to) != DONE)
		return work_problem(w, "team", "problem.team.unknown");
	if (person != 0 && !(name = member_name(w, h->org, team, person)))
		return work_problem(w, "person", "problem.person.not_in_team");
	if (t->team != team && !may_move(w, t))
		return DENIED;
	if (check_assignment(w, t, team, person) != DONE)
		return INVALID;
	if (t->team != team) {
		move_to_team(w, t, &moved, &to);
		by_hand(w, t, &moved, FOLD_ROUTE);
	}
	if (t->assignee != person && give_to_person(w, t, person, name) != DONE)
		return INVALID;
	if (person == 0)
		assign_arrived(w, t);
	else
		assign_taken(w, t);
	ticket_save(w, t);
	return DONE;
}

enum outcome
handle_reply(struct work *w, const struct handle *h, const char *words, struct ticket *t)
{
	enum outcome end = hold(w, h, RIGHT_REPLY, t);
	struct event e = done_by(w, "reply");

	if (end != DONE)
		return end;
	if (check_words(w, words, "problem.reply.empty") != DONE ||
		(h->by && field_change(w, t, FIELD_PROMISE, "by") != DONE) ||
		(h->extend && field_change(w, t, FIELD_PROMISE, "extend") != DONE))
		return INVALID;
	e.public = true;
	e.body = words;
	if (status_begin(w, t) != DONE)
		return INVALID;
	timeline_add(w, t, &e);
	if (h->by && undertake_with_reply(w, t, h->by) != DONE)
		return INVALID;
	if (h->extend && extend_with_reply(w, t) != DONE)
		return INVALID;
	letters_reply(w, t, words, h->by);
	ticket_save(w, t);
	return DONE;
}

enum outcome
handle_note(struct work *w, const struct handle *h, const char *words, struct ticket *t)
{
	enum outcome end = hold(w, h, RIGHT_NOTE, t);
	struct event e = done_by(w, "note");

	if (end != DONE)
		return end;
	if (check_words(w, words, "problem.note.empty") != DONE)
		return INVALID;
	e.body = words;
	timeline_add(w, t, &e);
	ticket_save(w, t);
	return DONE;
}

/* What proves that it is the customer who is waited for. */
static void
prove(struct work *w, const struct handle *h, const struct wait_reason *r,
	const char *words, struct ticket *t)
{
	struct event waiting = done_by(w, "waiting");

	if (r->proof == WAIT_QUESTION) {
		struct event question = done_by(w, "reply");

		question.public = true;
		question.body = words;
		timeline_add(w, t, &question);
		letters_reply(w, t, words, 0);
		pairs_add_int(w->arena, &waiting.data, "question", question.seq);
	} else {
		pairs_add(w->arena, &waiting.data, "evidence", words);
	}
	wait_terms(w, t, &waiting, r, h->by);
	timeline_with(w, t, &waiting);
	waiting.public = true;
	t->waiting_for = r->code;
	timeline_add(w, t, &waiting);
}

enum outcome
handle_wait(struct work *w, const struct handle *h, const char *reason, const char *words,
	struct ticket *t)
{
	enum outcome end = hold(w, h, RIGHT_REPLY, t);
	struct wait_reason r;

	if (end != DONE)
		return end;
	if (!ticket_is_open(t->status))
		return CONFLICT;
	if (wait_reason_find(w, t->org, reason, &r) != DONE)
		return work_problem(w, "reason", "problem.wait.reason");
	if (check_words(w, words,
		    r.proof == WAIT_QUESTION ? "problem.wait.question"
					     : "problem.wait.evidence") != DONE)
		return INVALID;
	if (h->by && h->by <= w->now)
		return work_problem(w, "by", "problem.wait.review");
	if (status_change(w, t, TICKET_WAITING, words) != DONE)
		return INVALID;
	prove(w, h, &r, words, t);
	ticket_save(w, t);
	return DONE;
}

enum outcome
handle_resolve(
	struct work *w, const struct handle *h, const char *solution, struct ticket *t)
{
	enum outcome end = hold(w, h, RIGHT_RESOLVE, t);
	struct event e = done_by(w, "resolved");

	if (end != DONE)
		return end;
	if (!ticket_is_open(t->status))
		return CONFLICT;
	if (check_words(w, solution, "problem.solution.empty") != DONE)
		return INVALID;
	e.public = true;
	e.body = solution;
	if (t->assignee == 0)
		t->assignee = w->actor->person;
	if (status_change(w, t, TICKET_RESOLVED, solution) != DONE)
		return INVALID;
	timeline_add(w, t, &e);
	letters_resolved(w, t, solution, score_ask(w, t));
	ticket_save(w, t);
	return DONE;
}

/* The end of a ticket: what is sent and asked about it is the caller's. */
static enum outcome
end_as(struct work *w, struct ticket *t, enum ticket_status to, struct event *e)
{
	if (status_change(w, t, to, e->body) != DONE)
		return INVALID;
	e->public = true;
	timeline_add(w, t, e);
	return DONE;
}

enum outcome
handle_close(struct work *w, const struct handle *h, const char *words, struct ticket *t)
{
	enum outcome end = hold(w, h, RIGHT_RESOLVE, t);
	struct event e = done_by(w, "closed");

	if (end != DONE)
		return end;
	if (t->status == TICKET_CLOSED)
		return CONFLICT;
	e.body = words;
	if (end_as(w, t, TICKET_CLOSED, &e) != DONE)
		return INVALID;
	ticket_save(w, t);
	return DONE;
}

enum outcome
handle_cancel(
	struct work *w, const struct handle *h, const char *reason, struct ticket *t)
{
	enum outcome end = hold(w, h, RIGHT_RESOLVE, t);
	struct event e = done_by(w, "cancelled");

	if (end != DONE)
		return end;
	if (t->status == TICKET_CANCELLED)
		return CONFLICT;
	if (check_words(w, reason, "problem.cancel.reason") != DONE)
		return INVALID;
	e.body = reason;
	if (end_as(w, t, TICKET_CANCELLED, &e) != DONE)
		return INVALID;
	letters_cancelled(w, t, reason);
	ticket_save(w, t);
	return DONE;
}

enum outcome
handle_reopen(
	struct work *w, const struct handle *h, const char *reason, struct ticket *t)
{
	enum outcome end = hold(w, h, RIGHT_RESOLVE, t);
	struct event e = done_by(w, "reopened");

	if (end != DONE)
		return end;
	if (ticket_is_open(t->status))
		return CONFLICT;
	e.body = reason;
	if (followup_reopen(w, t, &e, "staff") != DONE)
		return INVALID;
	assign_reopened(w, t);
	ticket_save(w, t);
	return DONE;
}

enum outcome
handle_priority(struct work *w, const struct handle *h, int64_t priority,
	const char *reason, struct ticket *t)
{
	enum outcome end = hold(w, h, RIGHT_PRIORITY, t);
	struct event e = done_by(w, "priority");
	struct promise_terms terms, leg;
	struct decision d, leg_by;

	if (end != DONE)
		return end;
	if (field_change(w, t, FIELD_PRIORITY, "priority") != DONE)
		return INVALID;
	if (priority < 1 || priority > 4)
		return work_problem(w, "priority", "problem.priority.range");
	if (check_words(w, reason, "problem.reason.empty") != DONE)
		return INVALID;
	pairs_add_int(w->arena, &e.data, "from", t->priority);
	pairs_add_int(w->arena, &e.data, "to", priority);
	t->priority = priority;
	routing_terms(w, t, &terms, &d);
	extend_keep(w, t, &terms);
	timeline_terms(w, t->org, &e, &terms, w->now);
	if (routing_leg(w, t, &leg, &leg_by))
		timeline_leg(w, t, &e, &leg);
	e.body = reason;
	timeline_add(w, t, &e);
	if (leg.resolution)
		decision_insert(w, t, e.seq, &leg_by);
	by_hand(w, t, &e, FOLD_PRIORITY);
	decision_insert(w, t, e.seq, &d);
	ticket_save(w, t);
	return DONE;
}
