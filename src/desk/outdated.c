/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/outdated.h"

#include "store/kept_clock.h"
#include "store/unplaced.h"

#include <inttypes.h>
#include <stdio.h>

const char *
outdated_with_clock(struct work *w, const struct promise_state *s)
{
	return arena_printf(w->arena, "clock %s %" PRId64 " %" PRId64,
		promise_kind_name(s->kind), s->subject, s->clock.cycle);
}

const char *
outdated_with_placing(struct work *w, int64_t team)
{
	return arena_printf(w->arena, "unplaced %" PRId64, team);
}

/* A clock that cannot be read is no reason to be silent. */
static const char *
why_of_clock(struct work *w, const struct letter *l, enum promise_kind kind,
	const struct promise_state *was)
{
	struct scope all = access_house(l->org);
	struct promise_set set = {.arena = w->arena};
	const struct promise_state *s;
	struct ticket t;

	if (ticket_get(w, &all, l->ticket, &t) != DONE)
		return "its ticket is gone";
	if (!ticket_is_open(t.status))
		return "its ticket is solved";
	kept_clock_read(w, &t, &set);
	s = promise_set_find(&set, kind, was->subject);
	if (!s)
		return NULL;
	if (s->clock.cycle != was->clock.cycle)
		return "its clock began anew";
	return s->clock.phase == CLOCK_RUNNING || s->clock.phase == CLOCK_PAUSED
		       ? NULL
		       : "its clock has stopped";
}

const char *
outdated(struct work *w, const struct letter *l)
{
	struct promise_state s = {0};
	struct unplaced_list waiting;
	enum promise_kind kind;
	char name[16];
	int64_t team;

	if (sscanf(l->about, "unplaced %" SCNd64, &team) == 1) {
		unplaced_of_team(w, l->org, team, 1, &waiting);
		return waiting.count ? NULL : "no ticket of the team waits for somebody";
	}
	if (sscanf(l->about, "clock %15s %" SCNd64 " %" SCNd64, name, &s.subject,
		    &s.clock.cycle) != 3)
		return NULL;
	kind = promise_kind_named(name);
	return kind == PROMISE_KINDS ? NULL : why_of_clock(w, l, kind, &s);
}
