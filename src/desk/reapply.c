/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/reapply.h"

#include "desk/extend.h"
#include "desk/move.h"
#include "desk/routing.h"
#include "desk/timeline.h"
#include "format/words.h"
#include "rule/promise_set.h"
#include "store/kept_clock.h"
#include "store/received.h"
#include "store/shelf.h"
#include "store/team.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 50 };

/* What is known of how one ticket was decided so far. */
struct history {
	bool kept;	  /* what was seen of it when it came */
	struct pairs saw; /* then */
	struct fold_values hand;
	int64_t newest[FOLD_STEPS]; /* the version that decided last */
};

static int64_t
number(const struct pairs *p, const char *name)
{
	const char *text = pairs_get(p, name);

	return text ? strtoll(text, NULL, 10) : 0;
}

static void
read_history(struct work *w, const struct ticket *t, struct history *h)
{
	struct decision_list list;

	*h = (struct history){.kept = false};
	decision_read(w, t, &list);
	for (int i = 0; i < list.count; i++) {
		const struct decision *d = &list.at[i];
		bool by_hand = pairs_get(&d->gave, "hand") != NULL;

		for (enum fold_step s = 0; s < FOLD_STEPS; s++)
			if (strcmp(d->name, fold_step_name(s)) == 0)
				h->newest[s] = by_hand ? 0 : d->version;
		if (strcmp(d->name, "priority") == 0) {
			h->hand.priority = by_hand ? number(&d->gave, "priority") : 0;
			if (!h->kept)
				h->saw = d->saw;
			h->kept = true;
		}
		if (strcmp(d->name, "route") == 0)
			h->hand.team = by_hand ? number(&d->gave, "team") : 0;
	}
}

static struct fold_input
input_of(struct work *w, const struct ticket *t, const struct history *h)
{
	struct service s = {.team = t->team};

	if (service_find(w, t->org, t->service, &s) != DONE)
		s.team = t->team;
	return (struct fold_input){
		.facts =
			{
				.service = pairs_get(&h->saw, "service"),
				.category = pairs_get(&h->saw, "category"),
				.channel = pairs_get(&h->saw, "channel"),
				.text = received_text(w, t),
				.priority = number(&h->saw, "priority"),
				.impact = number(&h->saw, "impact"),
				.urgency = number(&h->saw, "urgency"),
				.vip = number(&h->saw, "vip") != 0,
				.vulnerable = number(&h->saw, "vulnerable") != 0,
			},
		.own = {.priority = number(&h->saw, "priority"), .team = s.team},
		.hand = h->hand,
	};
}

/* Is a clock, or NULL, not what the terms ask of it? Where they ask nothing it stays. */
static bool
is_other(const struct promise_state *s, int64_t target, enum clock_unit unit,
	const struct promise_terms *terms)
{
	enum workdays_end end = terms->midnight ? WORKDAYS_MIDNIGHT : WORKDAYS_CLOSING;

	if (target == 0 || !s)
		return target > 0;
	return s->clock.target != target || s->clock.unit != unit ||
	       s->calendar_id != terms->calendar ||
	       (unit == CLOCK_WORKING_DAYS && s->clock.day_end != end) ||
	       (s->kind == PROMISE_RESOLUTION && s->no_pause != terms->no_pause);
}

static bool
other_terms(struct work *w, const struct ticket *t, const struct promise_terms *terms)
{
	struct promise_set set = {.arena = w->arena};

	kept_clock_read(w, t, &set);
	return is_other(promise_set_find(&set, PROMISE_RESPONSE, 0), terms->response,
		       terms->response_unit, terms) ||
	       is_other(promise_set_find(&set, PROMISE_RESOLUTION, 0), terms->resolution,
		       terms->unit, terms);
}

static struct event
house_event(struct work *w, const struct rule_apply *a, const char *kind)
{
	const struct words *words = w->words ? w->words : words_of("en");
	const char *name = words_text(w->arena, words,
		words_find(arena_printf(w->arena, "tables.name.%s", a->name)), NULL);
	struct event e = {
		.kind = kind,
		.actor_kind = ACTOR_SYSTEM,
		.body = words_text(w->arena, words, WORD_tables_applied_reason,
			words_values(
				word_value("n", a->version), word_value("name", name))),
	};

	pairs_add(w->arena, &e.data, "table", a->name);
	pairs_add_int(w->arena, &e.data, "version", a->version);
	return e;
}

static void
change_priority(struct work *w, const struct rule_apply *a, struct ticket *t,
	const struct routed *r)
{
	struct event e = house_event(w, a, "priority");

	pairs_add_int(w->arena, &e.data, "from", t->priority);
	pairs_add_int(w->arena, &e.data, "to", r->priority);
	t->priority = r->priority;
	timeline_terms(w, t->org, &e, &r->terms, w->now);
	timeline_add(w, t, &e);
	if (strcmp(a->name, "priority") == 0)
		decision_insert(w, t, e.seq, &r->decisions[FOLD_PRIORITY]);
	decision_insert(w, t, e.seq, &r->decisions[FOLD_TARGET]);
}

static bool
change_team(struct work *w, const struct rule_apply *a, struct ticket *t,
	const struct routed *r)
{
	struct event e = house_event(w, a, "moved");
	struct team to;

	if (t->assignee != 0 || team_get(w, t->org, r->team, &to) != DONE)
		return false;
	move_to_team(w, t, &e, &to);
	decision_insert(w, t, e.seq, &r->decisions[FOLD_ROUTE]);
	return true;
}

static bool
by_hand(const struct history *h, const struct rule_apply *a)
{
	return (strcmp(a->name, "route") != 0 && h->hand.priority) ||
	       (strcmp(a->name, "route") == 0 && h->hand.team);
}

static void
apply_to(struct work *w, struct rule_apply *a, struct ticket *t, const struct history *h)
{
	static const struct table none = {.count = 0};
	struct fold_input in = input_of(w, t, h);
	struct fold_tables tables;
	struct routed r;
	bool changed = false, left = false;

	routing_tables(w, t->org, &tables);
	if (strcmp(a->name, "priority") != 0) {
		/* A newer table of priorities may not have been meant for open tickets.
		 */
		tables.at[FOLD_PRIORITY] = &none;
		in.hand.priority = t->priority;
	}
	routing_fold(w, &tables, &in, &r);
	extend_keep(w, t, &r.terms);
	if (strcmp(a->name, "route") != 0 &&
		(r.priority != t->priority || other_terms(w, t, &r.terms))) {
		change_priority(w, a, t, &r);
		changed = true;
	}
	if (r.team != t->team && strcmp(a->name, "target") != 0) {
		left = !change_team(w, a, t, &r);
		changed = changed || !left;
	}
	if (changed)
		ticket_save(w, t);
	a->changed += changed;
	a->kept += left || (!changed && by_hand(h, a));
}

/* Has this version decided the ticket already? */
static bool
is_done(const struct history *h, const struct rule_apply *a)
{
	for (enum fold_step s = 0; s < FOLD_STEPS; s++)
		if (strcmp(a->name, fold_step_name(s)) == 0)
			return h->newest[s] == a->version;
	return true;
}

static void
take_ticket(struct work *w, struct rule_apply *a, int64_t id)
{
	struct history h;
	struct ticket t;

	a->looked++;
	if (ticket_hold_for_house(w, a->org, id, &t) != DONE || !ticket_is_open(t.status))
		return;
	read_history(w, &t, &h);
	if (h.kept && !is_done(&h, a))
		apply_to(w, a, &t, &h);
}

bool
reapply_reaches(const char *table)
{
	for (enum fold_step s = 0; s < FOLD_STEPS; s++)
		if (strcmp(fold_step_name(s), table) == 0)
			return true;
	return false;
}

bool
reapply_waits(struct work *w)
{
	struct rule_apply a;

	return rule_apply_next(w, &a) == DONE;
}

/* A later version was published since: that one's own work, if it asked for any. */
static bool
is_live(struct work *w, const struct rule_apply *a)
{
	return shelf_table(w, a->org, a->name)->version == a->version;
}

enum outcome
reapply_batch(struct work *w, bool *more)
{
	int64_t ids[BATCH], from;
	struct rule_apply a;
	int count = 0;

	*more = false;
	if (rule_apply_next(w, &a) != DONE)
		return DONE;
	from = a.reached;
	if (is_live(w, &a))
		count = rule_apply_tickets(w, &a, BATCH, ids);
	for (int i = 0; i < count; i++) {
		take_ticket(w, &a, ids[i]);
		a.reached = ids[i];
	}
	if (count < BATCH)
		a.ended = w->now;
	*more = true;
	return rule_apply_step(w, &a, from) ? DONE : CONFLICT;
}
