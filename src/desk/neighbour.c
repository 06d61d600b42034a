/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/neighbour.h"

#include "desk/timeline.h"

#include <string.h>

void
neighbour_follow(struct work *w, const struct ticket *t, const struct event *e)
{
	struct body b;

	if (t->history ||
		(strcmp(e->kind, "received") != 0 && strcmp(e->kind, "moved") != 0))
		return;
	if (body_of_team(w, t, &b) == DONE)
		body_send(w, &b, t);
}

static enum outcome
note(struct work *w, const struct body *b, int64_t ticket, const char *words,
	const char *status)
{
	struct event e = {.kind = "note", .actor_kind = ACTOR_API, .body = words};
	struct ticket t;

	if (ticket_hold_for_house(w, b->org, ticket, &t) != DONE)
		return MISSING;
	pairs_add(w->arena, &e.data, "body", b->name);
	if (status)
		pairs_add(w->arena, &e.data, "wish", status);
	timeline_add(w, &t, &e);
	ticket_save(w, &t);
	return DONE;
}

enum outcome
neighbour_taken(struct work *w, const struct body *b, int64_t ticket, const char *theirs,
	const char *token)
{
	body_sent(w, b, ticket, theirs, token);
	if (!*theirs)
		return DONE;
	return note(
		w, b, ticket, arena_printf(w->arena, "%s: %s", b->name, theirs), NULL);
}

void
neighbour_told(struct work *w, const struct body *b, const struct body_update *u)
{
	int64_t ticket = body_ticket(w, b, u->theirs);

	if (!body_note(w, b, u, ticket) || ticket == 0)
		return;
	(void)!note(w, b, ticket,
		arena_printf(w->arena, "%s (%s): %s", b->name, u->status, u->words),
		u->status);
}
