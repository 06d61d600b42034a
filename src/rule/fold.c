/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/fold.h"

const char *
fold_step_name(enum fold_step s)
{
	static const char *const names[FOLD_STEPS] = {"priority", "route", "target"};

	return names[s];
}

/* Who decides a step: a row above hands, a hand, a row, the service. */
static struct fold_choice
choose(const struct table *t, const struct table_facts *facts, int64_t hand)
{
	const struct table_row *row = hand ? table_match_over_hand(t, facts)
					   : table_match(t, facts);
	struct fold_choice c = {.row = row, .saw = *facts};

	if (row)
		c.by = FOLD_BY_ROW;
	else
		c.by = hand ? FOLD_BY_HAND : FOLD_BY_SERVICE;
	return c;
}

static int64_t
value(const struct fold_choice *c, int64_t given, int64_t hand, int64_t own)
{
	switch (c->by) {
	case FOLD_BY_ROW: return given;
	case FOLD_BY_HAND: return hand;
	case FOLD_BY_SERVICE: break;
	}
	return own;
}

void
fold_target(
	const struct table *t, const struct table_facts *facts, struct fold_choice *out)
{
	*out = choose(t, facts, 0);
}

void
fold_run(
	const struct fold_tables *tables, const struct fold_input *in, struct folded *out)
{
	struct fold_choice *at = out->at;
	struct table_facts f = in->facts;

	at[FOLD_PRIORITY] = choose(tables->at[FOLD_PRIORITY], &f, in->hand.priority);
	out->priority = value(&at[FOLD_PRIORITY],
		at[FOLD_PRIORITY].row ? at[FOLD_PRIORITY].row->set_priority : 0,
		in->hand.priority, in->own.priority);
	if (out->priority < 1 || out->priority > FOLD_LOWEST_PRIORITY)
		out->priority = FOLD_LOWEST_PRIORITY;
	f.priority = out->priority;

	at[FOLD_ROUTE] = choose(tables->at[FOLD_ROUTE], &f, in->hand.team);
	out->team = value(&at[FOLD_ROUTE],
		at[FOLD_ROUTE].row ? at[FOLD_ROUTE].row->set_team : 0, in->hand.team,
		in->own.team);

	fold_target(tables->at[FOLD_TARGET], &f, &at[FOLD_TARGET]);
}

/* When a day of the promise is over tells only days of work apart. */
static bool
counts_working_days(const struct table_row *r)
{
	return (r->response > 0 && r->response_unit == CLOCK_WORKING_DAYS) ||
	       (r->resolution > 0 && r->unit == CLOCK_WORKING_DAYS);
}

bool
fold_same_terms(const struct table_row *a, const struct table_row *b)
{
	if (!a || !b)
		return a == b;
	return a->response == b->response && a->resolution == b->resolution &&
	       a->response_unit == b->response_unit && a->unit == b->unit &&
	       a->extended == b->extended && a->calendar == b->calendar &&
	       a->no_pause == b->no_pause &&
	       (a->midnight == b->midnight || !counts_working_days(a));
}
