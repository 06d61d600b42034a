/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/staffing.h"

#include "format/urlencoded.h"
#include "store/audit.h"

#include <inttypes.h>

/* Into the audit, when it was done. */
static enum outcome
noted(struct work *w, enum outcome end, const char *action, const char *subject,
	const struct pairs *detail)
{
	if (end == DONE)
		audit_add(w, action, subject, urlencoded_write(w->arena, detail));
	return end;
}

static const char *
person_subject(struct work *w, int64_t person)
{
	return arena_printf(w->arena, "person %" PRId64, person);
}

static const char *
service_subject(struct work *w, const char *service)
{
	return arena_printf(w->arena, "service %s", service);
}

enum outcome
staffing_worker(
	struct work *w, int64_t org, int64_t person, int64_t capacity, int64_t cap)
{
	struct pairs d = {0};

	pairs_add_int(w->arena, &d, "capacity", capacity);
	pairs_add_int(w->arena, &d, "cap", cap);
	return noted(w, worker_save(w, org, person, capacity, cap), "staffing.capacity",
		person_subject(w, person), &d);
}

enum outcome
staffing_skill(struct work *w, int64_t org, const char *name, int64_t *id)
{
	enum outcome end = skill_ensure(w, org, name, id);
	struct pairs d = {0};

	if (end != DONE)
		return end;
	pairs_add(w->arena, &d, "name", name);
	return noted(w, end, "staffing.skill",
		arena_printf(w->arena, "skill %" PRId64, *id), &d);
}

enum outcome
staffing_give(struct work *w, int64_t org, int64_t person, int64_t skill, int64_t level)
{
	struct pairs d = {0};

	pairs_add_int(w->arena, &d, "skill", skill);
	pairs_add_int(w->arena, &d, "level", level);
	return noted(w, skill_give(w, org, person, skill, level), "staffing.give",
		person_subject(w, person), &d);
}

enum outcome
staffing_need(
	struct work *w, int64_t org, const char *service, int64_t skill, int64_t level)
{
	struct pairs d = {0};

	pairs_add_int(w->arena, &d, "skill", skill);
	pairs_add_int(w->arena, &d, "level", level);
	return noted(w, demand_skill(w, org, service, skill, level), "staffing.need",
		service_subject(w, service), &d);
}

enum outcome
staffing_size(struct work *w, int64_t org, const char *service, int64_t size)
{
	struct pairs d = {0};

	pairs_add_int(w->arena, &d, "size", size);
	return noted(w, demand_size(w, org, service, size), "staffing.size",
		service_subject(w, service), &d);
}

enum outcome
staffing_shift(
	struct work *w, int64_t org, int64_t team, int64_t person, int64_t calendar)
{
	struct pairs d = {0};

	if (person)
		pairs_add_int(w->arena, &d, "person", person);
	pairs_add_int(w->arena, &d, "calendar", calendar);
	return noted(w, shift_save(w, org, team, person, calendar), "staffing.shift",
		arena_printf(w->arena, "team %" PRId64, team), &d);
}

enum outcome
staffing_hours(struct work *w, int64_t org, const struct shift_plan *p)
{
	enum outcome end = shift_make(w, org, p);
	struct pairs d = {0};

	if (end != DONE)
		return end;
	pairs_add_int(w->arena, &d, "first_day", p->first_day);
	pairs_add_int(w->arena, &d, "last_day", p->last_day);
	pairs_add_int(w->arena, &d, "from", p->from);
	pairs_add_int(w->arena, &d, "to", p->to);
	return noted(w, end, "staffing.hours",
		arena_printf(w->arena, "hours %s", p->name), &d);
}

enum outcome
staffing_absence(struct work *w, int64_t org, int64_t person, const char *first,
	const char *last, const char *note)
{
	enum outcome end = shift_absence(w, org, person, first, last, note);
	struct pairs d = {0};

	if (end != DONE)
		return end;
	pairs_add(w->arena, &d, "first", first);
	if (last)
		pairs_add(w->arena, &d, "last", last);
	return noted(w, end, last ? "staffing.absence" : "staffing.absence_end",
		person_subject(w, person), &d);
}

enum outcome
staffing_licence(struct work *w, const struct shift_licence *l)
{
	enum outcome end = shift_licence(w, l);
	struct pairs d = {0};

	if (end != DONE)
		return end;
	pairs_add(w->arena, &d, "trained", l->trained);
	pairs_add(w->arena, &d, "valid_until", l->valid_until);
	if (l->services && *l->services)
		pairs_add(w->arena, &d, "services", l->services);
	return noted(w, end, "staffing.licence", person_subject(w, l->person), &d);
}

void
staffing_licence_end(struct work *w, int64_t org, int64_t person)
{
	shift_licence_end(w, org, person);
	audit_add(w, "staffing.licence_end", person_subject(w, person), "");
}
