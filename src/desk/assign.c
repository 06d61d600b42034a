/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/assign.h"

#include "desk/notices.h"
#include "desk/timeline.h"
#include "store/audit.h"
#include "store/demand.h"
#include "store/team.h"
#include "store/ticket_list.h"
#include "store/unplaced.h"
#include "store/worker.h"

#include <inttypes.h>
#include <stdio.h>

enum { AT_ONCE = 50, MOST_AT_ONCE = 200, URGENT = 1 };

/* One ticket and those who might take it. */
struct choice {
	struct worker_list workers;
	struct assignment_candidate *candidates;
	struct assignment_question question;
	struct demand demand;
	int chosen; /* index, or -1 */
};

static void
choose(struct work *w, const struct ticket *t, int64_t last, struct choice *c)
{
	struct worker_scope of = {t->org, t->team, t->service, NULL};

	*c = (struct choice){.question.last = last};
	demand_of(w, t->org, t->service, &c->demand);
	of.category = c->demand.category;
	c->question.needs = c->demand.needs;
	worker_of_team(w, &of, &c->workers);
	c->candidates = arena_array(
		w->arena, (size_t)c->workers.count, sizeof *c->candidates);
	for (int i = 0; i < c->workers.count; i++) {
		const struct worker *m = &c->workers.at[i];

		c->candidates[i] = (struct assignment_candidate){
			.person = m->person,
			.on_shift = worker_on_shift(m, w->now),
			.present = m->presence.state == PRESENCE_HERE,
			.licensed = m->licensed,
			.has = {m->skills, m->skill_count},
			/* What they hold already does not count against them. */
			.load = m->load - (m->person == last ? c->demand.size : 0),
			.cap = m->cap,
			.capacity = m->capacity,
			.given = m->given,
		};
		if (c->candidates[i].load < 0)
			c->candidates[i].load = 0;
	}
	c->chosen = assignment_choose(&c->question, c->candidates, c->workers.count);
}

static const char *
seen_text(struct work *w, const struct assignment_candidate *c)
{
	return arena_printf(w->arena,
		"%" PRId64 " %d %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, c->person,
		c->bars, c->load, c->cap, c->capacity, c->given);
}

bool
assign_seen_read(const char *text, struct assign_seen *seen)
{
	return sscanf(text, "%" SCNd64 " %d %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64,
		       &seen->person, &seen->bars, &seen->load, &seen->cap,
		       &seen->capacity, &seen->given) == 6;
}

static void
keep(struct work *w, const struct ticket *t, const struct choice *c)
{
	struct decision d = {.name = "person"};
	const struct assignment_question *q = &c->question;

	pairs_add(w->arena, &d.saw, "service", t->service);
	pairs_add_int(w->arena, &d.saw, "size", c->demand.size);
	if (q->last)
		pairs_add_int(w->arena, &d.saw, "last", q->last);
	for (int i = 0; i < q->needs.count; i++)
		pairs_add(w->arena, &d.saw, "skill",
			arena_printf(w->arena, "%" PRId64 " %" PRId64,
				q->needs.at[i].skill, q->needs.at[i].level));
	for (int i = 0; i < c->workers.count; i++)
		pairs_add(w->arena, &d.saw, "candidate", seen_text(w, &c->candidates[i]));
	pairs_add_int(w->arena, &d.gave, "person",
		c->chosen < 0 ? 0 : c->candidates[c->chosen].person);
	decision_insert(w, t, t->events, &d);
}

static void
give(struct work *w, struct ticket *t, const struct worker *to)
{
	struct event e = {.kind = "assigned", .actor_kind = ACTOR_SYSTEM};
	const char *from = t->assignee ? t->assignee_name : "";

	pairs_add(w->arena, &e.data, "from", from ? from : "");
	pairs_add(w->arena, &e.data, "to", to->name ? to->name : "");
	pairs_add(w->arena, &e.data, "why", "desk");
	t->assignee = to->person;
	t->assignee_name = to->name ? to->name : "";
	timeline_add(w, t, &e);
	worker_given(w, t->org, to->person);
}

static const char *
team_name(struct work *w, const struct ticket *t)
{
	struct team team;

	return team_get(w, t->org, t->team, &team) == DONE ? team.name : "";
}

static void
raise_alarm(struct work *w, struct ticket *t)
{
	struct event e = {.kind = "unplaced", .actor_kind = ACTOR_SYSTEM};

	pairs_add(w->arena, &e.data, "team", team_name(w, t));
	t->assignee = 0;
	t->assignee_name = NULL;
	timeline_add(w, t, &e);
	/* One letter an hour is enough; what is urgent does not wait for the next. */
	if (unplaced_tell(w, t) || t->priority == URGENT)
		notices_unplaced(w, t, t->priority == URGENT);
}

void
assign_arrived(struct work *w, struct ticket *t)
{
	struct choice c;

	if (!t->push || t->assignee || !ticket_is_open(t->status))
		return;
	team_hold(w, t->org, t->team);
	choose(w, t, 0, &c);
	if (c.chosen >= 0)
		give(w, t, &c.workers.at[c.chosen]);
	else if (unplaced_add(w, t))
		raise_alarm(w, t);
	else
		return; /* it waits already, and that was told */
	keep(w, t, &c);
}

void
assign_reopened(struct work *w, struct ticket *t)
{
	struct choice c;

	if (!t->push || !t->assignee) {
		assign_arrived(w, t);
		return;
	}
	team_hold(w, t->org, t->team);
	choose(w, t, t->assignee, &c);
	if (c.chosen < 0) {
		if (unplaced_add(w, t))
			raise_alarm(w, t);
	} else if (c.candidates[c.chosen].person != t->assignee) {
		give(w, t, &c.workers.at[c.chosen]);
	}
	keep(w, t, &c);
}

void
assign_taken(struct work *w, const struct ticket *t)
{
	if (!t->push)
		return;
	worker_given(w, t->org, t->assignee);
	unplaced_remove(w, t);
}

/* False when it is still waiting. */
static bool
place(struct work *w, int64_t org, int64_t id)
{
	struct ticket t;
	struct choice c;

	if (ticket_hold_for_house(w, org, id, &t) != DONE || t.assignee ||
		!ticket_is_open(t.status))
		return true;
	choose(w, &t, 0, &c);
	if (c.chosen < 0)
		return false;
	give(w, &t, &c.workers.at[c.chosen]);
	keep(w, &t, &c);
	unplaced_remove(w, &t);
	ticket_save(w, &t);
	return true;
}

bool
assign_catch_up(struct work *w, int64_t org, int64_t team)
{
	struct unplaced_list waiting;
	bool any = false;

	team_hold(w, org, team);
	unplaced_sweep(w, org, team);
	unplaced_of_team(w, org, team, AT_ONCE, &waiting);
	for (int i = 0; i < waiting.count; i++)
		any = place(w, org, waiting.at[i]) || any;
	return any && waiting.more;
}

/* One that nobody had taken before the desk began to give. */
static void
begin_with(struct work *w, int64_t org, int64_t id)
{
	struct ticket t;

	if (ticket_hold_for_house(w, org, id, &t) != DONE)
		return;
	assign_arrived(w, &t);
	ticket_save(w, &t);
}

enum outcome
assign_team(struct work *w, int64_t org, int64_t team, bool push)
{
	struct scope all = access_house(org);
	struct ticket_query q = {
		.view = TICKET_TEAM, .team = team, .limit = MOST_AT_ONCE};
	struct ticket_list list;

	if (team_set_push(w, org, team, push) != DONE)
		return MISSING;
	audit_add(w, "staffing.team", arena_printf(w->arena, "team %" PRId64, team),
		push ? "push=1" : "push=0");
	if (!push)
		return DONE;
	do {
		ticket_list_read(w, &all, &q, &list);
		for (int i = 0; i < list.count; i++) {
			q.after_due = list.at[i].due;
			q.after_id = list.at[i].id;
			if (list.at[i].assignee == 0)
				begin_with(w, org, list.at[i].id);
		}
	} while (list.more);
	return DONE;
}
