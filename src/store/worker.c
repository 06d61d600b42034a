/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/worker.h"

#include "store/person.h"
#include "store/shelf.h"
#include "store/skill.h"
#include "store/team.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 500, MOST_EVERYBODY = 2000, MOST_ABSENCES = 2000, MOST_LEADERS = 20 };

static const char *
day_text(struct arena *a, struct date d)
{
	return arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* The local date where the person works. */
static const char *
today(struct work *w, const struct worker *m)
{
	if (!m->hours)
		return day_text(w->arena, times_date(times_day(w->now)));
	return day_text(w->arena, zone_time_at(calendar_zone(m->hours), w->now).date);
}

/* Does the scope of a licence, codes and categories joined by ';', name one of them? */
static bool
covers(const char *scope, const char *service, const char *category)
{
	struct bytes rest = bytes_of(scope);

	if (rest.len == 0)
		return true;
	while (rest.len > 0) {
		struct bytes one = bytes_cut(&rest, ';');

		if (bytes_equal(one, bytes_of(service)) ||
			bytes_equal(one, bytes_of(category)))
			return true;
	}
	return false;
}

/* Columns: 3 trained, 4 valid_until, 5 services; null: no licence. */
static bool
is_licensed(struct work *w, const struct rows *r, const struct worker *m,
	const struct worker_scope *of)
{
	const char *day = today(w, m);

	if (m->at_home)
		return true;
	if (row_null(r, 3) || strcmp(row_text(r, 3), day) > 0 ||
		strcmp(row_text(r, 4), day) < 0)
		return false;
	return !of->service || covers(row_text(r, 5), of->service, of->category);
}

static void
read_one(struct work *w, const struct rows *r, const struct worker_scope *of,
	struct worker *m)
{
	int64_t calendar = row_int(r, 13);
	int64_t version = row_int(r, 14);

	*m = (struct worker){
		.person = row_int(r, 0),
		.name = row_copy(r, 1, w->arena),
		.at_home = row_int(r, 2) != 0,
		.capacity = row_int(r, 6),
		.cap = row_int(r, 7),
		.given = row_int(r, 8),
		.presence = {presence_named(row_text(r, 9)), row_int(r, 10),
			row_int(r, 11)},
		.own_hours = row_int(r, 12) != 0,
		.load = row_int(r, 15),
	};
	if (version)
		m->hours = shelf_calendar_version(w, of->org, calendar, version);
	m->licensed = is_licensed(w, r, m, of);
}

static void
read_absences(struct work *w, int64_t org, struct worker_list *list)
{
	int64_t day = times_day(w->now);
	struct rows r = db_query(w->db,
		"select person, first_day, last_day from absence where org = $1"
		" and first_day <= $2 and last_day >= $3 limit $4",
		org, day_text(w->arena, times_date(day + 1)),
		day_text(w->arena, times_date(day - 1)), MOST_ABSENCES);

	while (rows_next(&r))
		for (int i = 0; i < list->count; i++) {
			struct worker *m = &list->at[i];
			const char *now = today(w, m);

			if (m->person == row_int(&r, 0) &&
				strcmp(row_text(&r, 1), now) <= 0 &&
				strcmp(row_text(&r, 2), now) >= 0)
				m->absent = true;
		}
}

void
worker_of_team(struct work *w, const struct worker_scope *of, struct worker_list *list)
{
	/* The load is counted in every organisation: nobody has two desks' time. */
	struct rows r = db_query(w->db,
		"select x.*, (select max(c.version) from calendar c where c.org = $1"
		" and c.id = x.hours and c.valid_from <= $3),"
		" (select cast(coalesce(sum(coalesce(s.size, 1)), 0) as bigint)"
		" from organisation o join ticket t on t.org = o.id and t.open = 1"
		" and t.assignee = x.person and t.assignee > 0 left join service s on "
		"s.org = t.org"
		" and s.code = t.service) from (select m.person, " PERSON_NAME("p",
			"m.person") " as name,"
				    " case when p.id is null then 0 else 1 end,"
				    " l.trained, l.valid_until, l.services,"
				    " coalesce(k.capacity, 100), coalesce(k.cap, 10), "
				    "coalesce(k.given, 0),"
				    " said.state, said.since, said.until,"
				    " case when own.calendar is null then 0 else 1 end,"
				    " coalesce(own.calendar, every.calendar, "
				    "nullif(g.calendar, 0), o.calendar)"
				    " as hours from member m join team g on g.org = "
				    "m.org and g.id = m.team"
				    " join organisation o on o.id = m.org"
				    " left join person p on p.org = m.org and p.id = "
				    "m.person"
				    " left join licence l on l.org = m.org and l.person "
				    "= m.person"
				    " left join worker k on k.org = m.org and k.person = "
				    "m.person"
				    " left join presence said on said.person = m.person"
				    " and " PRESENCE_HOLDS(
					    "$3") " left join shift own on own.org = "
						  "m.org and own.team = m.team"
						  " and own.person = m.person"
						  " left join shift every on every.org = "
						  "m.org and every.team = m.team"
						  " and every.person = 0"
						  " where m.org = $1 and m.team = $2 and "
						  "not exists (select 1 from account"
						  " a where a.person = m.person and "
						  "a.disabled = 1)) x"
						  " order by x.name, x.person limit $4",
		of->org, of->team, w->now, MOST);

	*list = (struct worker_list){
		.at = arena_array(w->arena, MOST, sizeof *list->at),
	};
	while (list->count < MOST && rows_next(&r))
		read_one(w, &r, of, &list->at[list->count++]);
	rows_end(&r);
	read_absences(w, of->org, list);
	skill_of_workers(w, of->org, of->team, list);
}

bool
worker_on_shift(const struct worker *m, int64_t at)
{
	return m->hours && !m->absent && calendar_is_open(m->hours, at);
}

void
worker_given(struct work *w, int64_t org, int64_t person)
{
	db_run(w->db,
		"insert into worker (org, person, given) values ($1, $2, $3)"
		" on conflict (org, person) do update set given = $3",
		org, person, w->now);
}

static bool
stands_in(const struct worker_list *list, int64_t person)
{
	for (int i = 0; i < list->count; i++)
		if (list->at[i].person == person)
			return true;
	return false;
}

static int
by_name(const void *a, const void *b)
{
	const struct worker *x = a, *y = b;
	int order = strcmp(x->name ? x->name : "", y->name ? y->name : "");

	return order ? order : (x->person > y->person) - (x->person < y->person);
}

void
worker_everybody(struct work *w, int64_t org, struct worker_list *list)
{
	struct team_list teams;

	*list = (struct worker_list){
		.at = arena_array(w->arena, MOST_EVERYBODY, sizeof *list->at)};
	team_list(w, org, &teams);
	for (int i = 0; i < teams.count; i++) {
		struct worker_scope of = {org, teams.at[i].id, NULL, NULL};
		struct worker_list team;

		worker_of_team(w, &of, &team);
		for (int k = 0; k < team.count; k++)
			if (list->count < MOST_EVERYBODY &&
				!stands_in(list, team.at[k].person))
				list->at[list->count++] = team.at[k];
	}
	qsort(list->at, (size_t)list->count, sizeof *list->at, by_name);
}

enum outcome
worker_save(struct work *w, int64_t org, int64_t person, int64_t capacity, int64_t cap)
{
	if (db_int(w->db, 0,
		    "select 1 from member where org = $1 and person = $2 limit 1", org,
		    person) != 1)
		return work_problem(w, "person", "problem.person.not_in_team");
	if (capacity < 1 || capacity > 1000)
		return work_problem(w, "capacity", "problem.worker.capacity");
	if (cap < 0 || cap > 10000)
		return work_problem(w, "cap", "problem.worker.cap");
	db_run(w->db,
		"insert into worker (org, person, capacity, cap) values ($1, $2, $3, $4)"
		" on conflict (org, person) do update set capacity = $3, cap = $4",
		org, person, capacity, cap);
	return DONE;
}
