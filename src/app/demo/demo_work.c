/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo_work.h"

#include "desk/assign.h"
#include "store/calendar_row.h"
#include "store/demand.h"
#include "store/outbox.h"
#include "store/presence.h"
#include "store/shelf.h"
#include "store/shift.h"
#include "store/skill.h"
#include "store/team.h"
#include "store/unplaced.h"
#include "store/worker.h"

#include <string.h>

enum { EARLY = 71, LATE = 72, MOST_WAITING = 200 };

static const struct {
	int64_t id;
	const char *name, *hours;
} shifts[] = {
	{EARLY, "Early shift, 07:00 to 15:00",
		"zone=Europe/London week=1/25200-54000,2/25200-54000,3/25200-54000,"
		"4/25200-54000,5/25200-54000"},
	{LATE, "Late shift, 12:00 to 20:00",
		"zone=Europe/London week=1/43200-72000,2/43200-72000,3/43200-72000,"
		"4/43200-72000,5/43200-72000"},
};

/* A person of the cast in one of the teams that are given their work. */
static const struct {
	int64_t org;
	const char *key, *team;
	int64_t shift; /* 0: office hours */
	int64_t capacity, cap;
	enum presence_state presence;
} people[] = {
	{DEMO_SOUTHMERE, "apprentice", "Street Scene", 0, 50, 3, PRESENCE_HERE},
	{DEMO_SOUTHMERE, "field-officer", "Street Scene", EARLY, 100, 6, PRESENCE_HERE},
	{DEMO_SOUTHMERE, "tariq", "Street Scene", LATE, 100, 6, PRESENCE_UNKNOWN},
	{DEMO_SOUTHMERE, "leader", "Street Scene", 0, 100, 0, PRESENCE_BUSY},
	{DEMO_ICT, "analyst", "Desktop Support", 0, 100, 6, PRESENCE_HERE},
	{DEMO_ICT, "field-officer", "Desktop Support", EARLY, 100, 5, PRESENCE_HERE},
	{DEMO_ICT, "nils", "Desktop Support", LATE, 80, 5, PRESENCE_AWAY},
	{DEMO_ICT, "leader", "Desktop Support", 0, 100, 0, PRESENCE_HERE},
};

static const struct {
	int64_t org;
	const char *skill, *key; /* who has it, or NULL */
	int64_t level;
	const char *service; /* that asks for it at this level, or NULL */
} skills[] = {
	{DEMO_SOUTHMERE, "Hazardous waste", "field-officer", 3, NULL},
	{DEMO_SOUTHMERE, "Hazardous waste", "tariq", 2, NULL},
	{DEMO_SOUTHMERE, "Hazardous waste", "apprentice", 1, NULL},
	{DEMO_SOUTHMERE, "Hazardous waste", NULL, 2, "WA-SYRINGE"},
	{DEMO_SOUTHMERE, "Hazardous waste", NULL, 1, "SC-FLYTIP"},
	{DEMO_SOUTHMERE, "Vehicle checks", "tariq", 2, NULL},
	{DEMO_SOUTHMERE, "Vehicle checks", NULL, 2, "SC-ABVEH"},
	{DEMO_ICT, "Laptop repair", "nils", 3, NULL},
	{DEMO_ICT, "Laptop repair", "analyst", 2, NULL},
	{DEMO_ICT, "Laptop repair", "field-officer", 1, NULL},
	{DEMO_ICT, "Laptop repair", NULL, 2, "IT-LAPTOP"},
};

static const struct {
	int64_t org;
	const char *team;
} given[] = {
	{DEMO_SOUTHMERE, "Street Scene"},
	{DEMO_ICT, "Desktop Support"},
};

static enum outcome
write_hours(struct work *w, int64_t org)
{
	int64_t version;

	if (shelf_calendar(w, org, EARLY, w->now, &version))
		return DONE;
	for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++)
		if (calendar_row_save(w, org, shifts[i].id, shifts[i].name,
			    shifts[i].hours) != DONE)
			return INVALID;
	calendar_row_close_holidays(w, org);
	return DONE;
}

/* The end of the day on a calendar, when that is still to come. */
static int64_t
day_ends(struct work *w, int64_t org, int64_t calendar)
{
	int64_t version;
	const struct calendar *c = shelf_calendar(w, org, calendar, w->now, &version);
	struct calendar_day day;

	if (c && calendar_day(c, zone_day_at(calendar_zone(c), w->now), &day) &&
		day.closes > w->now)
		return day.closes;
	return 0;
}

static enum outcome
write_person(struct work *w, const struct demo_cast *cast, size_t n)
{
	int64_t org = people[n].org;
	const struct demo_member *m = demo_cast_find(cast, org, people[n].key);
	struct team team;
	int64_t ends;

	if (!m || team_named(w, org, people[n].team, &team) != DONE ||
		worker_save(w, org, m->person, people[n].capacity, people[n].cap) != DONE)
		return INVALID;
	if (people[n].shift &&
		shift_save(w, org, team.id, m->person, people[n].shift) != DONE)
		return INVALID;
	ends = day_ends(w, org, people[n].shift ? people[n].shift : 1);
	if (ends && people[n].presence != PRESENCE_UNKNOWN)
		presence_set(w, m->person, people[n].presence, ends, PRESENCE_FOR_THEM);
	return DONE;
}

static enum outcome
write_skill(struct work *w, const struct demo_cast *cast, size_t n)
{
	int64_t org = skills[n].org, id;

	if (skill_ensure(w, org, skills[n].skill, &id) != DONE)
		return INVALID;
	if (skills[n].service)
		return demand_skill(w, org, skills[n].service, id, skills[n].level);
	return skill_give(w, org, demo_cast_find(cast, org, skills[n].key)->person, id,
		skills[n].level);
}

/* Somebody of the ICT desk helps Street Scene with its vehicles. */
static enum outcome
write_licence(struct work *w, const struct demo_cast *cast)
{
	const struct demo_member *m = demo_cast_find(cast, DEMO_ICT, "field-officer");
	int year = times_date(times_day(w->now)).year;
	struct shift_licence l = {
		.org = DEMO_SOUTHMERE,
		.person = m->person,
		.trained = arena_printf(w->arena, "%d-01-15", year),
		.valid_until = arena_printf(w->arena, "%d-12-31", year + 1),
		.services = "SC-BIKE;SC-TROLLEY",
	};
	struct team team;

	if (team_named(w, DEMO_SOUTHMERE, "Street Scene", &team) != DONE)
		return INVALID;
	team_join(w, DEMO_SOUTHMERE, team.id, m->person);
	return shift_licence(w, &l);
}

static enum outcome
write_absence(struct work *w, const struct demo_cast *cast)
{
	const struct demo_member *m = demo_cast_find(cast, DEMO_ICT, "nils");
	struct date first = times_date(times_day(w->now) + 14);
	struct date last = times_date(times_day(w->now) + 21);

	return shift_absence(w, DEMO_ICT, m->person,
		arena_printf(
			w->arena, "%04d-%02d-%02d", first.year, first.month, first.day),
		arena_printf(w->arena, "%04d-%02d-%02d", last.year, last.month, last.day),
		"Leave");
}

/* The desk gives; letters about what nobody can take now are part of the story. */
static enum outcome
give_work(struct work *w, int64_t org, const char *name)
{
	struct unplaced_list waiting;
	struct team team;

	if (team_named(w, org, name, &team) != DONE ||
		assign_team(w, org, team.id, true) != DONE)
		return INVALID;
	unplaced_of_team(w, org, team.id, MOST_WAITING, &waiting);
	for (int i = 0; i < waiting.count; i++)
		outbox_settle(w, org, waiting.at[i]);
	return DONE;
}

enum outcome
demo_work_write(struct work *w, void *context)
{
	const struct demo_cast *cast = context;
	enum outcome end = write_hours(w, DEMO_SOUTHMERE);

	if (end == DONE)
		end = write_hours(w, DEMO_ICT);
	for (size_t i = 0; end == DONE && i < sizeof people / sizeof *people; i++)
		end = write_person(w, cast, i);
	for (size_t i = 0; end == DONE && i < sizeof skills / sizeof *skills; i++)
		end = write_skill(w, cast, i);
	if (end == DONE)
		end = write_licence(w, cast);
	if (end == DONE)
		end = write_absence(w, cast);
	for (size_t i = 0; end == DONE && i < sizeof given / sizeof *given; i++)
		end = give_work(w, given[i].org, given[i].team);
	return end;
}
