/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/routing.h"

#include "store/shelf.h"

static struct pairs
facts_seen(struct work *w, const struct table_facts *f)
{
	struct pairs p = {NULL, 0};

	pairs_add(w->arena, &p, "service", f->service);
	pairs_add(w->arena, &p, "category", f->category);
	pairs_add(w->arena, &p, "channel", f->channel);
	pairs_add_int(w->arena, &p, "priority", f->priority);
	pairs_add_int(w->arena, &p, "impact", f->impact);
	pairs_add_int(w->arena, &p, "urgency", f->urgency);
	pairs_add_int(w->arena, &p, "vip", f->vip);
	pairs_add_int(w->arena, &p, "vulnerable", f->vulnerable);
	if (f->team)
		pairs_add_int(w->arena, &p, "team", f->team);
	return p;
}

/* How a step of the fold is kept. */
static struct decision
decision_of(struct work *w, const char *name, const struct table *t,
	const struct fold_choice *c)
{
	struct decision d = {
		.name = name,
		.version = t->version,
		.position = c->row ? c->row->position : 0,
		.saw = facts_seen(w, &c->saw),
	};

	if (c->row && c->row->words)
		pairs_add(w->arena, &d.saw, "words", c->row->words);
	if (c->row && c->row->note && *c->row->note)
		pairs_add(w->arena, &d.gave, "note", c->row->note);
	return d;
}

static struct promise_terms
terms_of(const struct table_row *row)
{
	if (!row)
		return (struct promise_terms){0};
	return (struct promise_terms){
		.response = row->response,
		.resolution = row->resolution,
		.unit = row->unit,
		.extended = row->extended,
		.response_unit = row->response_unit,
		.calendar = row->calendar,
		.mode = row->mode,
		.midnight = row->midnight,
		.no_pause = row->no_pause,
	};
}

static struct decision
terms_decision(struct work *w, const struct table *t, const struct fold_choice *c,
	const struct promise_terms *terms)
{
	struct decision d = decision_of(w, c->saw.team ? "leg" : "target", t, c);

	pairs_add_int(w->arena, &d.gave, "response", terms->response);
	pairs_add_int(w->arena, &d.gave, "resolution", terms->resolution);
	pairs_add(w->arena, &d.gave, "unit", clock_unit_text(terms->unit));
	if (terms->response_unit != CLOCK_SECONDS)
		pairs_add(w->arena, &d.gave, "response_unit",
			clock_unit_text(terms->response_unit));
	return d;
}

void
routing_tables(struct work *w, int64_t org, struct fold_tables *tables)
{
	for (enum fold_step s = 0; s < FOLD_STEPS; s++)
		tables->at[s] = shelf_table(w, org, fold_step_name(s));
}

void
routing_fold(struct work *w, const struct fold_tables *tables,
	const struct fold_input *in, struct routed *r)
{
	struct folded f;

	fold_run(tables, in, &f);
	r->priority = f.priority;
	r->team = f.team;
	r->terms = terms_of(f.at[FOLD_TARGET].row);
	for (enum fold_step s = 0; s < FOLD_TARGET; s++)
		r->decisions[s] = decision_of(
			w, fold_step_name(s), tables->at[s], &f.at[s]);
	pairs_add_int(
		w->arena, &r->decisions[FOLD_PRIORITY].gave, "priority", f.priority);
	pairs_add_int(w->arena, &r->decisions[FOLD_ROUTE].gave, "team", f.team);
	r->decisions[FOLD_TARGET] = terms_decision(
		w, tables->at[FOLD_TARGET], &f.at[FOLD_TARGET], &r->terms);
}

void
routing_decide(struct work *w, const struct service *s, const struct contact *c,
	const struct person *p, struct routed *r)
{
	struct fold_tables tables;
	const struct fold_input in = {
		.facts =
			{
				.service = s->code,
				.category = s->category,
				.channel = contact_channel_name(c->channel),
				.text = arena_printf(w->arena, "%s\n%s",
					c->subject ? c->subject : "",
					c->words ? c->words : ""),
				.priority = s->priority,
				.impact = c->impact,
				.urgency = c->urgency,
				.vip = p->vip,
				.vulnerable = p->vulnerable,
			},
		.own = {.priority = s->priority, .team = s->team},
	};

	routing_tables(w, s->org, &tables);
	routing_fold(w, &tables, &in, r);
}

static struct table_facts
facts_now(struct work *w, const struct ticket *t)
{
	struct service s = {.category = ""};

	if (service_find(w, t->org, t->service, &s) != DONE)
		s.category = "";
	return (struct table_facts){
		.service = t->service,
		.category = s.category,
		.channel = t->channel,
		.text = t->subject,
		.priority = t->priority,
		.impact = t->impact,
		.urgency = t->urgency,
	};
}

void
routing_terms(struct work *w, const struct ticket *t, struct promise_terms *terms,
	struct decision *d)
{
	const struct table *table = shelf_table(w, t->org, "target");
	struct table_facts f = facts_now(w, t);
	struct fold_choice c;

	fold_target(table, &f, &c);
	*terms = terms_of(c.row);
	*d = terms_decision(w, table, &c, terms);
}

bool
routing_leg(struct work *w, const struct ticket *t, struct promise_terms *terms,
	struct decision *d)
{
	const struct table *table = shelf_table(w, t->org, "leg");
	struct fold_choice c;

	*terms = (struct promise_terms){0};
	if (table->count == 0)
		return false;
	c.saw = facts_now(w, t);
	c.saw.team = t->team;
	c.row = table_match(table, &c.saw);
	*terms = terms_of(c.row);
	terms->response = 0;
	*d = terms_decision(w, table, &c, terms);
	return true;
}

struct decision
routing_by_hand(struct work *w, const struct ticket *t, enum fold_step step)
{
	const struct table *table = shelf_table(w, t->org, fold_step_name(step));
	struct table_facts f = facts_now(w, t);
	struct decision d = {
		.name = fold_step_name(step),
		.version = table->version,
		.saw = facts_seen(w, &f),
	};

	if (step == FOLD_PRIORITY)
		pairs_add_int(w->arena, &d.gave, "priority", t->priority);
	else
		pairs_add_int(w->arena, &d.gave, "team", t->team);
	pairs_add_int(w->arena, &d.gave, "hand", w->actor->person);
	return d;
}
