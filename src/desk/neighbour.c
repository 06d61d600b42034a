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
#include "store/remote_photo.h"
#include "store/score.h"

#include <string.h>

enum { LONGEST_THEIRS = 200, FIRST_EVENT = 1 };

void
neighbour_follow(struct work *w, struct ticket *t, const struct event *e)
{
	struct body b;

	if (t->history ||
		(strcmp(e->kind, "received") != 0 && strcmp(e->kind, "moved") != 0))
		return;
	if (body_of_team(w, t, &b) == DONE && !body_is_theirs(w, &b, t) &&
		loop_lets_send(w, t, b.id))
		body_send(w, &b, t);
}

static void
note(struct work *w, const struct body *b, struct ticket *t, const char *words,
	const char *status)
{
	struct event e = {.kind = "note", .actor_kind = ACTOR_API, .body = words};

	pairs_add(w->arena, &e.data, "body", b->name);
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

void
neighbour_refused(struct work *w, const struct body *b, int64_t ticket, const char *why)
{
	struct ticket t;

	if (ticket_hold_for_house(w, b->org, ticket, &t) != DONE)
		return;
	note(w, b, &t,
		words_text(w->arena, w->words, WORD_bodies_refused,
			words_values(
				word_value("name", b->name), word_value("why", why))),
		NULL);
	ticket_save(w, &t);
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
	pairs_add(w->arena, &e.data, "body", b->name);
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

	pairs_add(w->arena, &e.data, "body", b->name);
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
