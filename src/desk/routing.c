/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/routing.h"

#include "store/shelf.h"

enum { LOWEST_PRIORITY = 4 };

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
	return p;
}

static const struct table_row *
decide(struct work *w, int64_t org, const char *name, const struct table_facts *f,
	struct decision *d)
{
	const struct table *t = shelf_table(w, org, name);
	const struct table_row *row = table_match(t, f);

	*d = (struct decision){
		.name = name,
		.version = t->version,
		.position = row ? row->position : 0,
		.saw = facts_seen(w, f),
	};
	if (row && row->words)
		pairs_add(w->arena, &d->saw, "words", row->words);
	if (row && row->note && *row->note)
		pairs_add(w->arena, &d->gave, "note", row->note);
	return row;
}

static void
decide_terms(struct work *w, int64_t org, const struct table_facts *f,
	struct promise_terms *terms, struct decision *d)
{
	const struct table_row *row = decide(w, org, "target", f, d);

	*terms = (struct promise_terms){0};
	if (row)
		*terms = (struct promise_terms){
			.response = row->response,
			.resolution = row->resolution,
			.working_days = row->working_days,
			.calendar = row->calendar,
		};
	pairs_add_int(w->arena, &d->gave, "response", terms->response);
	pairs_add_int(w->arena, &d->gave, "resolution", terms->resolution);
	pairs_add(w->arena, &d->gave, "unit",
		terms->working_days ? "working_days" : "seconds");
}

void
routing_decide(struct work *w, const struct service *s, const struct contact *c,
	const struct person *p, struct routed *r)
{
	const struct table_row *row;
	struct table_facts f = {
		.service = s->code,
		.category = s->category,
		.channel = contact_channel_name(c->channel),
		.text = arena_printf(w->arena, "%s\n%s", c->subject ? c->subject : "",
			c->words ? c->words : ""),
		.priority = s->priority,
		.impact = c->impact,
		.urgency = c->urgency,
		.vip = p->vip,
		.vulnerable = p->vulnerable,
	};

	row = decide(w, s->org, "priority", &f, &r->decisions[0]);
	r->priority = row ? row->set_priority : s->priority;
	if (r->priority < 1 || r->priority > LOWEST_PRIORITY)
		r->priority = LOWEST_PRIORITY;
	pairs_add_int(w->arena, &r->decisions[0].gave, "priority", r->priority);
	f.priority = r->priority;

	row = decide(w, s->org, "route", &f, &r->decisions[1]);
	r->team = row ? row->set_team : s->team;
	pairs_add_int(w->arena, &r->decisions[1].gave, "team", r->team);

	decide_terms(w, s->org, &f, &r->terms, &r->decisions[2]);
}

void
routing_terms(struct work *w, const struct ticket *t, struct promise_terms *terms,
	struct decision *d)
{
	struct service s = {.category = ""};
	struct table_facts f;

	if (service_find(w, t->org, t->service, &s) != DONE)
		s.category = "";
	f = (struct table_facts){
		.service = t->service,
		.category = s.category,
		.channel = t->channel,
		.text = t->subject,
		.priority = t->priority,
		.impact = t->impact,
		.urgency = t->urgency,
	};
	decide_terms(w, t->org, &f, terms, d);
}
