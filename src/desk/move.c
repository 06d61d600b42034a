/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/move.h"

#include "desk/timeline.h"
#include "store/handover.h"

void
move_to_team(struct work *w, struct ticket *t, struct event *e, const struct team *to)
{
	struct handover h = {.from = t->team, .to = to->id, .actor = e->actor};

	e->kind = "moved";
	pairs_add(w->arena, &e->data, "from", t->team_name);
	pairs_add(w->arena, &e->data, "to", to->name);
	t->team = to->id;
	t->team_name = to->name;
	t->push = to->push;
	t->assignee = 0;
	t->handovers++;
	timeline_add(w, t, e);
	h.seq = e->seq;
	h.at = e->at;
	handover_insert(w, t, &h);
}
