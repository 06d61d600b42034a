/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/refuse.h"

#include "desk/assign.h"
#include "desk/facts.h"
#include "desk/field.h"
#include "desk/move.h"

#include <string.h>

/* The team of the newest hand-over to where it is now, else the organisation's desk. */
static enum outcome
came_from(struct work *w, const struct ticket *t, struct team *from)
{
	struct event_list events;
	struct team_list teams;

	event_read_facts(w, t->org, t->id, t->id, &events);
	for (int i = events.count - 1; i >= 0; i--) {
		const struct event *e = &events.at[i];

		if (strcmp(e->kind, "moved") == 0 && facts_number(e, "team") == t->team &&
			facts_number(e, "from_team") != t->team)
			return team_get(w, t->org, facts_number(e, "from_team"), from);
	}
	team_list(w, t->org, &teams);
	for (int i = 0; i < teams.count; i++)
		if (strcmp(teams.at[i].kind, "desk") == 0 && teams.at[i].id != t->team) {
			*from = teams.at[i];
			return DONE;
		}
	return MISSING;
}

enum outcome
refuse(struct work *w, const struct handle *h, const char *reason, struct ticket *t)
{
	enum outcome end = ticket_hold(
		w, h->org, h->reference, RIGHT_CLAIM, h->version, t);
	struct event e = {
		.kind = "moved",
		.actor = w->actor->person,
		.actor_kind = w->actor->kind,
		.body = reason,
	};
	struct team from;

	if (end != DONE)
		return end;
	if (!team_has_member(w, t->org, t->team, w->actor->person) &&
		!ticket_may(w, t, RIGHT_ASSIGN))
		return DENIED;
	if (!ticket_is_open(t->status))
		return CONFLICT;
	if (!reason || reason[strspn(reason, " \t\r\n")] == 0)
		return work_problem(w, "words", "problem.refuse.reason");
	if (field_change(w, t, FIELD_TEAM, "team") != DONE)
		return INVALID;
	if (came_from(w, t, &from) != DONE)
		return work_problem(w, "team", "problem.refuse.nobody");
	pairs_add(w->arena, &e.data, "why", "refused");
	move_to_team(w, t, &e, &from);
	assign_arrived(w, t);
	ticket_save(w, t);
	return DONE;
}
