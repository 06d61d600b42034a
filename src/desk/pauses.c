/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/pauses.h"

#include "desk/facts.h"

#include <inttypes.h>
#include <string.h>

static const char *
text_of(const struct event *e, const char *name)
{
	const char *text = pairs_get(&e->data, name);

	return text ? text : "";
}

struct pause
pauses_row(const struct promise_pause *p, const struct event *waiting)
{
	return (struct pause){
		.seq = p->seq,
		.clock = promise_kind_name(p->kind),
		.subject = p->subject,
		.reason = text_of(waiting, "reason"),
		.person = waiting->actor,
		.team = facts_number(waiting, "team"),
		.supplier = facts_number(waiting, "supplier") == 1,
		.question = facts_number(waiting, "question"),
		.evidence = text_of(waiting, "evidence"),
		.began = p->began,
		.ended = p->ended,
		.until = facts_number(waiting, "until") ? facts_number(waiting, "until")
							: TIMES_NONE,
		.why = p->why,
		.spent = p->spent,
		.target = p->target,
		.unit = p->unit,
		.late = p->late,
	};
}

void
pauses_keep(struct work *w, const struct ticket *t, const struct promise_set *set,
	const struct event *e)
{
	for (int i = 0; i < set->pause_count; i++) {
		const struct promise_pause *p = &set->pauses[i];
		struct event waiting = {.kind = "waiting"};
		struct pause row;

		if (p->began == TIMES_NONE) {
			row = pauses_row(p, &waiting);
			pause_end(w, t, &row);
			continue;
		}
		if (e && e->seq == p->seq)
			waiting = *e;
		else if (event_get(w, t, p->seq, &waiting) != DONE)
			continue;
		row = pauses_row(p, &waiting);
		pause_insert(w, t, &row);
	}
}

void
pauses_rewrite(struct work *w, const struct ticket *t, const struct promise_set *set,
	const struct event_list *events)
{
	pause_forget(w, t);
	for (int i = 0; i < set->pause_count; i++)
		for (int j = 0; j < events->count; j++)
			if (events->at[j].seq == set->pauses[i].seq) {
				struct pause row = pauses_row(
					&set->pauses[i], &events->at[j]);

				pause_insert(w, t, &row);
			}
}

const char *
pauses_text(struct arena *a, const struct pause *p)
{
	return arena_printf(a,
		"%" PRId64 "|%s|%" PRId64 "|%s|%" PRId64 "|%" PRId64 "|%d|%" PRId64
		"|%s|%" PRId64 "|%" PRId64 "|%s|%" PRId64 "|%" PRId64 "|%d"
		"|%" PRId64 "|%d",
		p->seq, p->clock, p->subject, p->reason, p->person, p->team, p->supplier,
		p->question, p->evidence, p->began, p->ended, p->why, p->spent, p->target,
		p->unit, p->until, p->late);
}
