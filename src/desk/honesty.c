/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/honesty.h"

#include "desk/promises.h"

#include <string.h>

static bool
met_unpaused(struct work *w, int64_t org, const struct truth_cycle *c)
{
	struct promise_set set = {.arena = w->arena};
	struct ticket t = {.org = org, .id = c->ticket};
	const struct promise_state *s;

	promises_rebuild_unpaused(w, &t, &set);
	for (int i = 0; i < set.ended_count; i++)
		if (set.ended[i].kind == PROMISE_RESOLUTION &&
			set.ended[i].cycle == c->cycle)
			return set.ended[i].met;
	s = promise_set_find(&set, PROMISE_RESOLUTION, 0);
	return !s || clock_read(&s->clock, w->now).result != CLOCK_MISSED;
}

void
honesty_read(struct work *w, const struct scope *s, const struct figures_period *p,
	struct honesty *h)
{
	struct truth_promises promises;
	struct truth_paused list;
	struct arena *passing = arena_new();
	struct work here = *w;

	truth_promises(w, s, p, &promises);
	truth_paused(w, s, p, &list);
	*h = (struct honesty){
		.stopped = promises.stopped,
		.met = promises.met,
		.cancelled = promises.cancelled,
		.tightened = promises.tightened,
		.gained = arena_array(w->arena, (size_t)list.count, sizeof *h->gained),
		.more = list.more,
	};
	here.arena = passing;
	for (int i = 0; i < list.count; i++) {
		arena_reset(passing);
		if (!met_unpaused(&here, s->org, &list.at[i]))
			h->gained[h->gained_count++] = list.at[i].ticket;
	}
	arena_free(passing);
	h->unpaused = h->met - h->gained_count;
}

/* Counted by the desk, then read through the scope. */
static void
gained(struct work *w, const struct scope *see, const struct truth_question *q,
	struct truth_tickets *list)
{
	struct scope figures = access_figures(w->actor, w->actor->org);
	int64_t *ids = arena_array(w->arena, (size_t)q->limit, sizeof *ids);
	struct honesty h;
	int count = 0, i;

	honesty_read(w, &figures, &q->period, &h);
	for (i = 0; i < h.gained_count && count < q->limit; i++)
		if (h.gained[i] > q->after &&
			(count == 0 || ids[count - 1] != h.gained[i]))
			ids[count++] = h.gained[i];
	truth_tickets_of(w, see, ids, count, list);
	list->more = i < h.gained_count;
}

enum outcome
honesty_tickets(struct work *w, const char *figure, struct truth_question *q,
	struct truth_tickets *list)
{
	static const struct {
		const char *name;
		enum truth_what what;
	} figures[] = {
		{"met", TRUTH_MET},
		{"missed", TRUTH_MISSED},
		{"tightened", TRUTH_TIGHTENED},
		{"cancelled", TRUTH_CANCELLED},
		{"gained", TRUTH_MET},
		{"pauses", TRUTH_PAUSES},
		{"late", TRUTH_LATE},
		{"moves", TRUTH_MOVES},
		{"back", TRUTH_BACK},
		{"refused", TRUTH_REFUSED},
		{"touched", TRUTH_TOUCHED},
	};
	struct scope see = access_scope(w->actor, w->actor->org, RIGHT_SEE);

	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
		if (strcmp(figures[i].name, figure) != 0)
			continue;
		q->what = figures[i].what;
		if (strcmp(figure, "gained") == 0)
			gained(w, &see, q, list);
		else
			truth_tickets(w, &see, q, list);
		return DONE;
	}
	return MISSING;
}
