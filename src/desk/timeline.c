/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/timeline.h"

#include "desk/loop.h"
#include "desk/neighbour.h"
#include "desk/promises.h"
#include "desk/publishing.h"
#include "desk/telling.h"
#include "store/shelf.h"

#include <string.h>

static void
tell(struct work *w, const struct ticket *t, const struct event *e)
{
	struct change *c = arena_alloc(w->arena, sizeof *c);

	*c = (struct change){
		.org = t->org,
		.ticket = t->id,
		.team = t->team,
		.assignee = t->assignee,
		.customer = t->customer,
		.restricted = t->restricted,
		.at = w->now,
		.service = t->service,
		.reference = t->reference,
		.what = e->kind,
		.next = w->changes,
	};
	w->changes = c;
}

/* What is not the usual way. */
static void
add_manner(struct work *w, struct event *e, const struct promise_terms *terms,
	const char *mode, const char *day_end, const char *pauses)
{
	if (terms->mode != TABLE_CARRY)
		pairs_add(w->arena, &e->data, mode, table_mode_name(terms->mode));
	if (terms->midnight)
		pairs_add(w->arena, &e->data, day_end, "midnight");
	if (terms->no_pause)
		pairs_add(w->arena, &e->data, pauses, "0");
}

void
timeline_terms(struct work *w, int64_t org, struct event *e,
	const struct promise_terms *terms, int64_t at)
{
	int64_t version = 0;

	if (terms->response == 0 && terms->resolution == 0)
		return;
	shelf_calendar(w, org, terms->calendar, at, &version);
	pairs_add_int(w->arena, &e->data, "response", terms->response);
	pairs_add_int(w->arena, &e->data, "resolution", terms->resolution);
	pairs_add(w->arena, &e->data, "unit", clock_unit_text(terms->unit));
	if (terms->response_unit != CLOCK_SECONDS)
		pairs_add(w->arena, &e->data, "response_unit",
			clock_unit_text(terms->response_unit));
	pairs_add_int(w->arena, &e->data, "calendar", terms->calendar);
	pairs_add_int(w->arena, &e->data, "calendar_version", version);
	add_manner(w, e, terms, "mode", "day_end", "pauses");
}

void
timeline_with(struct work *w, const struct ticket *t, struct event *e)
{
	const char *kind = t->team_kind ? t->team_kind : "";
	bool supplier = strcmp(kind, "supplier") == 0 || strcmp(kind, "partner") == 0;

	pairs_add_int(w->arena, &e->data, "team", t->team);
	if (supplier)
		pairs_add(w->arena, &e->data, "supplier", "1");
}

void
timeline_leg(struct work *w, const struct ticket *t, struct event *e,
	const struct promise_terms *terms)
{
	int64_t version = 0;

	timeline_with(w, t, e);
	if (terms->resolution == 0)
		return;
	shelf_calendar(w, t->org, terms->calendar, e->at ? e->at : w->now, &version);
	pairs_add_int(w->arena, &e->data, "leg", terms->resolution);
	pairs_add(w->arena, &e->data, "leg_unit", clock_unit_text(terms->unit));
	pairs_add_int(w->arena, &e->data, "leg_calendar", terms->calendar);
	pairs_add_int(w->arena, &e->data, "leg_calendar_version", version);
	add_manner(w, e, terms, "leg_mode", "leg_day_end", "leg_pauses");
}

/* A new event is never earlier than the last one: when the machine's clock has gone back,
 * order by time and order by number still agree (clock.md section 3). */
void
timeline_add(struct work *w, struct ticket *t, struct event *e)
{
	e->seq = ++t->events;
	if (e->at == 0)
		e->at = w->now;
	if (e->at < t->updated)
		e->at = t->updated;
	t->updated = e->at;
	event_insert(w, t, e);
	promises_apply(w, t, e);
	publishing_follow(w, t, e);
	if (loop_lets_tell(w, t, e)) {
		telling_follow(w, t, e);
		neighbour_follow(w, t, e);
	}
	tell(w, t, e);
}
