/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/move.h"

#include "desk/timeline.h"
#include "store/handover.h"

/* What the team owes is decided when the work reaches it; nothing is owed any more by who
 * gets what is done. */
static void
add_event(struct work *w, struct ticket *t, struct event *e)
{
	struct promise_terms terms;
	struct decision d;
	bool decided;

	if (!ticket_is_open(t->status)) {
		timeline_add(w, t, e);
		return;
	}
	decided = routing_leg(w, t, &terms, &d);
	timeline_leg(w, t, e, &terms);
	timeline_add(w, t, e);
	if (decided)
		decision_insert(w, t, e->seq, &d);
}

void
move_to_team(struct work *w, struct ticket *t, struct event *e, const struct team *to)
{
	struct handover h = {.from = t->team, .to = to->id, .actor = e->actor};

	e->kind = "moved";
	pairs_add(w->arena, &e->data, "from", t->team_name);
	pairs_add_int(w->arena, &e->data, "from_team", t->team);
	pairs_add(w->arena, &e->data, "to", to->name);
	pairs_add_int(w->arena, &e->data, "to_team", to->id);
	t->team = to->id;
	t->team_name = to->name;
	t->team_kind = to->kind;
	t->push = to->push;
	t->assignee = 0;
	t->handovers++;
	add_event(w, t, e);
	h.seq = e->seq;
	h.at = e->at;
	handover_insert(w, t, &h);
}
