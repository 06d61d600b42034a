/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/honesty.h"

#include "rule/clock.h"
#include "store/shelf.h"

/* Working days: begun and stopped once more, without the pauses between. */
static bool
met_in_days(const struct ledger_paused *p, const struct calendar *calendar)
{
	struct clock_policy policy = {
		.unit = CLOCK_WORKING_DAYS,
		.target = p->target,
		.calendar = calendar,
	};
	struct clock c = clock_new(&policy);
	struct clock_event start = {
		.id = 1, .sequence = 1, .at = p->started, .act = CLOCK_START};
	struct clock_event stop = {
		.id = 2, .sequence = 2, .at = p->stopped, .act = CLOCK_STOP};
	struct clock_cycle ended;

	if (clock_apply(&c, &start, &ended) != CLOCK_APPLIED ||
		clock_apply(&c, &stop, &ended) != CLOCK_APPLIED)
		return true;
	return clock_read(&c, p->stopped).result == CLOCK_MET;
}

/* The rows of one ticket: what was spent, and the open time of its pauses on top. */
static bool
met_without(struct work *w, int64_t org, const struct ledger_paused *rows, int count)
{
	const struct calendar *calendar = shelf_calendar_version(
		w, org, rows->calendar, rows->calendar_version);
	int64_t spent = rows->spent;

	if (!calendar)
		return true;
	if (rows->working_days)
		return met_in_days(rows, calendar);
	for (int i = 0; i < count; i++)
		spent += calendar_elapsed(calendar, rows[i].began, rows[i].ended);
	return spent <= rows->target;
}

void
honesty_read(struct work *w, const struct scope *s, const struct figures_period *p,
	struct honesty *h)
{
	struct ledger_promises promises;
	struct ledger_paused_list list;

	ledger_promises(w, s, p, &promises);
	ledger_paused(w, s, p, &list);
	*h = (struct honesty){
		.stopped = promises.stopped,
		.met = promises.met,
		.gained = arena_array(w->arena, (size_t)list.count, sizeof *h->gained),
		.more = list.more,
	};
	for (int i = 0, n; i < list.count; i += n) {
		const struct ledger_paused *rows = &list.at[i];

		for (n = 1; i + n < list.count && rows[n].ticket == rows->ticket; n++)
			;
		if (!met_without(w, s->org, rows, n))
			h->gained[h->gained_count++] = rows->ticket;
	}
	h->unpaused = h->met - h->gained_count;
}
