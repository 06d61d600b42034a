/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/shift.h"

#include "base/times.h"
#include "store/calendar_row.h"
#include "store/person.h"
#include "store/shelf.h"
#include "store/team.h"

#include <string.h>

enum { MOST = 2000, MOST_OF_ONE = 50, LONGEST_NOTE = 200, LONGEST_NAME = 80 };

#define NAME_OF(id) "coalesce(" PERSON_NAME("p", id) ", '')"

void
shift_list(struct work *w, int64_t org, struct shift_list *list)
{
	struct rows r = db_query(w->db,
		"select s.team, s.person, g.name, " NAME_OF(
			"s.person") ", s.calendar,"
				    " coalesce((select c.name from calendar c where "
				    "c.org = s.org"
				    " and c.id = s.calendar order by c.version desc "
				    "limit 1), '')"
				    " from shift s join team g on g.org = s.org and g.id "
				    "= s.team"
				    " left join person p on p.org = s.org and p.id = "
				    "s.person"
				    " where s.org = $1 order by 3, 4 limit $2",
		org, MOST);

	*list = (struct shift_list){.at = arena_array(w->arena, MOST, sizeof *list->at)};
	while (rows_next(&r))
		list->at[list->count++] = (struct shift){
			.team = row_int(&r, 0),
			.person = row_int(&r, 1),
			.team_name = row_copy(&r, 2, w->arena),
			.person_name = row_copy(&r, 3, w->arena),
			.calendar = row_int(&r, 4),
			.calendar_name = row_copy(&r, 5, w->arena),
		};
}

int
shift_calendars(struct work *w, int64_t org, int64_t person, int64_t *calendars, int most)
{
	struct rows r = db_query(w->db,
		"select distinct s.person, s.calendar from member m join shift s"
		" on s.org = m.org and s.team = m.team and s.person in (0, m.person)"
		" where m.org = $1 and m.person = $2 order by s.person desc, s.calendar"
		" limit $3",
		org, person, most);
	bool own = false;
	int n = 0;

	while (rows_next(&r)) {
		own = own || row_int(&r, 0) != 0;
		if (own == (row_int(&r, 0) != 0))
			calendars[n++] = row_int(&r, 1);
	}
	return n;
}

enum outcome
shift_save(struct work *w, int64_t org, int64_t team, int64_t person, int64_t calendar)
{
	if (db_int(w->db, 0, "select 1 from team where org = $1 and id = $2", org,
		    team) != 1)
		return work_problem(w, "team", "problem.team.unknown");
	if (person && db_int(w->db, 0,
			      "select 1 from member where org = $1 and team = $2"
			      " and person = $3",
			      org, team, person) != 1)
		return work_problem(w, "person", "problem.person.not_in_team");
	if (calendar == 0) {
		db_run(w->db,
			"delete from shift where org = $1 and team = $2 and person = $3",
			org, team, person);
		return DONE;
	}
	if (db_int(w->db, 0, "select 1 from calendar where org = $1 and id = $2 limit 1",
		    org, calendar) != 1)
		return work_problem(w, "calendar", "problem.shift.hours");
	db_run(w->db,
		"insert into shift (org, team, person, calendar) values ($1, $2, $3, $4)"
		" on conflict (org, team, person) do update set calendar = $4",
		org, team, person, calendar);
	return DONE;
}

void
shift_hours(struct work *w, int64_t org, struct shift_hours_list *list)
{
	struct rows r = db_query(w->db,
		"select c.id, c.name, c.definition from calendar c where c.org = $1"
		" and c.version = (select max(m.version) from calendar m"
		" where m.org = c.org and m.id = c.id and m.valid_from <= $2)"
		" order by c.name, c.id limit $3",
		org, w->now, MOST);

	*list = (struct shift_hours_list){
		.at = arena_array(w->arena, MOST, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct shift_hours){
			.calendar = row_int(&r, 0),
			.name = row_copy(&r, 1, w->arena),
			.definition = row_copy(&r, 2, w->arena),
		};
}

static void
add_segment(struct buffer *b, int day, int from, int to)
{
	if (from < to)
		buffer_printf(b, "%s%d/%d-%d", b->len > 0 ? "," : "", day, from, to);
}

/* "1/25200-54000,2/25200-54000" */
static const char *
week_of(struct work *w, const struct shift_plan *p)
{
	struct buffer b = buffer_in(w->arena, 128);

	for (int day = 1; day <= 7; day++) {
		int before = day == 1 ? 7 : day - 1;

		if (p->to <= p->from && before >= p->first_day && before <= p->last_day)
			add_segment(&b, day, 0, p->to);
		if (day >= p->first_day && day <= p->last_day)
			add_segment(
				&b, day, p->from, p->to <= p->from ? TIMES_DAY : p->to);
	}
	return buffer_text(&b);
}

enum outcome
shift_make(struct work *w, int64_t org, const struct shift_plan *p)
{
	struct hours_problem problem;
	const struct calendar *office;
	const struct hours *closed, *h;
	struct organisation o;
	int64_t version;

	if (!*p->name || strlen(p->name) > LONGEST_NAME ||
		db_int(w->db, 0,
			"select 1 from calendar where org = $1 and name = $2 limit 1",
			org, p->name) == 1)
		return work_problem(w, "name", "problem.shift.name");
	if (team_organisation(w, org, &o) != DONE)
		return MISSING;
	office = shelf_calendar(w, org, o.calendar, w->now, &version);
	if (!office)
		return MISSING;
	closed = calendar_hours(office);
	h = hours_parse(w->arena,
		arena_printf(w->arena, "zone=%s week=%s", closed->zone, week_of(w, p)),
		&problem);
	if (!h)
		return work_problem(w, "from", "problem.shift.time");
	return calendar_row_save(w, org, work_id(w), p->name,
		hours_text(w->arena, hours_with_closed(w->arena, h, closed->closed,
					     closed->n_closed)));
}

static bool
is_date(const char *text)
{
	struct date d;

	return strlen(text) == 10 && times_parse_date(bytes_of(text), &d);
}

enum outcome
shift_absence(struct work *w, int64_t org, int64_t person, const char *first,
	const char *last, const char *note)
{
	if (!is_date(first))
		return work_problem(w, "first", "problem.shift.date");
	if (!last) {
		db_run(w->db,
			"delete from absence where org = $1 and person = $2"
			" and first_day = $3",
			org, person, first);
		return DONE;
	}
	if (db_int(w->db, 0,
		    "select 1 from member where org = $1 and person = $2 limit 1", org,
		    person) != 1)
		return work_problem(w, "person", "problem.person.not_in_team");
	if (!is_date(last) || strcmp(last, first) < 0)
		return work_problem(w, "last", "problem.shift.last");
	if (strlen(note) > LONGEST_NOTE)
		return work_problem(w, "note", "problem.shift.note");
	db_run(w->db,
		"insert into absence (org, person, first_day, last_day, note)"
		" values ($1, $2, $3, $4, $5) on conflict (org, person, first_day)"
		" do update set last_day = $4, note = $5",
		org, person, first, last, note);
	return DONE;
}

void
shift_absences(
	struct work *w, int64_t org, const char *day, struct shift_absence_list *list)
{
	struct rows r = db_query(w->db,
		"select s.person, " NAME_OF(
			"s.person") ", s.first_day, s.last_day,"
				    " s.note from absence s left join person p on p.org "
				    "= s.org"
				    " and p.id = s.person where s.org = $1 and "
				    "s.last_day >= $2"
				    " order by s.first_day, 2 limit $3",
		org, day, MOST);

	*list = (struct shift_absence_list){
		.at = arena_array(w->arena, MOST, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct shift_absence){
			.person = row_int(&r, 0),
			.name = row_copy(&r, 1, w->arena),
			.first = row_copy(&r, 2, w->arena),
			.last = row_copy(&r, 3, w->arena),
			.note = row_copy(&r, 4, w->arena),
		};
}

void
shift_absences_of(struct work *w, int64_t org, int64_t person, const char *day,
	struct shift_absence_list *list)
{
	struct rows r = db_query(w->db,
		"select first_day, last_day from absence where org = $1 and person = $2"
		" and last_day >= $3 order by first_day limit $4",
		org, person, day, MOST_OF_ONE);

	*list = (struct shift_absence_list){
		.at = arena_array(w->arena, MOST_OF_ONE, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct shift_absence){
			.person = person,
			.first = row_copy(&r, 0, w->arena),
			.last = row_copy(&r, 1, w->arena),
		};
}

enum outcome
shift_licence(struct work *w, const struct shift_licence *l)
{
	if (db_int(w->db, 0,
		    "select 1 from member where org = $1 and person = $2 limit 1", l->org,
		    l->person) != 1)
		return work_problem(w, "person", "problem.person.not_in_team");
	if (!is_date(l->trained))
		return work_problem(w, "trained", "problem.shift.date");
	if (!is_date(l->valid_until) || strcmp(l->valid_until, l->trained) < 0)
		return work_problem(w, "valid_until", "problem.shift.last");
	db_run(w->db,
		"insert into licence (org, person, trained, valid_until, services)"
		" values ($1, $2, $3, $4, $5) on conflict (org, person) do update set"
		" trained = $3, valid_until = $4, services = $5",
		l->org, l->person, l->trained, l->valid_until, l->services);
	return DONE;
}

void
shift_licence_end(struct work *w, int64_t org, int64_t person)
{
	db_run(w->db, "delete from licence where org = $1 and person = $2", org, person);
}

void
shift_licences(struct work *w, int64_t org, struct shift_licence_list *list)
{
	struct rows r = db_query(w->db,
		"select l.person, l.trained, l.valid_until, l.services, " NAME_OF(
			"l.person") " from licence l left join person p on p.org = l.org"
				    " and p.id = l.person where l.org = $1"
				    " order by 5, 1 limit $2",
		org, MOST);

	*list = (struct shift_licence_list){
		.at = arena_array(w->arena, MOST, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct shift_licence){
			.org = org,
			.person = row_int(&r, 0),
			.trained = row_copy(&r, 1, w->arena),
			.valid_until = row_copy(&r, 2, w->arena),
			.services = row_copy(&r, 3, w->arena),
			.name = row_copy(&r, 4, w->arena),
		};
}
