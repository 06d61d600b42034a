/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo_verb.h"

#include "desk/handle.h"
#include "desk/intake.h"
#include "desk/timeline.h"
#include "store/account.h"
#include "store/score.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[DEMO_VERBS] = {
	[DEMO_REPORT] = "report",
	[DEMO_CLAIM] = "claim",
	[DEMO_REPLY] = "reply",
	[DEMO_NOTE] = "note",
	[DEMO_WAIT] = "wait",
	[DEMO_RESOLVE] = "resolve",
	[DEMO_REOPEN] = "reopen",
	[DEMO_CLOSE] = "close",
	[DEMO_CANCEL] = "cancel",
	[DEMO_PRIORITY] = "priority",
	[DEMO_GIVE] = "give",
	[DEMO_MESSAGE] = "message",
	[DEMO_SCORE] = "score",
};

enum demo_verb
demo_verb_named(const char *name)
{
	enum demo_verb v = 0;

	while (v < DEMO_VERBS && strcmp(names[v], name) != 0)
		v++;
	return v;
}

const char *
demo_verb_name(enum demo_verb v)
{
	return names[v];
}

/* "Ann Fisher <ann@example.org>" into its two parts. */
static struct contact_from
read_from(struct arena *a, const char *from)
{
	struct bytes rest = bytes_of(from);
	struct bytes name = bytes_trim(bytes_cut(&rest, '<'));
	struct bytes email = bytes_cut(&rest, '>');

	return (struct contact_from){
		.name = arena_text(a, name.at, name.len),
		.email = arena_text(a, email.at, email.len),
	};
}

static enum outcome
report(struct work *w, const struct demo_cast *cast, struct demo_ticket *t)
{
	const struct demo_member *known = demo_cast_find(cast, t->org, t->from);
	struct receipt got;
	struct contact c = {
		.org = t->org,
		.channel = t->channel,
		.key = t->key,
		.at = w->now,
		.service = t->service,
		.words = t->words,
		.place = t->place,
		.urgency = t->urgency,
	};
	enum outcome end;

	if (known)
		c.person = known->person;
	else
		c.from = read_from(w->arena, t->from);
	end = intake(w, &c, &got);
	t->reference = end == DONE && !got.again ? got.reference : NULL;
	t->id = got.ticket;
	t->customer = got.person;
	return end;
}

static enum outcome
message(struct work *w, const struct happening *h)
{
	struct demo_ticket *t = h->ticket;
	struct receipt got;
	struct contact c = {
		.org = t->org,
		.channel = CHANNEL_WEB,
		.key = arena_printf(w->arena, "%s-%d", t->key, h->order),
		.at = w->now,
		.person = t->customer,
		.reference = t->reference,
		.service = t->service,
		.words = h->text,
	};

	return intake(w, &c, &got);
}

static enum outcome
score(struct work *w, const struct happening *h)
{
	struct ticket t;
	struct score s;
	char *comment;
	struct event e = {
		.kind = "scored",
		.actor = h->ticket->customer,
		.actor_kind = ACTOR_CUSTOMER,
	};

	if (ticket_hold_for_house(w, h->ticket->org, h->ticket->id, &t) != DONE ||
		score_of(w, &t, &s) != DONE)
		return FAULT;
	s.score = strtoll(h->text, &comment, 10);
	s.comment = comment + strspn(comment, " ");
	score_give(w, &s);
	e.body = s.comment;
	pairs_add_int(w->arena, &e.data, "score", s.score);
	timeline_add(w, &t, &e);
	ticket_save(w, &t);
	return DONE;
}

static enum outcome
give(struct work *w, const struct handle *handle, const char *name, struct ticket *t)
{
	struct team to;

	if (team_named(w, handle->org, name, &to) != DONE)
		return MISSING;
	return handle_assign(w, handle, to.id, 0, t);
}

static enum outcome
set_priority(
	struct work *w, const struct handle *handle, const char *text, struct ticket *t)
{
	char *why;
	int64_t priority = strtoll(text, &why, 10);

	return handle_priority(w, handle, priority, why + strspn(why, " "), t);
}

static enum outcome
by_staff(struct work *w, const struct happening *h)
{
	struct handle handle = {h->ticket->org, h->ticket->reference, 0};
	struct ticket t;

	switch (h->verb) {
	case DEMO_CLAIM: return handle_claim(w, &handle, &t);
	case DEMO_REPLY: return handle_reply(w, &handle, h->text, &t);
	case DEMO_NOTE: return handle_note(w, &handle, h->text, &t);
	case DEMO_WAIT: return handle_wait(w, &handle, "customer", h->text, &t);
	case DEMO_RESOLVE: return handle_resolve(w, &handle, h->text, &t);
	case DEMO_REOPEN: return handle_reopen(w, &handle, h->text, &t);
	case DEMO_CLOSE: return handle_close(w, &handle, h->text, &t);
	case DEMO_CANCEL: return handle_cancel(w, &handle, h->text, &t);
	case DEMO_PRIORITY: return set_priority(w, &handle, h->text, &t);
	case DEMO_GIVE: return give(w, &handle, h->text, &t);
	case DEMO_REPORT:
	case DEMO_MESSAGE:
	case DEMO_SCORE:
	case DEMO_VERBS: break;
	}
	return FAULT;
}

static enum outcome
as_staff(struct work *w, const struct demo_cast *cast, const struct happening *h)
{
	const struct demo_member *m = demo_cast_find(cast, h->ticket->org, h->who);
	const struct actor *house = w->actor;
	struct actor *actor = arena_alloc(w->arena, sizeof *actor);
	enum outcome end;

	if (!m)
		return MISSING;
	*actor = (struct actor){
		.kind = ACTOR_STAFF, .org = m->org, .person = m->person, .name = m->name};
	account_grants(w, m->person, m->org, actor);
	w->actor = actor;
	end = by_staff(w, h);
	w->actor = house;
	return end;
}

enum outcome
demo_verb_play(struct work *w, const struct demo_cast *cast, struct happening *h)
{
	switch (h->verb) {
	case DEMO_REPORT: return report(w, cast, h->ticket);
	case DEMO_MESSAGE: return message(w, h);
	case DEMO_SCORE: return score(w, h);
	default: return as_staff(w, cast, h);
	}
}
