/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/neighbour.h"

#include "desk/assign.h"
#include "desk/followup.h"
#include "desk/intake.h"
#include "desk/letters.h"
#include "desk/loop.h"
#include "desk/status.h"
#include "desk/timeline.h"
#include "format/words.h"
#include "rule/area.h"
#include "store/hearer.h"
#include "store/remote_photo.h"
#include "store/score.h"
#include "weaken.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_THEIRS = 200, FIRST_EVENT = 1 };

/* What each event tells them, and what holds afterwards. `words`: also when that was told
 * them before. */
static const struct {
	const char *kind, *status, *then;
	bool words;
} tellings[] = {
	{"claimed", "investigating", "investigating", false},
	{"assigned", "investigating", "investigating", false},
	{"reply", NULL, NULL, true},
	{"resolved", "fixed", "fixed", true},
	{"closed", "closed", "closed", false},
	{"cancelled", "cancelled", "cancelled", false},
	{"reopened", "reopen", "open", false},
};

/* How it stands, for a reply. */
static const char *
standing(const struct ticket *t)
{
	switch (t->status) {
	case TICKET_NEW: return "open";
	case TICKET_RESOLVED: return "fixed";
	case TICKET_CLOSED: return "closed";
	case TICKET_CANCELLED: return "cancelled";
	default: return "investigating";
	}
}

/* Which of them the event came from; 0: none. */
static int64_t
came_from(const struct event *e)
{
	const char *id = pairs_get(&e->data, "body-id");

#ifdef WEAKEN_ECHO
	return 0;
#endif
	return id ? strtoll(id, NULL, 10) : 0;
}

static void
tell_hearers(struct work *w, const struct ticket *t, const struct event *e, int which)
{
	struct hearer_telling what = {
		.seq = e->seq,
		.status = tellings[which].status,
		.then = tellings[which].then,
	};
	struct hearer_list list;

	if (!what.status)
		what.status = what.then = standing(t);
	hearer_list(w, t, &list);
	for (int i = 0; i < list.count; i++) {
		const struct hearer *h = &list.at[i];
		bool news = tellings[which].words || strcmp(h->told, what.then) != 0;

		/* What was dealt with and is then closed stays fixed. */
		if (strcmp(what.then, "closed") == 0 && strcmp(h->told, "fixed") == 0)
			news = tellings[which].words;
		if (news && h->body != came_from(e))
			hearer_tell(w, t, h->body, &what);
	}
}

static void
tell_news(struct work *w, const struct ticket *t, const struct event *e)
{
	if (e->actor_kind == ACTOR_SYSTEM && strcmp(e->kind, "reopened") != 0)
		return;
	if (strcmp(e->kind, "reply") == 0 && !e->public)
		return;
	for (int i = 0; i < (int)(sizeof tellings / sizeof *tellings); i++)
		if (strcmp(tellings[i].kind, e->kind) == 0)
			tell_hearers(w, t, e, i);
}

void
neighbour_follow(struct work *w, struct ticket *t, const struct event *e)
{
	struct body b;

	if (t->history)
		return;
	tell_news(w, t, e);
	if (strcmp(e->kind, "received") != 0 && strcmp(e->kind, "moved") != 0)
		return;
	if (body_of_team(w, t, &b) == DONE && !body_is_theirs(w, &b, t) &&
		loop_lets_send(w, t, b.id))
		body_send(w, &b, t);
}

/* Whose doing the event is. */
static void
add_body(struct work *w, struct event *e, const struct body *b)
{
	pairs_add(w->arena, &e->data, "body", b->name);
	pairs_add_int(w->arena, &e->data, "body-id", b->id);
}

static void
note(struct work *w, const struct body *b, struct ticket *t, const char *words,
	const char *status)
{
	struct event e = {.kind = "note", .actor_kind = ACTOR_API, .body = words};

	add_body(w, &e, b);
	if (status)
		pairs_add(w->arena, &e.data, "wish", status);
	timeline_add(w, t, &e);
}

enum outcome
neighbour_taken(struct work *w, const struct body *b, int64_t ticket, const char *theirs,
	const char *token)
{
	bool first = body_sent(w, b, ticket, theirs, token);
	struct body_update_list before;
	struct ticket t;

	if (!*theirs || !first)
		return DONE;
	if (ticket_hold_for_house(w, b->org, ticket, &t) != DONE)
		return MISSING;
	note(w, b, &t, arena_printf(w->arena, "%s: %s", b->name, theirs), NULL);
	body_claim(w, b, theirs, ticket, &before);
	for (int i = 0; i < before.count; i++)
		note(w, b, &t,
			arena_printf(w->arena, "%s (%s): %s", b->name,
				before.at[i].status, before.at[i].words),
			before.at[i].status);
	ticket_save(w, &t);
	return DONE;
}

static void
note_why(struct work *w, const struct body *b, int64_t ticket, enum word word,
	const char *why)
{
	struct ticket t;

	if (ticket_hold_for_house(w, b->org, ticket, &t) != DONE)
		return;
	note(w, b, &t,
		words_text(w->arena, w->words, word,
			words_values(
				word_value("name", b->name), word_value("why", why))),
		NULL);
	ticket_save(w, &t);
}

void
neighbour_refused(struct work *w, const struct body *b, int64_t ticket, const char *why)
{
	note_why(w, b, ticket, WORD_bodies_refused, why);
}

void
neighbour_deaf(struct work *w, const struct body *b, int64_t ticket, const char *why)
{
	note_why(w, b, ticket, WORD_bodies_deaf, why);
}

void
neighbour_heard(struct work *w, const struct body *b, const struct body_update *known)
{
	if (*known->id)
		(void)body_note(w, b, known, known->ticket);
}

/* --- their updates ------------------------------------------------------------------ */

bool
neighbour_deed(const char *deed)
{
	return strcmp(deed, "note") == 0 || strcmp(deed, "resolve") == 0 ||
	       strcmp(deed, "reopen") == 0 || strcmp(deed, "ignore") == 0;
}

/* False where the organisation's rules do not let it. */
static bool
resolve(struct work *w, const struct body *b, const struct body_update *u,
	struct ticket *t)
{
	struct event e = {
		.kind = "resolved",
		.actor_kind = ACTOR_API,
		.public = true,
		.body = u->words,
	};

	if (!*u->words)
		e.body = words_text(w->arena, w->words, WORD_bodies_resolved,
			words_values(word_value("name", b->name)));
	add_body(w, &e, b);
	pairs_add(w->arena, &e.data, "wish", u->status);
	if (status_change(w, t, TICKET_RESOLVED, e.body) != DONE)
		return false;
	timeline_add(w, t, &e);
	letters_resolved(w, t, e.body, score_ask(w, t));
	return true;
}

static bool
reopen(struct work *w, const struct body *b, const struct body_update *u,
	struct ticket *t)
{
	struct event e = {.kind = "reopened", .actor_kind = ACTOR_API, .body = u->words};

	add_body(w, &e, b);
	if (followup_reopen(w, t, &e, "staff") != DONE)
		return false;
	assign_reopened(w, t);
	return true;
}

static void
do_deed(struct work *w, const struct body *b, const struct body_update *u,
	const char *deed, struct ticket *t)
{
	bool done = false;

	if (strcmp(deed, "resolve") == 0 && ticket_is_open(t->status))
		done = resolve(w, b, u, t);
	else if (strcmp(deed, "reopen") == 0 &&
		 (t->status == TICKET_RESOLVED || t->status == TICKET_CLOSED))
		done = reopen(w, b, u, t);
	if (!done)
		note(w, b, t,
			arena_printf(
				w->arena, "%s (%s): %s", b->name, u->status, u->words),
			u->status);
}

void
neighbour_told(struct work *w, const struct body *b, const struct body_update *u)
{
	int64_t ticket = body_ticket(w, b, u->theirs);
	bool late = u->at < body_latest(w, b, u->theirs);
	const char *deed = pairs_get(&b->statuses, u->status);
	struct ticket t;

	if (!body_note(w, b, u, ticket) || ticket == 0 ||
		(deed && strcmp(deed, "ignore") == 0) ||
		ticket_hold_for_house(w, b->org, ticket, &t) != DONE)
		return;
	do_deed(w, b, u, deed && !late ? deed : "note", &t);
	ticket_save(w, &t);
}

/* --- their requests ----------------------------------------------------------------- */

/* The service of ours that theirs stands for, or NULL. */
static const char *
service_of(const struct body *b, const char *theirs)
{
	for (int i = 0; i < b->services.count; i++)
		if (strcmp(b->services.at[i].value, theirs) == 0)
			return b->services.at[i].name;
	return NULL;
}

static bool
is_in_area(struct work *w, const struct body *b, struct point p)
{
	struct area area;

	return !*b->area || (area_read(w->arena, b->area, &area) && area_has(&area, p));
}

/* Why it becomes no ticket of ours, or NULL with the contact that makes it one. */
static const char *
read_request(struct work *w, const struct body *b, const struct neighbour_request *r,
	struct contact *c)
{
	enum point_reading place;
	struct point p;
	int64_t at;

	if (body_ticket(w, b, r->theirs) != 0)
		return "ours";
	if (!*r->lat || !*r->lon || strlen(r->theirs) > LONGEST_THEIRS ||
		!times_parse_iso(bytes_of(r->updated), &at))
		return "incomplete";
	place = point_read(w->arena, arena_printf(w->arena, "%s,%s", r->lat, r->lon), &p);
	if (place == POINT_ILL)
		return "incomplete";
	if (place == POINT_OUTSIDE || !is_in_area(w, b, p))
		return "area";
	if (strcmp(r->status, "closed") == 0)
		return "closed";
	*c = (struct contact){
		.org = b->org,
		.channel = CHANNEL_OPEN311,
		.key = arena_printf(
			w->arena, "body:%lld:%s", (long long)b->id, r->theirs),
		.service = service_of(b, r->service),
		.words = r->words,
		.place = point_text(w->arena, p),
	};
	return c->service ? NULL : "service";
}

void
neighbour_brought(struct work *w, const struct body *b, const struct neighbour_request *r)
{
	struct contact c;
	struct receipt got;
	struct ticket t;
	const char *ignored;

	if (!body_bring(w, b, r->theirs))
		return;
	ignored = read_request(w, b, r, &c);
	if (!ignored && intake(w, &c, &got) != DONE)
		ignored = "refused";
	if (ignored) {
		body_brought(w, b, r->theirs, 0, ignored);
		return;
	}
	t = (struct ticket){.org = got.org, .id = got.ticket};
	body_brought(w, b, r->theirs, got.ticket, "");
	(void)body_sent(w, b, got.ticket, r->theirs, "");
	for (int i = 0; i < r->media.count; i++)
		remote_photo_insert(w, &t, FIRST_EVENT, r->media.at[i].value);
}
