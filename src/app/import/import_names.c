/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_names.h"

#include "store/import_row.h"
#include "store/person.h"
#include "store/service.h"
#include "store/team.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 4096 };

enum what { TEAM, PERSON, MEMBER, SERVICE };

struct name {
	struct name *next;
	enum what what;
	const char *text;
	int64_t id;
	const char *code;
};

struct import_names {
	int64_t org;
	const char *source;
	struct arena *arena;
	struct name *places[PLACES];
};

struct import_names *
import_names_new(int64_t org, const char *source)
{
	struct arena *a = arena_new();
	struct import_names *n = arena_alloc(a, sizeof *n);

	*n = (struct import_names){.org = org, .source = source, .arena = a};
	return n;
}

void
import_names_free(struct import_names *n)
{
	arena_free(n->arena);
}

void
import_names_forget(struct import_names *n)
{
	memset(n->places, 0, sizeof n->places);
}

/* The remembered name, or a new one whose id is 0. */
static struct name *
recall(struct import_names *n, enum what what, const char *text)
{
	uint64_t h = 0xCBF29CE484222325 + (uint64_t)what;
	struct name **place;

	for (const char *c = text; *c; c++)
		h = (h ^ (unsigned char)*c) * 0x100000001B3;
	place = &n->places[(h ^ h >> 32) & (PLACES - 1)];
	for (struct name *at = *place; at; at = at->next)
		if (at->what == what && strcmp(at->text, text) == 0)
			return at;
	struct name *made = arena_alloc(n->arena, sizeof *made);

	*made = (struct name){
		.next = *place, .what = what, .text = arena_copy(n->arena, text)};
	*place = made;
	return made;
}

int64_t
import_names_team(
	struct import_names *n, struct work *w, const char *name, const char *kind)
{
	struct name *known = recall(n, TEAM, name);

	if (known->id == 0)
		known->id = team_ensure(w, n->org, name, kind);
	return known->id;
}

static int64_t
find_person(struct import_names *n, struct work *w, const char *key)
{
	struct import_row row;
	const char *id;

	if (import_row_find(w, n->org, n->source, key, &row) != DONE)
		return 0;
	id = pairs_get(&row.extra, "person");
	return id ? strtoll(id, NULL, 10) : 0;
}

static int64_t
make_person(struct import_names *n, struct work *w, const char *name, const char *key)
{
	struct import_row row = {.org = n->org, .source = n->source, .key = key};
	struct person p = {.org = n->org, .name = name};

	person_insert(w, &p);
	pairs_add_int(w->arena, &row.extra, "person", p.id);
	import_row_insert(w, &row);
	return p.id;
}

int64_t
import_names_person(struct import_names *n, struct work *w, const char *name)
{
	struct name *known = recall(n, PERSON, name);
	const char *key;

	if (known->id != 0)
		return known->id;
	key = arena_printf(w->arena, "person %s", name);
	known->id = find_person(n, w, key);
	if (known->id == 0)
		known->id = make_person(n, w, name, key);
	return known->id;
}

void
import_names_join(struct import_names *n, struct work *w, int64_t team, int64_t person)
{
	char text[48];
	struct name *known;

	snprintf(text, sizeof text, "%" PRId64 " %" PRId64, team, person);
	known = recall(n, MEMBER, text);
	if (known->id == 0)
		team_join(w, n->org, team, person);
	known->id = 1;
}

/* "Category 55": LOG-CATEGORY-55. */
static const char *
code_of(struct arena *a, const char *category)
{
	char *code = arena_printf(a, "LOG-%s", category);

	for (char *c = code + 4; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c -= 'a' - 'A';
		else if (!((*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9')))
			*c = '-';
	return code;
}

const char *
import_names_service(
	struct import_names *n, struct work *w, const char *category, int64_t team)
{
	struct name *known = recall(n, SERVICE, category);
	struct service s = {
		.org = n->org,
		.name = category,
		.category = "Imported history",
		.kind = "incident",
		.team = team,
		.priority = 3,
		.who_may_ask = "anyone",
		.geo = "none",
		.charge = "",
		.emergency = "",
		.note = "Imported with the history of another desk.",
		.lgsl = "",
		.lgil = "",
		.retention_months = 24,
		.state = "ended",
		.fields = "",
	};

	if (!known->code) {
		s.code = known->code = code_of(n->arena, category);
		service_save(w, &s, "");
	}
	return known->code;
}
