/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/steps.h"

#include "store/person.h"
#include "store/service.h"

#include <string.h>

enum { SOME_STEPS = 8 };

static bool
asks_for_more(const struct table *table)
{
	for (int i = 0; i < table->count; i++)
		if (table->rows[i].category || table->rows[i].vip != TABLE_ANY ||
			table->rows[i].vulnerable != TABLE_ANY)
			return true;
	return false;
}

static struct table_facts
facts(struct work *w, const struct ticket *t, const struct table *table,
	const struct promise_state *s)
{
	struct scope all = access_house(t->org);
	struct table_facts f = {
		.service = t->service,
		.channel = t->channel,
		.text = t->subject,
		.priority = t->priority,
		.impact = t->impact,
		.urgency = t->urgency,
		.team = s->subject ? s->subject : t->team,
		.clock = promise_kind_name(s->kind),
	};
	struct service service;
	struct person p;

	if (!asks_for_more(table))
		return f;
	if (service_find(w, t->org, t->service, &service) == DONE)
		f.category = service.category;
	if (t->customer && person_get(w, &all, t->customer, &p) == DONE) {
		f.vip = p.vip;
		f.vulnerable = p.vulnerable;
	}
	return f;
}

static struct step *
step_at(struct work *w, struct steps *steps, const struct table_row *row)
{
	const struct escalation_step step = {
		.kind = row->threshold != TABLE_OFFSET ? ESCALATION_PERCENT
			: row->unit == CLOCK_SECONDS   ? ESCALATION_OFFSET
						       : ESCALATION_DAYS,
		.amount = row->amount,
	};

	for (int i = 0; i < steps->count; i++)
		if (steps->at[i].step.kind == step.kind &&
			steps->at[i].step.amount == step.amount)
			return &steps->at[i];
	if (steps->count == steps->size) {
		struct step *more;

		steps->size = steps->size * 2 + SOME_STEPS;
		more = arena_array(w->arena, (size_t)steps->size, sizeof *more);
		if (steps->count)
			memcpy(more, steps->at, (size_t)steps->count * sizeof *more);
		steps->at = more;
	}
	steps->at[steps->count] = (struct step){.step = step};
	return &steps->at[steps->count++];
}

void
steps_find(struct work *w, const struct table *table, const struct ticket *t,
	const struct promise_state *s, struct steps *steps)
{
	const struct table_row *row = NULL;
	struct table_facts f;

	*steps = (struct steps){NULL, 0, 0};
	if (table->count == 0)
		return;
	f = facts(w, t, table, s);
	while ((row = table_next(table, &f, row))) {
		struct step *step = step_at(w, steps, row);

		step->notify |= row->notify;
		step->any_hour = step->any_hour || row->any_hour;
	}
}
