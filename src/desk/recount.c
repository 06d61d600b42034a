/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/recount.h"

#include "desk/escalate.h"
#include "desk/facts.h"
#include "desk/timeline.h"
#include "store/kept_clock.h"
#include "store/shelf.h"

struct recount {
	int64_t calendar, version;
	const struct table *escalation;
};

static struct event
event_of(struct work *w, const struct recount *r)
{
	struct event e = {
		.kind = "calendar",
		.actor = w->actor->person,
		.actor_kind = w->actor->kind,
	};

	pairs_add_int(w->arena, &e.data, "calendar", r->calendar);
	pairs_add_int(w->arena, &e.data, "calendar_version", r->version);
	return e;
}

/* Somebody has written to the ticket since it was read: as any other event. */
static void
one_by_one(struct work *w, const struct recount *r, const struct ticket *seen)
{
	struct event e = event_of(w, r);
	struct ticket t;

	if (ticket_hold_as_it_is(w, seen->org, seen->id, &t) != DONE)
		return;
	timeline_add(w, &t, &e);
	ticket_save(w, &t);
}

static bool
concerns(const struct promise_set *set, const struct recount *r)
{
	for (int i = 0; i < set->count; i++) {
		const struct promise_state *s = &set->at[i];

		if (s->calendar_id == r->calendar && s->calendar_version != r->version &&
			(s->clock.phase == CLOCK_RUNNING ||
				s->clock.phase == CLOCK_PAUSED))
			return true;
	}
	return false;
}

/* What timeline_add would do, with what was read for many tickets at once. */
static void
together(struct work *w, const struct recount *r, struct ticket *t)
{
	struct event e = event_of(w, r);
	struct promise_fact f;
	int64_t was = t->events;

	e.seq = ++t->events;
	e.at = w->now > t->updated ? w->now : t->updated;
	t->updated = e.at;
	f = facts_of(w, t->org, &e);
	if (!promise_step(t->clocks, &f) || t->clocks->pause_count > 0) {
		one_by_one(w, r, t);
		return;
	}
	for (int i = 0; i < t->clocks->count; i++)
		if (t->clocks->at[i].changed)
			escalate_arm_by(w, r->escalation, t, &t->clocks->at[i]);
	t->due = promise_sort(t->clocks, e.at);
	if (kept_clock_move_on(w, t, was))
		event_insert(w, t, &e);
	else
		one_by_one(w, r, t);
}

int
recount_calendar(struct work *w, struct recount_page *p)
{
	struct ticket *tickets = arena_array(w->arena, (size_t)p->limit, sizeof *tickets);
	struct recount r = {.calendar = p->calendar};
	int n;

	if (!shelf_calendar(w, p->org, p->calendar, w->now, &r.version))
		return 0;
	r.escalation = shelf_table(w, p->org, "escalation");
	n = kept_clock_ticking(w, p->org, p->after, p->limit, tickets);
	for (int i = 0; i < n; i++)
		if (concerns(kept_clock_of(w, &tickets[i]), &r)) {
			together(w, &r, &tickets[i]);
			p->moved++;
		}
	if (n > 0)
		p->after = tickets[n - 1].id;
	return n;
}
