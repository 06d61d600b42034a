/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_services.h"

#include "app/founding.h"
#include "app/import/import_targets.h"
#include "format/urlencoded.h"
#include "rule/form.h"
#include "store/service.h"
#include "store/team.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_SERVICES = 2000 };

enum column {
	CODE,
	NAME,
	GROUP,
	LGSL,
	LGIL,
	FIELDS,
	TEAM,
	PRIORITY,
	WORKING_DAYS,
	HOURS,
	GEO,
	OPEN311,
	CHARGE,
	WHO_MAY_ASK,
	SPECIAL,
	RETENTION,
	EMERGENCY,
	NOTE,
	COLUMNS
};

static const char *const headings[COLUMNS] = {
	[CODE] = "service_code",
	[NAME] = "service_name",
	[GROUP] = "group",
	[LGSL] = "lgsl",
	[LGIL] = "lgil",
	[FIELDS] = "fields",
	[TEAM] = "team",
	[PRIORITY] = "priority",
	[WORKING_DAYS] = "target_working_days",
	[HOURS] = "target_hours",
	[GEO] = "geo",
	[OPEN311] = "open311",
	[CHARGE] = "charge_gbp",
	[WHO_MAY_ASK] = "who_may_ask",
	[SPECIAL] = "special_category",
	[RETENTION] = "retention_months_after_close",
	[EMERGENCY] = "emergency_text",
	[NOTE] = "note",
};

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* What kind of ticket a service makes, where the table has no column "kind": see
 * seed/README.md. */
static const char *
kind_of(const struct service *s)
{
	if (strcasestr(s->name, "a complaint") ||
		begins(s->name, "Complain about how we"))
		return "complaint";
	if (strcmp(s->category, "Community hub") == 0 && s->restricted)
		return "need";
	if (begins(s->name, "Ask about") || begins(s->name, "Contact ") ||
		begins(s->name, "Send a compliment"))
		return "enquiry";
	return "request";
}

static bool
is_kind(const char *kind)
{
	static const char *const kinds[] = {"request", "incident", "problem", "change",
		"event", "enquiry", "complaint", "need"};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

static bool
read_whole(const char *text, int64_t least, int64_t most, int64_t *n)
{
	char *end;

	*n = strtoll(text, &end, 10);
	return *text && !*end && *n >= least && *n <= most;
}

struct reading {
	struct arena *arena;
	struct import_table *table;
	int columns[COLUMNS];
	int kind, source; /* optional columns, or -1 */
};

/* NULL, or what is wrong with the row. */
static const char *
check_entry(struct reading *r, const char *const *text, struct catalogue_entry *e)
{
	struct service *s = &e->service;
	struct form_error error;
	struct form form;

	if (!*s->code || !*s->name || !*e->team)
		return "a service has a code, a name and a team";
	if (!read_whole(text[PRIORITY], 1, 4, &s->priority))
		return "priority must be 1 to 4";
	if (!read_whole(text[RETENTION], 1, 1200, &s->retention_months))
		return "retention_months_after_close must be 1 to 1200";
	if (!import_targets_read(r->arena, text[WORKING_DAYS], text[HOURS], &e->target))
		return "the target must be working days, and hours \"4\" or \"4 if ...\"";
	e->target.statutory = import_targets_statutory(text[COLUMNS]);
	import_targets_lawful(text[COLUMNS], &e->target);
	if (!is_kind(s->kind))
		return "there is no such kind of ticket";
	if (!form_parse(r->arena, s->fields, &form, &error))
		return arena_printf(
			r->arena, "fields: %s at character %d", error.what, error.at);
	e->fields = form.count;
	return NULL;
}

static struct pairs
whole_row(struct reading *r, const struct csv_row *row)
{
	struct pairs p = {NULL, 0};

	for (int i = 0; i < row->count; i++) {
		const char *text = import_table_text(r->arena, row, i);

		if (text && *text)
			pairs_add(r->arena, &p, import_table_heading(r->table, i), text);
	}
	return p;
}

static bool
read_entry(struct reading *r, const struct csv_row *row, struct catalogue_entry *e)
{
	const char *text[COLUMNS + 1]; /* the last: where the target comes from */
	struct pairs whole = whole_row(r, row);
	const char *problem;

	for (int i = 0; i < COLUMNS; i++) {
		text[i] = import_table_text(r->arena, row, r->columns[i]);
		if (!text[i]) {
			import_table_complain(
				r->table, row->line, "%s is not UTF-8", headings[i]);
			return false;
		}
	}
	text[COLUMNS] = import_table_text(r->arena, row, r->source);
	*e = (struct catalogue_entry){
		.service =
			{
				.code = text[CODE],
				.name = text[NAME],
				.category = text[GROUP],
				.restricted = *text[SPECIAL] == 'Y',
				.who_may_ask = text[WHO_MAY_ASK],
				.geo = text[GEO],
				.open311 = *text[OPEN311] == 'Y',
				.charge = text[CHARGE],
				.emergency = text[EMERGENCY],
				.note = text[NOTE],
				.lgsl = text[LGSL],
				.lgil = text[LGIL],
				.state = "live",
				.fields = text[FIELDS],
			},
		.team = text[TEAM],
		.source = urlencoded_write(r->arena, &whole),
	};
	e->service.kind = import_table_text(r->arena, row, r->kind);
	if (!e->service.kind || !*e->service.kind)
		e->service.kind = kind_of(&e->service);
	problem = check_entry(r, text, e);
	if (problem)
		import_table_complain(
			r->table, row->line, "%s: %s", e->service.code, problem);
	return !problem;
}

bool
import_services_read(struct arena *a, struct import_table *t, struct import_services *s)
{
	struct reading r = {.arena = a, .table = t};
	const struct csv_row *row;

	if (!import_table_columns(t, headings, COLUMNS, r.columns))
		return false;
	r.kind = import_table_column(t, "kind");
	r.source = import_table_column(t, "target_source");
	s->entries = arena_array(a, MOST_SERVICES, sizeof *s->entries);
	s->count = 0;
	while ((row = import_table_next(t)))
		if (s->count == MOST_SERVICES)
			import_table_complain(
				t, row->line, "more than %d services", MOST_SERVICES);
		else if (read_entry(&r, row, &s->entries[s->count]))
			s->count++;
	return !import_table_broken(t);
}

static int64_t
team_of(struct work *w, struct import_services *s, const char *name)
{
	struct team t;

	if (team_named(w, s->org, name, &t) == DONE)
		return t.id;
	s->teams++;
	return team_ensure(w, s->org, name, "resolver");
}

enum outcome
import_services_write(struct work *w, void *context)
{
	struct import_services *s = context;

	s->saved = s->fields = s->teams = s->skipped = 0;
	s->round_the_clock = founding_round_the_clock(w, s->org);
	s->statutory = founding_statutory(w, s->org);
	if (s->round_the_clock == 0 || s->statutory == 0)
		return INVALID;
	for (int i = 0; i < s->count; i++) {
		struct catalogue_entry *e = &s->entries[i];

		e->service.org = s->org;
		e->service.team = team_of(w, s, e->team);
		if (service_save(w, &e->service, e->source) == SERVICE_SAME) {
			s->skipped++;
			continue;
		}
		s->saved++;
		s->fields += e->fields;
	}
	import_targets_publish(w, s);
	return DONE;
}
