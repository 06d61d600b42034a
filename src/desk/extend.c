/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/extend.h"

#include "desk/timeline.h"
#include "store/kept_clock.h"
#include "store/shelf.h"

#include <string.h>

/* Most tickets end here: no row for their service has a longer time. */
static bool
may_have_one(struct work *w, const struct ticket *t)
{
	const struct table *table = shelf_table(w, t->org, "target");

	for (int i = 0; i < table->count; i++) {
		const struct table_row *row = &table->rows[i];

		if (row->extended > 0 &&
			(!row->service || strcmp(row->service, t->service) == 0))
			return true;
	}
	return false;
}

/* The clock of the solution as it is; false when there is none. */
static bool
solution(struct work *w, const struct ticket *t, struct promise_state *s)
{
	struct promise_set set = {.arena = w->arena};
	const struct promise_state *found;

	kept_clock_read(w, t, &set);
	found = promise_set_find(&set, PROMISE_RESOLUTION, 0);
	if (found)
		*s = promise_settled(found, w->now);
	return found != NULL;
}

static bool
find(struct work *w, const struct ticket *t, struct promise_terms *terms,
	struct decision *d)
{
	struct promise_state s;
	struct clock_reading now;

	if (!may_have_one(w, t) || !solution(w, t, &s))
		return false;
	routing_terms(w, t, terms, d);
	now = clock_read(&s.clock, w->now);
	return terms->extended > 0 && s.clock.unit == terms->unit &&
	       s.clock.target == terms->resolution && now.breach == TIMES_NONE &&
	       (now.phase == CLOCK_RUNNING || now.phase == CLOCK_PAUSED);
}

int64_t
extend_offered(struct work *w, const struct ticket *t, enum clock_unit *unit)
{
	struct promise_terms terms;
	struct decision d;

	if (!find(w, t, &terms, &d))
		return 0;
	*unit = terms.unit;
	return terms.extended;
}

void
extend_keep(struct work *w, const struct ticket *t, struct promise_terms *terms)
{
	struct event told;

	if (terms->extended > 0 && event_last(w, t, "extended", &told) == DONE)
		terms->resolution = terms->extended;
}

enum outcome
extend_with_reply(struct work *w, struct ticket *t)
{
	struct event e = {
		.kind = "extended",
		.actor = w->actor->person,
		.actor_kind = w->actor->kind,
	};
	struct promise_terms terms;
	struct decision d;

	if (!find(w, t, &terms, &d))
		return work_problem(w, "extend", "problem.extend");
	terms.resolution = terms.extended;
	terms.response = 0; /* it was just met */
	terms.mode = TABLE_CARRY;
	timeline_terms(w, t->org, &e, &terms, w->now);
	timeline_add(w, t, &e);
	decision_insert(w, t, e.seq, &d);
	return DONE;
}
