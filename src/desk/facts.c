/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/facts.h"

#include "store/shelf.h"

#include <stdlib.h>
#include <string.h>

int64_t
facts_number(const struct event *e, const char *name)
{
	const char *text = pairs_get(&e->data, name);

	return text ? strtoll(text, NULL, 10) : 0;
}

static bool
says(const struct event *e, const char *name, const char *value)
{
	const char *text = pairs_get(&e->data, name);

	return text && strcmp(text, value) == 0;
}

static enum clock_mode
mode_of(const struct event *e, const char *name)
{
	enum clock_mode mode = CLOCK_MODE_CARRY;
	const char *text = pairs_get(&e->data, name);

	if (text)
		(void)!clock_mode_read(bytes_of(text), &mode);
	return mode;
}

/* Terms that name no calendar promise nothing. */
static const struct calendar *
calendar_of(struct work *w, int64_t org, const struct promise_offer *o)
{
	if (o->calendar_id == 0)
		return NULL;
	return shelf_calendar_version(w, org, o->calendar_id, o->calendar_version);
}

/* The customer's terms; response counts on the same calendar. */
static void
read_terms(struct work *w, int64_t org, const struct event *e, struct promise_fact *f)
{
	struct promise_offer o = {
		.target = facts_number(e, "resolution"),
		.unit = clock_unit_read(pairs_get(&e->data, "unit")),
		.day_end = says(e, "day_end", "midnight") ? WORKDAYS_MIDNIGHT
							  : WORKDAYS_CLOSING,
		.mode = mode_of(e, "mode"),
		.no_pause = says(e, "pauses", "0"),
		.calendar_id = facts_number(e, "calendar"),
		.calendar_version = facts_number(e, "calendar_version"),
	};

	o.calendar = calendar_of(w, org, &o);
	f->resolution = o;
	f->response = o;
	f->response.target = facts_number(e, "response");
	f->response.unit = clock_unit_read(pairs_get(&e->data, "response_unit"));
}

static void
read_leg(struct work *w, int64_t org, const struct event *e, struct promise_fact *f)
{
	f->leg = (struct promise_offer){
		.target = facts_number(e, "leg"),
		.unit = clock_unit_read(pairs_get(&e->data, "leg_unit")),
		.day_end = says(e, "leg_day_end", "midnight") ? WORKDAYS_MIDNIGHT
							      : WORKDAYS_CLOSING,
		.mode = mode_of(e, "leg_mode"),
		.no_pause = says(e, "leg_pauses", "0"),
		.calendar_id = facts_number(e, "leg_calendar"),
		.calendar_version = facts_number(e, "leg_calendar_version"),
	};
	f->leg.calendar = calendar_of(w, org, &f->leg);
}

/* What belongs to some kinds alone. */
static void
read_particulars(
	struct work *w, int64_t org, const struct event *e, struct promise_fact *f)
{
	const char *until = pairs_get(&e->data, "until");
	const char *within = pairs_get(&e->data, "within");

	if (strcmp(e->kind, "waiting") == 0 && until) {
		f->until = strtoll(until, NULL, 10);
		f->until_chase = says(e, "limit", "chase");
	} else if (strcmp(e->kind, "reopened") == 0 && within) {
		f->within = strtoll(within, NULL, 10);
	} else if (strcmp(e->kind, "promised") == 0) {
		f->by = facts_number(e, "by");
		f->always = shelf_always(w);
	} else if (strcmp(e->kind, "calendar") == 0) {
		f->calendar_id = facts_number(e, "calendar");
		f->calendar_version = facts_number(e, "calendar_version");
		f->calendar = shelf_calendar_version(
			w, org, f->calendar_id, f->calendar_version);
	} else if (strcmp(e->kind, "amended") == 0) {
		f->amends = facts_number(e, "amends");
		f->amended_at = facts_number(e, "to");
	}
}

struct promise_fact
facts_of(struct work *w, int64_t org, const struct event *e)
{
	const char *why = pairs_get(&e->data, "why");
	struct promise_fact f = {
		.seq = e->seq,
		.at = e->at,
		.recorded = e->at,
		.kind = e->kind,
		.why = why ? why : "",
		.by_person = e->actor_kind == ACTOR_STAFF || e->actor_kind == ACTOR_API,
		.within = PROMISE_REOPEN_DAYS,
		.until = TIMES_NONE,
	};

	if (e->data.count == 0)
		return f;
	f.team = facts_number(e, "team");
	f.supplier = says(e, "supplier", "1");
	if (pairs_get(&e->data, "unit"))
		read_terms(w, org, e, &f);
	if (pairs_get(&e->data, "leg"))
		read_leg(w, org, e, &f);
	read_particulars(w, org, e, &f);
	return f;
}

struct promise_fact *
facts_of_all(struct work *w, int64_t org, const struct event *events, int count)
{
	struct promise_fact *facts = arena_array(w->arena, (size_t)count, sizeof *facts);

	for (int i = 0; i < count; i++)
		facts[i] = facts_of(w, org, &events[i]);
	return facts;
}
