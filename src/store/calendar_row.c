/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/calendar_row.h"

#include "rule/calendar.h"
#include "store/person.h"
#include "store/shelf.h"
#include "store/zone_file.h"

#include <string.h>

enum { MOST_CALENDARS = 100, MOST_VERSIONS = 200 };

static enum outcome
check(struct work *w, const struct hours *h)
{
	const char *problem;
	const struct zone *z = zone_file_load(w->arena, h->zone, &problem);

	if (!z)
		return work_problem_detail(
			w, "definition", "problem.calendar.zone", h->zone);
	if (!calendar_opens(calendar_new(w->arena, 0, h, z), w->now))
		return work_problem(w, "definition", "problem.calendar.never");
	return DONE;
}

static enum outcome
parse(struct work *w, const char *definition, const struct hours **h)
{
	struct hours_problem problem;

	*h = hours_parse(w->arena, definition, &problem);
	if (*h)
		return check(w, *h);
	return work_problem_detail(w, "definition", "problem.calendar.definition",
		arena_printf(w->arena, "%s: %s", problem.what, problem.where));
}

static void
insert(struct work *w, int64_t org, const struct calendar_row *c)
{
	db_run(w->db,
		"insert into calendar (org, id, version, name, definition, valid_from,"
		" holidays, author, made) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		org, c->id, c->version, c->name, c->definition, c->valid_from,
		c->holidays, w->actor ? w->actor->person : 0, w->now);
	shelf_made(w, &(struct shelf_version){.kind = SHELF_CALENDAR,
			      .org = org,
			      .id = c->id,
			      .version = c->version,
			      .name = ""});
}

static struct calendar_row
row_of(const struct rows *r, struct arena *a)
{
	return (struct calendar_row){
		.id = row_int(r, 0),
		.version = row_int(r, 1),
		.name = row_copy(r, 2, a),
		.definition = row_copy(r, 3, a),
		.holidays = row_copy(r, 4, a),
		.valid_from = row_int(r, 5),
		.made = row_int(r, 6),
		.author_name = row_copy(r, 7, a),
	};
}

/* The newest version by number; version 0: there is none. */
static struct calendar_row
newest(struct work *w, int64_t org, int64_t id)
{
	struct rows r = db_query(w->db,
		"select c.id, c.version, c.name, c.definition, c.holidays, c.valid_from,"
		" c.made, null from calendar c where c.org = $1 and c.id = $2"
		" order by c.version desc limit 1",
		org, id);
	struct calendar_row c = {.id = id, .holidays = "division"};

	if (rows_next(&r))
		c = row_of(&r, w->arena);
	rows_end(&r);
	return c;
}

enum outcome
calendar_row_save(
	struct work *w, int64_t org, int64_t id, const char *name, const char *definition)
{
	struct calendar_row was = newest(w, org, id), is = was;
	const struct hours *h;

	if (parse(w, definition, &h) != DONE)
		return INVALID;
	is.definition = hours_text(w->arena, h);
	if (was.version && strcmp(was.definition, is.definition) == 0)
		return DONE;
	/* The first version is valid from ever, for what is imported from before. */
	is.valid_from = was.version == 0 ? 0 : w->now;
	is.version = was.version + 1;
	is.name = name;
	insert(w, org, &is);
	return DONE;
}

const char *
calendar_row_name(struct work *w, int64_t org, int64_t id)
{
	const char *name = db_text(w->db, w->arena,
		"select name from calendar where org = $1 and id = $2"
		" order by version desc limit 1",
		org, id);

	return name ? name : "";
}

bool
calendar_row_holiday(
	struct work *w, const char *division, const char *day, const char *title)
{
	int64_t known = db_int(w->db, 0,
		"select 1 from bank_holiday where division = $1 and day = $2", division,
		day);

	db_run(w->db,
		"insert into bank_holiday (division, day, title) values ($1, $2, $3)"
		" on conflict (division, day) do update set title = $3",
		division, day, title);
	return known == 0;
}

const char *
calendar_row_division(struct work *w, int64_t org)
{
	const char *division = db_text(
		w->db, w->arena, "select division from organisation where id = $1", org);

	return division ? division : "england-and-wales";
}

size_t
calendar_row_holidays(struct work *w, int64_t org, const char *which, int64_t *days)
{
	struct rows r;
	struct date d;
	size_t n = 0;

	if (!*which)
		return 0;
	r = db_query(w->db,
		"select distinct b.day from bank_holiday b where $2 = 'uk'"
		" or b.division = (select o.division from organisation o where o.id = $1)"
		" order by b.day limit $3",
		org, which, CALENDAR_MOST_HOLIDAYS);
	while (rows_next(&r))
		if (times_parse_date(bytes_of(row_text(&r, 0)), &d))
			days[n++] = times_days(d);
	return n;
}

const char *
calendar_row_holiday_name(struct work *w, int64_t org, const char *which, int64_t day)
{
	struct date d = times_date(day);

	return db_text(w->db, w->arena,
		"select min(b.title) from bank_holiday b where b.day = $3 and $2 <> ''"
		" and ($2 = 'uk' or b.division = (select o.division from organisation o"
		" where o.id = $1))",
		org, which,
		arena_printf(w->arena, "%04d-%02d-%02d", d.year, d.month, d.day));
}

/* Open day and night: bank holidays do not stop it either. */
static bool
never_closes(const struct hours *h)
{
	for (int i = 0; i < 7; i++) {
		int64_t open = 0;

		for (size_t s = 0; s < h->week[i].n; s++)
			open += h->week[i].at[s].to - h->week[i].at[s].from;
		if (open < TIMES_DAY)
			return false;
	}
	return true;
}

/* Without those closed dates. */
static const struct hours *
without(struct arena *a, const struct hours *h, const int64_t *days, size_t n)
{
	struct hours *left = arena_alloc(a, sizeof *left);
	int64_t *closed = arena_array(a, h->n_closed, sizeof *closed);

	*left = *h;
	left->n_closed = 0;
	left->closed = closed;
	for (size_t i = 0; i < h->n_closed; i++) {
		bool gone = false;

		for (size_t k = 0; k < n && !gone; k++)
			gone = days[k] == h->closed[i];
		if (!gone)
			closed[left->n_closed++] = h->closed[i];
	}
	return left;
}

/* Bank holidays that closed a calendar until now: their kind, and their dates where the
 * organisation's division is about to change. */
struct former {
	const int64_t *days;
	size_t n;
};

static const char *
closed_anew(struct work *w, int64_t org, const struct calendar_row *c,
	const struct former *former)
{
	int64_t *days = arena_array(w->arena, CALENDAR_MOST_HOLIDAYS, sizeof *days);
	size_t n = calendar_row_holidays(w, org, c->holidays, days);
	struct hours_problem problem;
	const struct hours *h = hours_parse(w->arena, c->definition, &problem);

	if (!h || never_closes(h))
		return c->definition;
	if (strcmp(c->holidays, "division") == 0)
		h = without(w->arena, h, former->days, former->n);
	return hours_text(w->arena, hours_with_closed(w->arena, h, days, n));
}

/* The version that is valid now, and after it those that are to be valid later: when one
 * is made anew all behind it are, because the higher number wins. */
static void
close_one(struct work *w, int64_t org, int64_t id, const struct former *former)
{
	struct calendar_row at[MOST_VERSIONS];
	struct rows r = db_query(w->db,
		"select c.id, c.version, c.name, c.definition, c.holidays, c.valid_from,"
		" c.made, null from calendar c where c.org = $1 and c.id = $2"
		" and c.version >= (select max(m.version) from calendar m"
		" where m.org = $1 and m.id = $2 and m.valid_from <= $3)"
		" order by c.valid_from, c.version limit $4",
		org, id, w->now, MOST_VERSIONS);
	int64_t version = newest(w, org, id).version;
	bool anew = false;
	int count = 0;

	while (rows_next(&r))
		at[count++] = row_of(&r, w->arena);
	for (int i = 0; i < count; i++) {
		const char *text = closed_anew(w, org, &at[i], former);

		anew = anew || strcmp(text, at[i].definition) != 0;
		if (!anew)
			continue;
		at[i].definition = text;
		at[i].version = ++version;
		if (at[i].valid_from < w->now)
			at[i].valid_from = w->now;
		insert(w, org, &at[i]);
	}
}

static void
close_all(struct work *w, int64_t org, const struct former *former)
{
	int64_t ids[MOST_CALENDARS];
	struct rows r = db_query(w->db,
		"select distinct id from calendar where org = $1 order by id limit $2",
		org, MOST_CALENDARS);
	int count = 0;

	while (rows_next(&r))
		ids[count++] = row_int(&r, 0);
	for (int i = 0; i < count; i++)
		close_one(w, org, ids[i], former);
}

void
calendar_row_close_holidays(struct work *w, int64_t org)
{
	const struct former none = {NULL, 0};

	close_all(w, org, &none);
}

void
calendar_row_set_division(struct work *w, int64_t org, const char *division)
{
	int64_t *days = arena_array(w->arena, CALENDAR_MOST_HOLIDAYS, sizeof *days);
	const struct former former = {
		days, calendar_row_holidays(w, org, "division", days)};

	db_run(w->db, "update organisation set division = $2 where id = $1", org,
		division);
	close_all(w, org, &former);
}

static void
read_list(struct work *w, struct rows r, int most, struct calendar_row_list *list)
{
	*list = (struct calendar_row_list){
		.at = arena_array(w->arena, (size_t)most, sizeof *list->at)};
	while (list->count < most && rows_next(&r))
		list->at[list->count++] = row_of(&r, w->arena);
	rows_end(&r);
}

void
calendar_row_list(struct work *w, int64_t org, struct calendar_row_list *list)
{
	read_list(w,
		db_query(w->db,
			"select c.id, c.version, c.name, c.definition, c.holidays,"
			" c.valid_from, c.made, null from calendar c where c.org = $1"
			" and c.version = (select max(m.version) from calendar m"
			" where m.org = c.org and m.id = c.id and m.valid_from <= $2)"
			" order by c.name, c.id limit $3",
			org, w->now, MOST_CALENDARS),
		MOST_CALENDARS, list);
}

void
calendar_row_versions(
	struct work *w, int64_t org, int64_t id, struct calendar_row_list *list)
{
	read_list(w,
		db_query(w->db,
			"select c.id, c.version, c.name, c.definition, c.holidays,"
			" c.valid_from, c.made, " PERSON_NAME(
				"p", "c.author") " from calendar c left join person p"
						 " on p.org = c.org and p.id = c.author"
						 " where c.org = $1 and c.id = $2"
						 " order by c.version desc limit $3",
			org, id, MOST_VERSIONS),
		MOST_VERSIONS, list);
}

static bool
same(const struct calendar_row *was, const struct calendar_row *is)
{
	return was->version > 0 && strcmp(was->name, is->name) == 0 &&
	       strcmp(was->definition, is->definition) == 0 &&
	       strcmp(was->holidays, is->holidays) == 0;
}

enum outcome
calendar_row_edit(struct work *w, const struct calendar_edit *e, int64_t *id)
{
	int64_t *days = arena_array(w->arena, CALENDAR_MOST_HOLIDAYS, sizeof *days);
	size_t n = calendar_row_holidays(w, e->org, e->holidays, days);
	struct calendar_row was, is;
	const struct hours *h;

	if (e->valid_from && e->valid_from < w->now)
		return work_problem(w, "valid-date", "problem.calendar.past");
	if (parse(w, e->definition, &h) != DONE)
		return INVALID;
	h = hours_with_closed(w->arena, h, days, n);
	if (check(w, h) != DONE)
		return INVALID;
	if (!*id)
		*id = db_int(w->db, 0, "select max(id) from calendar where org = $1",
			      e->org) +
		      1;
	was = newest(w, e->org, *id);
	is = (struct calendar_row){
		.id = *id,
		.version = was.version + 1,
		.name = e->name,
		.definition = hours_text(w->arena, h),
		.holidays = e->holidays,
		.valid_from = e->valid_from	 ? e->valid_from
			      : was.version == 0 ? 0
						 : w->now, /* the first: from ever */
	};
	if (!same(&was, &is))
		insert(w, e->org, &is);
	return DONE;
}
