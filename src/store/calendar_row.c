/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/calendar_row.h"

#include "rule/calendar.h"
#include "store/zone_file.h"

#include <string.h>

enum { MOST_HOLIDAYS = 1000, MOST_CALENDARS = 100 };

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

enum outcome
calendar_row_save(
	struct work *w, int64_t org, int64_t id, const char *name, const char *definition)
{
	struct hours_problem problem;
	const struct hours *h = hours_parse(w->arena, definition, &problem);
	int64_t newest = db_int(w->db, 0,
		"select max(version) from calendar where org = $1 and id = $2", org, id);
	const char *text, *was;

	if (!h)
		return work_problem_detail(w, "definition", "problem.calendar.definition",
			arena_printf(w->arena, "%s: %s", problem.what, problem.where));
	if (check(w, h) != DONE)
		return INVALID;
	text = hours_text(w->arena, h);
	was = db_text(w->db, w->arena,
		"select definition from calendar"
		" where org = $1 and id = $2 and version = $3",
		org, id, newest);
	if (was && strcmp(was, text) == 0)
		return DONE;
	/* The first version is valid from ever, for what is imported from before. */
	db_run(w->db,
		"insert into calendar (org, id, version, name, definition, valid_from)"
		" values ($1, $2, $3, $4, $5, $6)",
		org, id, newest + 1, name, text, newest == 0 ? 0 : w->now);
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

static size_t
holidays(struct work *w, const char *division, int64_t *days)
{
	struct rows r = db_query(w->db,
		"select day from bank_holiday where division = $1 order by day limit $2",
		division, MOST_HOLIDAYS);
	struct date d;
	size_t n = 0;

	while (rows_next(&r))
		if (times_parse_date(bytes_of(row_text(&r, 0)), &d))
			days[n++] = times_days(d);
	return n;
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

void
calendar_row_close_holidays(struct work *w, int64_t org, const char *division)
{
	int64_t *days = arena_array(w->arena, MOST_HOLIDAYS, sizeof *days);
	size_t n = holidays(w, division, days);
	struct {
		int64_t id;
		const char *name, *definition;
	} found[MOST_CALENDARS];
	int count = 0;
	struct rows r = db_query(w->db,
		"select c.id, c.name, c.definition from calendar c where c.org = $1"
		" and c.version = (select max(m.version) from calendar m"
		" where m.org = c.org and m.id = c.id) limit $2",
		org, MOST_CALENDARS);

	while (rows_next(&r)) {
		found[count].id = row_int(&r, 0);
		found[count].name = row_copy(&r, 1, w->arena);
		found[count++].definition = row_copy(&r, 2, w->arena);
	}
	for (int i = 0; i < count; i++) {
		struct hours_problem problem;
		const struct hours *h = hours_parse(
			w->arena, found[i].definition, &problem);

		if (h && !never_closes(h))
			(void)!calendar_row_save(w, org, found[i].id, found[i].name,
				hours_text(w->arena,
					hours_with_closed(w->arena, h, days, n)));
	}
}

void
calendar_row_list(struct work *w, int64_t org, struct calendar_row_list *list)
{
	struct rows r = db_query(w->db,
		"select c.id, c.version, c.name, c.definition, c.valid_from"
		" from calendar c where c.org = $1 and c.version = (select max(m.version)"
		" from calendar m where m.org = c.org and m.id = c.id"
		" and m.valid_from <= $2) order by c.name, c.id limit $3",
		org, w->now, MOST_CALENDARS);

	*list = (struct calendar_row_list){
		.at = arena_array(w->arena, MOST_CALENDARS, sizeof *list->at)};
	while (rows_next(&r))
		list->at[list->count++] = (struct calendar_row){
			.id = row_int(&r, 0),
			.version = row_int(&r, 1),
			.name = row_copy(&r, 2, w->arena),
			.definition = row_copy(&r, 3, w->arena),
			.valid_from = row_int(&r, 4),
		};
}
