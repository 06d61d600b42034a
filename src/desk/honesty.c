/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/honesty.h"

#include "desk/promises.h"

static bool
met_unpaused(struct work *w, int64_t org, int64_t id)
{
	struct promise_set set = {.arena = w->arena};
	struct ticket t = {.org = org, .id = id};
	const struct promise_state *s;

	promises_rebuild_unpaused(w, &t, &set);
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
		.gained = arena_array(w->arena, (size_t)list.count, sizeof *h->gained),
		.more = list.more,
	};
	here.arena = passing;
	for (int i = 0; i < list.count; i++) {
		arena_reset(passing);
		if (!met_unpaused(&here, s->org, list.at[i]))
			h->gained[h->gained_count++] = list.at[i];
	}
	arena_free(passing);
	h->unpaused = h->met - h->gained_count;
}
