/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/trial.h"

#include "desk/routing.h"
#include "store/rule_draft.h"
#include "store/shelf.h"

static const char *
table_name(int step)
{
	return step == TRIAL_LEG ? "leg" : fold_step_name((enum fold_step)step);
}

static struct fold_input
input_of(const struct service *s, const struct trial_question *q)
{
	return (struct fold_input){
		.facts =
			{
				.service = s->code,
				.category = s->category,
				.channel = q->channel,
				.text = q->text,
				.priority = s->priority,
				.impact = q->impact,
				.urgency = q->urgency,
				.vip = q->vip,
				.vulnerable = q->vulnerable,
			},
		.own = {.priority = s->priority, .team = s->team},
	};
}

/* The draft of a table in its place, when there is one. */
static const struct table *
take_draft(struct work *w, const struct table *live, struct trial_step *step)
{
	struct rule_draft *d = arena_alloc(w->arena, sizeof *d);

	if (rule_draft_get(w, w->actor->org, step->table, d) != DONE)
		return live;
	step->draft = true;
	step->version = d->base;
	return &d->table;
}

void
trial_run(struct work *w, const struct service *s, const struct trial_question *q,
	enum trial_way way, struct trial *t)
{
	struct fold_input in = input_of(s, q);
	const struct table *tables[TRIAL_STEPS];
	struct fold_tables fold;
	struct folded f;

	routing_tables(w, w->actor->org, &fold);
	for (int i = 0; i < TRIAL_STEPS; i++) {
		tables[i] = i == TRIAL_LEG ? shelf_table(w, w->actor->org, "leg")
					   : fold.at[i];
		t->at[i] = (struct trial_step){
			.table = table_name(i), .version = tables[i]->version};
		if (way == TRIAL_DRAFTS)
			tables[i] = take_draft(w, tables[i], &t->at[i]);
		if (i != TRIAL_LEG)
			fold.at[i] = tables[i];
	}
	fold_run(&fold, &in, &f);
	t->priority = in.facts.priority = f.priority;
	t->team = in.facts.team = f.team;
	for (int i = 0; i < TRIAL_STEPS; i++)
		t->at[i].row = i == TRIAL_LEG ? table_match(tables[i], &in.facts)
					      : f.at[i].row;
}
