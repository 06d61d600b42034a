/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/shelf.h"

#include "base/log.h"
#include "rule/field_rule.h"
#include "rule/status_rule.h"
#include "rule/table_shape.h"
#include "store/zone_file.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* One immutable thing; the name is that of a table or a service. */
struct book {
	struct book *next;
	enum shelf_kind kind;
	int64_t org, id, version;
	const char *name;
	const void *what;
};

enum { PLACES = 1024 };

struct shelf {
	pthread_mutex_t lock;
	struct arena *arena;
	struct book *places[PLACES];
};

struct shelf *
shelf_new(void)
{
	struct arena *a = arena_new();
	struct shelf *s = arena_alloc(a, sizeof *s);

	s->arena = a;
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

void
shelf_free(struct shelf *s)
{
	pthread_mutex_destroy(&s->lock);
	arena_free(s->arena);
}

static struct book **
place_of(struct shelf *s, const struct book *wanted)
{
	uint64_t h = (uint64_t)wanted->kind * 31 + (uint64_t)wanted->version;

	h = (h ^ (uint64_t)wanted->org) * 0x9E3779B97F4A7C15;
	h = (h ^ (uint64_t)wanted->id) * 0x9E3779B97F4A7C15;
	for (const char *c = wanted->name; *c; c++)
		h = (h ^ (unsigned char)*c) * 0x100000001B3;
	return &s->places[h >> 32 & (PLACES - 1)];
}

static bool
is_same(const struct book *a, const struct book *b)
{
	return a->kind == b->kind && a->org == b->org && a->id == b->id &&
	       a->version == b->version && strcmp(a->name, b->name) == 0;
}

static const void *
find(struct shelf *s, const struct book *wanted)
{
	for (const struct book *b = *place_of(s, wanted); b; b = b->next)
		if (is_same(b, wanted))
			return b->what;
	return NULL;
}

/* Takes one out; who has it already may go on using it. */
static void
forget(struct shelf *s, const struct book *wanted)
{
	struct book **at = place_of(s, wanted);

	while (*at)
		if (is_same(*at, wanted))
			*at = (*at)->next;
		else
			at = &(*at)->next;
}

static void
put(struct shelf *s, const struct book *made)
{
	struct book **place = place_of(s, made);
	struct book *b = arena_alloc(s->arena, sizeof *b);

	*b = *made;
	b->name = arena_copy(s->arena, made->name);
	b->next = *place;
	*place = b;
}

/* What the database says of a book, parsed into the shelf's arena; NULL: not readable. */
typedef const void *maker(struct work *w, struct arena *a, const struct book *wanted);

/* What a work reads that has made a version: it lives and ends with the work. */
static const void *
get_own(struct work *w, struct book *wanted, maker *make)
{
	const void *what = find(w->own_shelf, wanted);

	if (what)
		return what;
	wanted->what = what = make(w, w->arena, wanted);
	if (what && !db_failed(w->db))
		put(w->own_shelf, wanted);
	return what;
}

static const void *
get(struct work *w, struct book wanted, maker *make)
{
	struct shelf *s = w->shelf;
	const void *what;

	if (w->own_shelf)
		return get_own(w, &wanted, make);

	pthread_mutex_lock(&s->lock);
	what = find(s, &wanted);
	if (!what) {
		wanted.what = what = make(w, s->arena, &wanted);
		if (what && !db_failed(w->db))
			put(s, &wanted);
	}
	pthread_mutex_unlock(&s->lock);
	return what;
}

static const char always_open[] =
	"zone=Etc/UTC week=1/0-86400,2/0-86400,3/0-86400,4/0-86400,5/0-86400,"
	"6/0-86400,7/0-86400";

static const void *
make_calendar(struct work *w, struct arena *a, const struct book *wanted)
{
	const char *definition = always_open;
	struct hours_problem problem = {NULL, NULL};
	const struct hours *hours;
	const struct zone *zone;

	if (wanted->id != 0)
		definition = db_text(w->db, a,
			"select definition from calendar where org = $1 and id = $2"
			" and version = $3",
			wanted->org, wanted->id, wanted->version);
	if (!definition)
		return NULL;
	hours = hours_parse(a, definition, &problem);
	if (!hours) {
		log_error("calendar %lld version %lld: %s: %s", (long long)wanted->id,
			(long long)wanted->version, problem.what, problem.where);
		return NULL;
	}
	zone = zone_file_load(a, hours->zone, &problem.what);
	if (!zone) {
		log_error("time zone %s: %s", hours->zone, problem.what);
		return NULL;
	}
	return calendar_new(a, wanted->version, hours, zone);
}

const struct calendar *
shelf_calendar_version(struct work *w, int64_t org, int64_t id, int64_t version)
{
	return get(w,
		(struct book){.kind = SHELF_CALENDAR,
			.org = id ? org : 0,
			.id = id,
			.version = id ? version : 0,
			.name = ""},
		make_calendar);
}

const struct calendar *
shelf_always(struct work *w)
{
	return shelf_calendar_version(w, 0, 0, 0);
}

const struct calendar *
shelf_calendar(struct work *w, int64_t org, int64_t id, int64_t at, int64_t *version)
{
	*version = db_int(w->db, 0,
		"select version from calendar where org = $1 and id = $2"
		" and valid_from <= $3 order by version desc limit 1",
		org, id, at);
	if (*version == 0)
		return NULL;
	return shelf_calendar_version(w, org, id, *version);
}

static int64_t
or_any(const struct rows *r, int column)
{
	return row_null(r, column) ? TABLE_ANY : row_int(r, column);
}

static bool
is(const char *text, const char *word)
{
	return text && strcmp(text, word) == 0;
}

static enum table_mode
mode_named(const char *text)
{
	if (is(text, "from_start"))
		return TABLE_FROM_START;
	return is(text, "restart") ? TABLE_RESTART : TABLE_CARRY;
}

static const void *
make_table(struct work *w, struct arena *a, const struct book *wanted)
{
	int64_t count = db_int(w->db, 0,
		"select count(*) from rule_row where org = $1 and name = $2 and version "
		"= $3",
		wanted->org, wanted->name, wanted->version);
	struct table_row *rows = arena_array(a, (size_t)count, sizeof *rows);
	struct table *t = arena_alloc(a, sizeof *t);
	struct rows r = db_query(w->db,
		"select position, service, category, channel, words, priority, impact,"
		" urgency, vip, vulnerable, set_priority, set_team, response, resolution,"
		" unit, calendar, note, team, clock, mode, day_end, pauses,"
		" threshold, amount, notify, any_hour, over_hand, kind, from_status,"
		" to_status, refused, needs_right, demands, field, role, response_unit,"
		" extended from rule_row"
		" where org = $1 and name = $2 and version = $3 order by position",
		wanted->org, wanted->name, wanted->version);

	*t = (struct table){.version = wanted->version, .rows = rows};
	while (t->count < count && rows_next(&r))
		rows[t->count++] = (struct table_row){
			.position = row_int(&r, 0),
			.service = row_copy(&r, 1, a),
			.category = row_copy(&r, 2, a),
			.channel = row_copy(&r, 3, a),
			.words = row_copy(&r, 4, a),
			.priority = or_any(&r, 5),
			.impact = or_any(&r, 6),
			.urgency = or_any(&r, 7),
			.vip = or_any(&r, 8),
			.vulnerable = or_any(&r, 9),
			.set_priority = row_int(&r, 10),
			.set_team = row_int(&r, 11),
			.response = row_int(&r, 12),
			.response_unit = clock_unit_read(row_text(&r, 35)),
			.resolution = row_int(&r, 13),
			.unit = clock_unit_read(row_text(&r, 14)),
			.extended = row_int(&r, 36),
			.calendar = row_int(&r, 15),
			.note = row_copy(&r, 16, a),
			.team = or_any(&r, 17),
			.clock = row_copy(&r, 18, a),
			.mode = mode_named(row_text(&r, 19)),
			.midnight = is(row_text(&r, 20), "midnight"),
			.no_pause = row_int(&r, 21) == 0,
			.threshold = is(row_text(&r, 22), "offset") ? TABLE_OFFSET
								    : TABLE_PERCENT,
			.amount = row_int(&r, 23),
			.notify = (unsigned)row_int(&r, 24),
			.any_hour = row_int(&r, 25),
			.over_hand = row_int(&r, 26),
			.kind = row_copy(&r, 27, a),
			.from_status = row_copy(&r, 28, a),
			.to_status = row_copy(&r, 29, a),
			.refused = row_int(&r, 30) != 0,
			.needs_right = row_copy(&r, 31, a),
			.demands = (unsigned)row_int(&r, 32),
			.field = row_copy(&r, 33, a),
			.role = row_copy(&r, 34, a),
		};
	rows_end(&r);
	return t;
}

static const struct table empty;

/* What the house comes with. */
static const struct table *
standard_table(const char *name)
{
	if (strcmp(name, "status") == 0)
		return status_rule_standard();
	return strcmp(name, "field") == 0 ? field_rule_standard() : &empty;
}

static const struct table *
get_table(struct work *w, int64_t org, const char *name, int64_t version)
{
	if (version == 0)
		return standard_table(name);
	return get(w,
		(struct book){.kind = SHELF_TABLE,
			.org = org,
			.version = version,
			.name = name},
		make_table);
}

enum { MOST_TABLES = 16 };

/* The versions that are live in an organisation, in the order of table_shape_nth. */
struct shelf_live {
	int64_t org;
	int64_t version[MOST_TABLES];
};

static int
place_of_table(const char *name)
{
	int i = 0;

	while (table_shape_nth(i) && strcmp(table_shape_nth(i)->name, name) != 0)
		i++;
	assert(table_shape_nth(i) && i < MOST_TABLES);
	return i;
}

static const struct shelf_live *
live_versions(struct work *w, int64_t org)
{
	struct shelf_live *live = arena_alloc(w->arena, sizeof *live);
	struct rows r = db_query(w->db,
		"select name, version from rule_table where org = $1 and state = 'live'",
		org);

	*live = (struct shelf_live){.org = org};
	while (rows_next(&r))
		live->version[place_of_table(row_text(&r, 0))] = row_int(&r, 1);
	return live;
}

const struct table *
shelf_table(struct work *w, int64_t org, const char *name)
{
	if (!w->live || w->live->org != org)
		w->live = live_versions(w, org);
	return get_table(w, org, name, w->live->version[place_of_table(name)]);
}

void
shelf_tables_changed(struct work *w)
{
	w->live = NULL;
}

void
shelf_made(struct work *w, const struct shelf_version *made)
{
	const struct book book = {.kind = made->kind,
		.org = made->org,
		.id = made->id,
		.version = made->version,
		.name = made->name};

	pthread_mutex_lock(&w->shelf->lock);
	forget(w->shelf, &book);
	pthread_mutex_unlock(&w->shelf->lock);
	w->own_shelf = arena_alloc(w->arena, sizeof *w->own_shelf);
	*w->own_shelf = (struct shelf){.arena = w->arena};
	w->live = NULL;
}

const struct table *
shelf_table_version(struct work *w, int64_t org, const char *name, int64_t version)
{
	return get_table(w, org, name,
		db_int(w->db, 0,
			"select version from rule_table where org = $1 and name = $2"
			" and version = $3",
			org, name, version));
}

static const void *
make_form(struct work *w, struct arena *a, const struct book *wanted)
{
	const char *fields = db_text(w->db, a,
		"select fields from form where org = $1 and service = $2 and version = "
		"$3",
		wanted->org, wanted->name, wanted->version);
	struct form *form = arena_alloc(a, sizeof *form);
	struct form_error error;

	if (!fields)
		return NULL;
	if (!form_parse(a, fields, form, &error)) {
		log_error("form of %s version %lld: %s at %d", wanted->name,
			(long long)wanted->version, error.what, error.at);
		return NULL;
	}
	return form;
}

const struct form *
shelf_form(struct work *w, int64_t org, const char *service, int64_t version)
{
	return get(w,
		(struct book){.kind = SHELF_FORM,
			.org = org,
			.version = version,
			.name = service},
		make_form);
}
