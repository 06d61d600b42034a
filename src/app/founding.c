/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/founding.h"

#include "format/json.h"
#include "rule/hours.h"
#include "seed_files.h"
#include "store/calendar_row.h"

#include <assert.h>
#include <string.h>

enum { OFFICE = 1, STATUTORY = 2, ROUND_THE_CLOCK = 24, MOST_DAYS = 2000 };

static const char division[] = "england-and-wales";
static const char office_hours[] =
	"zone=Europe/London week=1/32400-61200,2/32400-61200,3/32400-61200,"
	"4/32400-61200,5/32400-61200";
static const char all_hours[] =
	"zone=Europe/London week=1/0-86400,2/0-86400,3/0-86400,4/0-86400,5/0-86400,"
	"6/0-86400,7/0-86400";

struct bytes
founding_seed(const char *name)
{
	for (int i = 0; i < seed_files_count; i++)
		if (strcmp(seed_files[i].name, name) == 0)
			return (struct bytes){(const unsigned char *)seed_files[i].text,
				seed_files[i].length};
	assert(!"a seed file is missing");
	return (struct bytes){0};
}

static enum outcome
keep_division(struct work *w, const char *name, const struct json *events, int *added)
{
	for (int i = 0; events && i < events->count; i++) {
		const char *day = json_words(json_get(&events->items[i], "date"));
		const char *title = json_words(json_get(&events->items[i], "title"));
		struct date d;

		if (!day || !title || !times_parse_date(bytes_of(day), &d))
			return work_problem_detail(
				w, "file", "problem.import.holidays", name);
		*added += calendar_row_holiday(w, name, day, title);
	}
	return DONE;
}

enum outcome
founding_holidays(struct work *w, struct bytes json, int *added)
{
	const char *problem = NULL;
	const struct json *all = json_read(w->arena, json, &problem);
	struct organisation_list orgs;

	*added = 0;
	if (!json_get(json_get(all, division), "events"))
		return work_problem_detail(w, "file", "problem.import.holidays", problem);
	for (int i = 0; i < all->count; i++)
		if (keep_division(w, all->members[i].name,
			    json_get(&all->members[i].value, "events"), added) != DONE)
			return INVALID;
	team_organisations(w, &orgs);
	for (int i = 0; i < orgs.count; i++)
		calendar_row_close_holidays(w, orgs.at[i].id);
	return DONE;
}

/* The office hours with the seed's bank holidays in their first version: what is
 * imported from before today is counted with them too. */
static const char *
office_definition(struct work *w)
{
	const char *unused;
	struct hours_problem problem;
	const struct json *events = json_get(
		json_get(
			json_read(w->arena, founding_seed("bank-holidays.json"), &unused),
			division),
		"events");
	const struct hours *h = hours_parse(w->arena, office_hours, &problem);
	int64_t *days = arena_array(w->arena, MOST_DAYS, sizeof *days);
	size_t n = 0;

	assert(h && events && events->count <= MOST_DAYS);
	for (int i = 0; i < events->count; i++) {
		struct date d;

		if (times_parse_date(
			    bytes_of(json_words(json_get(&events->items[i], "date"))),
			    &d))
			days[n++] = times_days(d);
	}
	return hours_text(w->arena, hours_with_closed(w->arena, h, days, n));
}

/* Office days without the bank holidays of any part of the United Kingdom, for what the
 * law counts (clock.md section 2). Made once: it is the administrators' afterwards. */
static enum outcome
statutory(struct work *w, int64_t org)
{
	const struct calendar_edit e = {
		.org = org,
		.name = "Statutory days",
		.definition = office_hours,
		.holidays = "uk",
	};
	int64_t id = STATUTORY;

	if (*calendar_row_name(w, org, STATUTORY))
		return DONE;
	return calendar_row_edit(w, &e, &id);
}

enum outcome
founding_organisation(struct work *w, struct organisation *o, bool portal)
{
	o->calendar = OFFICE;
	team_save_organisation(w, o, portal);
	if (founding_round_the_clock(w, o->id) == 0 || statutory(w, o->id) != DONE)
		return INVALID;
	return calendar_row_save(w, o->id, OFFICE, "Office hours", office_definition(w));
}

int64_t
founding_round_the_clock(struct work *w, int64_t org)
{
	if (calendar_row_save(w, org, ROUND_THE_CLOCK, "Round the clock", all_hours) !=
		DONE)
		return 0;
	return ROUND_THE_CLOCK;
}

int64_t
founding_statutory(struct work *w, int64_t org)
{
	return statutory(w, org) == DONE ? STATUTORY : 0;
}

struct first {
	const char *code, *kind, *name;
	struct organisation *made;
	bool others;
};

static enum outcome
make_first(struct work *w, void *context)
{
	struct first *f = context;
	struct organisation_list all;
	int added;

	team_organisations(w, &all);
	f->others = all.count > 0;
	if (f->others)
		return DONE;
	if (founding_holidays(w, founding_seed("bank-holidays.json"), &added) != DONE)
		return INVALID;
	*f->made = (struct organisation){
		.id = 1,
		.code = f->code,
		.name = f->name,
		.kind = f->kind,
		.language = "en",
		.email = "",
		.phone = "",
	};
	return founding_organisation(w, f->made, true);
}

bool
founding_first(
	struct errand *e, const char *kind, const char *name, struct organisation *o)
{
	struct first f = {
		.code = *e->config->org ? e->config->org : kind,
		.kind = kind,
		.name = name,
		.made = o,
	};

	if (!errand_write(e, 0, make_first, &f))
		return false;
	if (f.others)
		return errand_organisation(e, kind, o);
	errand_say("made the first organisation: %s \"%s\"", f.code, f.name);
	return true;
}
