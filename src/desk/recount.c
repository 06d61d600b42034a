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
	struct event event; /* but for its place and time */
	struct promise_fact fact;
};

/* False when there is no such calendar. */
static bool
begin(struct work *w, const struct recount_page *p, struct recount *r)
{
	*r = (struct recount){
		.calendar = p->calendar,
		.escalation = shelf_table(w, p->org, "escalation"),
		.event = {.kind = "calendar",
			.actor = w->actor->person,
			.actor_kind = w->actor->kind},
	};
	if (!shelf_calendar(w, p->org, p->calendar, w->now, &r->version))
		return false;
	pairs_add_int(w->arena, &r->event.data, "calendar", r->calendar);
	pairs_add_int(w->arena, &r->event.data, "calendar_version", r->version);
	r->fact = facts_of(w, p->org, &r->event);
	return true;
}

/* Somebody has written to the ticket since it was read: as any other event. */
static void
one_by_one(struct work *w, const struct recount *r, const struct ticket *seen)
{
	struct event e = r->event;
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

/* What timeline_add would do but for the event itself, with what was read for many
 * tickets at once. False when this one had to be done one by one. */
static bool
moved_on(struct work *w, const struct recount *r, struct ticket *t)
{
	struct promise_fact f = r->fact;
	int64_t was = t->events;

	f.seq = ++t->events;
	f.at = f.recorded = w->now > t->updated ? w->now : t->updated;
	t->updated = f.at;
	if (promise_step(t->clocks, &f) && t->clocks->pause_count == 0) {
		for (int i = 0; i < t->clocks->count; i++)
			if (t->clocks->at[i].changed)
				escalate_arm_by(w, r->escalation, t, &t->clocks->at[i]);
		t->due = promise_sort(t->clocks, f.at);
		if (kept_clock_move_on(w, t, was))
			return true;
	}
	one_by_one(w, r, t);
	return false;
}

/* The events of a run of tickets, no other between them. One statement does it, unless
 * somebody brings a ticket with an id between theirs at this moment. */
static void
add_events(struct work *w, const struct recount *r, const struct ticket *run, int count)
{
	if (count == 0)
		return;
	db_savepoint(w->db);
	if (event_insert_run(w, run[0].org, run[0].id, run[count - 1].id, &r->event) ==
		count) {
		db_savepoint_keep(w->db);
		return;
	}
	db_savepoint_undo(w->db);
	for (int i = 0; i < count; i++) {
		struct event e = r->event;

		e.seq = run[i].events;
		e.at = run[i].updated;
		event_insert(w, &run[i], &e);
	}
}

int
recount_calendar(struct work *w, struct recount_page *p)
{
	struct ticket *tickets = arena_array(w->arena, (size_t)p->limit, sizeof *tickets);
	struct recount r;
	int n, from = 0;

	if (!begin(w, p, &r))
		return 0;
	n = kept_clock_ticking(w, p->org, p->after, p->limit, tickets);
	for (int i = 0; i < n; i++) {
		bool concerned = concerns(kept_clock_of(w, &tickets[i]), &r);

		p->moved += concerned;
		if (concerned && moved_on(w, &r, &tickets[i]))
			continue;
		add_events(w, &r, &tickets[from], i - from);
		from = i + 1;
	}
	add_events(w, &r, &tickets[from], n - from);
	if (n > 0)
		p->after = tickets[n - 1].id;
	return n;
}
