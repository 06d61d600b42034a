/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/rehearsal_clock.h"

#include "desk/facts.h"
#include "store/shelf.h"

#include <string.h>

void
rehearsal_clock_add(
	struct work *w, struct rehearsal_events *all, const struct received_event *e)
{
	const struct event event = {
		.seq = e->seq,
		.at = e->at,
		.kind = arena_copy(w->arena, e->kind),
		.data = e->data,
	};

	if (all->count == REHEARSAL_EVENTS || !promise_matters(e->kind))
		return;
	all->at[all->count] = facts_of(w, w->actor->org, &event);
	all->priority[all->count++] = strcmp(e->kind, "priority") == 0
					      ? facts_number(&event, "to")
					      : 0;
}

/* What a row promises from an event on; NULL: nothing. */
static struct promise_offer
offer_of(struct work *w, const struct table_row *row, bool extended, int64_t at)
{
	static const enum clock_mode modes[] = {
		[TABLE_CARRY] = CLOCK_MODE_CARRY,
		[TABLE_FROM_START] = CLOCK_MODE_FROM_START,
		[TABLE_RESTART] = CLOCK_MODE_RESTART,
	};
	struct promise_offer o = {.target = 0};

	if (!row)
		return o;
	o = (struct promise_offer){
		.target = extended && row->extended ? row->extended : row->resolution,
		.unit = row->unit,
		.day_end = row->midnight ? WORKDAYS_MIDNIGHT : WORKDAYS_CLOSING,
		.mode = modes[row->mode],
		.no_pause = row->no_pause,
		.calendar_id = row->calendar,
	};
	o.calendar = shelf_calendar(
		w, w->actor->org, row->calendar, at, &o.calendar_version);
	return o;
}

/* The events as they would have been under the table; legs and answers are not asked
 * for. */
static void
tell(struct work *w, struct rehearsal_events *all, const struct table *target,
	const struct table_facts *facts)
{
	static const struct promise_offer nothing = {.target = 0};
	struct table_facts now = *facts;
	bool extended = false;

	for (int i = 0; i < all->count; i++) {
		struct promise_fact *f = &all->told[i];
		bool longer = strcmp(all->at[i].kind, "extended") == 0;
		const struct table_row *row;

		*f = all->at[i];
		f->response = f->resolution = f->leg = nothing;
		if (all->priority[i])
			now.priority = all->priority[i];
		else if (strcmp(f->kind, "received") != 0 && !longer)
			continue;
		row = table_match(target, &now);
		extended = extended || longer;
		if (longer && !(row && row->extended))
			continue;
		f->resolution = offer_of(w, row, extended, f->at);
		if (longer)
			f->resolution.mode = CLOCK_MODE_CARRY;
	}
}

enum rehearsal_verdict
rehearsal_clock_run(struct work *w, struct rehearsal_events *all,
	const struct table *target, const struct table_facts *facts)
{
	struct promise_set set = {
		.arena = w->arena,
		.at = &all->state,
		.size = 1,
		.pauses = all->pauses,
		.pause_size = REHEARSAL_PAUSES,
	};
	const struct promise_state *found;
	struct promise_state s;
	struct clock_reading r;

	tell(w, all, target, facts);
	promise_fold(&set, all->told, all->count);
	found = promise_set_find(&set, PROMISE_RESOLUTION, 0);
	if (!found || found->clock.phase == CLOCK_NONE)
		return REHEARSAL_NONE;
	s = promise_settled(found, w->now);
	r = clock_read(&s.clock, w->now);
	if (r.result == CLOCK_VOID)
		return REHEARSAL_NONE;
	if (r.result == CLOCK_MISSED || r.breach != TIMES_NONE)
		return REHEARSAL_MISSED;
	return r.result == CLOCK_MET ? REHEARSAL_MET : REHEARSAL_OPEN;
}
