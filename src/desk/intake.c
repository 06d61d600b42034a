/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/intake.h"

#include "desk/assign.h"
#include "desk/followup.h"
#include "desk/letters.h"
#include "desk/publishing.h"
#include "desk/recognise.h"
#include "desk/routing.h"
#include "desk/timeline.h"
#include "store/attachment.h"
#include "store/service.h"
#include "store/shelf.h"
#include "store/team.h"

#include <string.h>

enum {
	LONGEST_KEY = 300,
	/* 255 of the caller, and whose it is */ SUBJECT_CHARACTERS = 120,
	LOWEST_LEVEL = 4,
};

static bool
said(const char *text)
{
	return text && *text;
}

static enum outcome
check(struct work *w, const struct contact *c)
{
	if (!said(c->key) || strlen(c->key) > LONGEST_KEY)
		return work_problem(w, "key", "problem.key.length");
	if (c->impact < 0 || c->impact > 4)
		return work_problem(w, "impact", "problem.impact.range");
	if (c->urgency < 0 || c->urgency > 4)
		return work_problem(w, "urgency", "problem.urgency.range");
	return DONE;
}

/* The receipt of the first time. */
static enum outcome
repeat(struct work *w, const struct contact *c, const struct contact_found *found,
	const char *digest, struct receipt *got)
{
	struct scope all = access_house(c->org);
	struct ticket t;

	if (strcmp(found->digest, digest) != 0)
		return CONFLICT;
	if (ticket_get(w, &all, found->ticket, &t) != DONE)
		return FAULT;
	*got = (struct receipt){
		.org = t.org,
		.ticket = t.id,
		.reference = t.reference,
		.person = t.customer,
		.again = true,
	};
	return DONE;
}

/* The first line of the words, cut at a character border. */
static const char *
first_words(struct arena *a, const char *words)
{
	size_t n = strcspn(words, "\r\n");
	size_t most = SUBJECT_CHARACTERS;

	if (n <= most)
		return arena_text(a, words, n);
	while (most > 0 && ((unsigned char)words[most] & 0xC0) == 0x80)
		most--;
	return arena_printf(a, "%.*s…", (int)most, words);
}

static const char *
subject_of(struct work *w, const struct contact *c, const struct service *s)
{
	if (said(c->subject))
		return first_words(w->arena, c->subject);
	if (!said(c->words))
		return s->name;
	return arena_printf(w->arena, "%s: %s", s->name, first_words(w->arena, c->words));
}

static void
keep_files(struct work *w, const struct contact *c, const struct ticket *t, int64_t seq)
{
	for (int i = 0; i < c->file_count; i++)
		attachment_insert(w, t, seq, &c->files[i]);
}

static struct event
event_of(const struct contact *c, const struct person *p, int64_t contact,
	const char *kind)
{
	return (struct event){
		.kind = kind,
		.actor = p->id,
		.actor_kind = ACTOR_CUSTOMER,
		.public = true,
		.contact = contact,
		.body = c->words,
		.html = c->html,
	};
}

/* A follow-up by the customer: ends a wait, reopens what was resolved. */
static enum outcome
join(struct work *w, const struct contact *c, const struct person *p,
	const struct ticket *seen, const char *digest, struct receipt *got)
{
	struct ticket t;
	int64_t contact;
	struct event e;
	bool was_open;

	if (ticket_hold_for_house(w, c->org, seen->id, &t) != DONE)
		return FAULT;
	contact = contact_insert(w, c, digest, t.id, p->id);
	if (contact == 0)
		return CONFLICT;
	e = event_of(c, p, contact, c->automatic ? "automatic" : "message");
	was_open = ticket_is_open(t.status);
	followup_add(w, &t, &e);
	keep_files(w, c, &t, e.seq);
	if (!was_open)
		assign_reopened(w, &t);
	ticket_save(w, &t);
	*got = (struct receipt){
		.org = t.org,
		.ticket = t.id,
		.reference = t.reference,
		.person = p->id,
		.joined = true,
	};
	return DONE;
}

/* Joining needs the reference and the sender to agree, and rules that let it go on. */
static bool
may_join(
	struct work *w, const struct contact *c, const struct person *p, struct ticket *t)
{
	struct scope all = access_house(c->org);

	return said(c->reference) && p->id != 0 &&
	       ticket_find(w, &all, c->reference, t) == DONE && t->customer == p->id &&
	       t->status != TICKET_CANCELLED && (c->automatic || followup_takes(w, t));
}

/* The work is with a team from the beginning. */
static void
with_leg(struct work *w, struct ticket *t, struct event *e,
	const struct promise_terms *leg)
{
	if (*t->team_kind)
		timeline_leg(w, t, e, leg);
}

static void
with_team(struct work *w, struct ticket *t)
{
	struct team team;

	if (team_get(w, t->org, t->team, &team) != DONE)
		return;
	t->team_name = team.name;
	t->team_kind = team.kind;
	t->push = team.push;
}

static void
received(struct work *w, const struct contact *c, const struct person *p,
	const struct routed *r, int64_t contact, struct ticket *t)
{
	struct event e = event_of(c, p, contact, "received");
	struct promise_terms leg;
	struct decision leg_by;

	pairs_add(w->arena, &e.data, "channel", t->channel);
	if (c->taken_by)
		pairs_add(w->arena, &e.data, "by", c->taken_by);
	timeline_terms(w, t->org, &e, &r->terms, t->created);
	if (routing_leg(w, t, &leg, &leg_by))
		with_leg(w, t, &e, &leg);
	timeline_add(w, t, &e);
	for (int i = 0; i < FOLD_STEPS; i++)
		decision_insert(w, t, e.seq, &r->decisions[i]);
	if (leg.resolution)
		decision_insert(w, t, e.seq, &leg_by);
	keep_files(w, c, t, e.seq);
	if (!c->automatic && letters_acknowledge(w, t, p)) {
		struct event ack = {
			.kind = "acknowledged",
			.actor_kind = ACTOR_SYSTEM,
			.public = true,
		};
		timeline_add(w, t, &ack);
	}
}

/* A level as the form asked for it, where the channel did not say. */
static int64_t
stated(struct work *w, const struct service *s, const struct contact *c, const char *name,
	int64_t level)
{
	const char *answer = level ? NULL : pairs_get(&c->fields, name);
	const struct form *form;
	int place;

	if (!answer)
		return level;
	form = shelf_form(w, s->org, s->code, s->form_version);
	place = form ? form_place(form, name, answer) : 0;
	return place < LOWEST_LEVEL ? place : LOWEST_LEVEL;
}

static enum outcome
open_ticket(struct work *w, const struct contact *c, const struct person *p,
	const char *digest, struct receipt *got)
{
	struct contact told = *c;
	struct service s;
	struct routed r;
	struct ticket t;
	int64_t contact;

	if (!said(c->service) || service_find(w, c->org, c->service, &s) != DONE)
		return work_problem(w, "service", "problem.service.unknown");
	told.impact = stated(w, &s, c, "impact", c->impact);
	told.urgency = stated(w, &s, c, "urgency", c->urgency);
	routing_decide(w, &s, &told, p, &r);
	t = (struct ticket){
		.org = c->org,
		.id = work_id(w),
		.kind = s.kind,
		.service = s.code,
		.form_version = s.form_version,
		.subject = subject_of(w, c, &s),
		.status = TICKET_NEW,
		.priority = r.priority,
		.impact = told.impact,
		.urgency = told.urgency,
		.team = r.team,
		.customer = p->id,
		.restricted = s.restricted,
		.channel = contact_channel_name(c->channel),
		.place = c->place ? c->place : "",
		.waiting_for = "",
		.created = c->at ? c->at : w->now,
		.service_name = s.name,
		.customer_name = p->name ? p->name : "",
		.team_kind = "",
	};
	ticket_begin(w, &t);
	with_team(w, &t);
	contact = contact_insert(w, c, digest, t.id, p->id);
	if (contact == 0)
		return CONFLICT;
	publishing_begin(w, &t, &s, c);
	received(w, c, p, &r, contact, &t);
	assign_arrived(w, &t);
	ticket_insert(w, &t);
	*got = (struct receipt){
		.org = t.org,
		.ticket = t.id,
		.reference = t.reference,
		.person = p->id,
	};
	return DONE;
}

enum outcome
intake(struct work *w, struct contact *c, struct receipt *got)
{
	struct contact_found found;
	struct person p;
	struct ticket seen;
	const char *digest;

	if (check(w, c) != DONE)
		return INVALID;
	digest = contact_digest(w, c);
	if (contact_find(w, c->org, c->channel, c->key, &found) == DONE)
		return repeat(w, c, &found, digest, got);
	if (recognise(w, c, &p) != DONE)
		return INVALID;
	if (may_join(w, c, &p, &seen))
		return join(w, c, &p, &seen, digest, got);
	return open_ticket(w, c, &p, digest, got);
}
