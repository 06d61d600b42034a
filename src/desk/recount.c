/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/recount.h"

#include "desk/escalate.h"
#include "desk/facts.h"
#include "desk/timeline.h"
#include "store/kept_clock.h"
#include "store/shelf.h"

/* What becomes of one ticket. */
struct outlook {
	struct ticket *ticket;
	int64_t was;		  /* its events when it was read */
	struct kept_clock clocks; /* text NULL: it is to be done by itself */
};

struct recount {
	int64_t calendar, version;
	const struct table *escalation;
	struct event event; /* but for its place and time */
	struct promise_fact fact;
	struct outlook *at; /* in rising order of id; NULL ticket: not concerned */
	int count;
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

/* What timeline_add would make of it, but for the event itself. */
static void
look_ahead(struct work *w, const struct recount *r, struct outlook *o)
{
	struct ticket *t = o->ticket;
	struct promise_fact f = r->fact;

	o->was = t->events;
	f.seq = ++t->events;
	f.at = f.recorded = w->now > t->updated ? w->now : t->updated;
	t->updated = f.at;
	if (!promise_step(t->clocks, &f) || t->clocks->pause_count > 0)
		return;
	for (int i = 0; i < t->clocks->count; i++)
		if (t->clocks->at[i].changed)
			escalate_arm_by(w, r->escalation, t, &t->clocks->at[i]);
	t->due = promise_sort(t->clocks, f.at);
	o->clocks = kept_clock_made(w->arena, t);
}

void
recount_plan(struct work *w, const struct recount_page *p, struct recount_plan *plan)
{
	struct ticket *tickets = arena_array(w->arena, (size_t)p->limit, sizeof *tickets);
	struct recount *r = arena_alloc(w->arena, sizeof *r);

	*plan = (struct recount_plan){.recount = r};
	if (!begin(w, p, r))
		return;
	r->count = kept_clock_ticking(w, p->org, p->after, p->limit, tickets);
	r->at = arena_array(w->arena, (size_t)r->count, sizeof *r->at);
	for (int i = 0; i < r->count; i++) {
		r->at[i] = (struct outlook){.ticket = NULL};
		if (!concerns(kept_clock_of(w, &tickets[i]), r))
			continue;
		r->at[i].ticket = &tickets[i];
		look_ahead(w, r, &r->at[i]);
	}
	plan->looked = r->count;
	plan->reached = r->count ? tickets[r->count - 1].id : p->after;
}

/* The events of a run of tickets, no other between them. One statement does it, unless
 * somebody brings a ticket with an id between theirs at this moment. */
static void
add_events(struct work *w, const struct recount *r, const struct outlook *run, int count)
{
	const struct ticket *first, *last;

	if (count == 0)
		return;
	first = run[0].ticket;
	last = run[count - 1].ticket;
	db_savepoint(w->db);
	if (event_insert_run(w, first->org, first->id, last->id, &r->event) == count) {
		db_savepoint_keep(w->db);
		return;
	}
	db_savepoint_undo(w->db);
	for (int i = 0; i < count; i++) {
		struct event e = r->event;

		e.seq = run[i].ticket->events;
		e.at = run[i].ticket->updated;
		event_insert(w, run[i].ticket, &e);
	}
}

int
recount_write(struct work *w, const struct recount_plan *plan)
{
	const struct recount *r = plan->recount;
	int from = 0, moved = 0;

	for (int i = 0; i < r->count; i++) {
		const struct outlook *o = &r->at[i];

		moved += o->ticket != NULL;
		if (o->ticket && o->clocks.text &&
			kept_clock_move_on(w, o->ticket, &o->clocks, o->was))
			continue;
		add_events(w, r, &r->at[from], i - from);
		from = i + 1;
		if (o->ticket)
			one_by_one(w, r, o->ticket);
	}
	add_events(w, r, &r->at[from], r->count - from);
	return moved;
}
