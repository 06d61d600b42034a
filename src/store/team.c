/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/team.h"

#include "store/parting.h"
#include "store/person.h"
#include "store/role_row.h"

enum {
	MOST_ORGANISATIONS = 200,
	MOST_TEAMS = 500,
	MOST_MEMBERS = 1000,
	MOST_EVERYBODY = 5000
};

#define ORGANISATION \
	"select id, code, name, kind, language, email, phone, calendar, alarm"

static void
organisation_read(struct work *w, const struct rows *r, struct organisation *o)
{
	*o = (struct organisation){
		.id = row_int(r, 0),
		.code = row_copy(r, 1, w->arena),
		.name = row_copy(r, 2, w->arena),
		.kind = row_copy(r, 3, w->arena),
		.language = row_copy(r, 4, w->arena),
		.email = row_copy(r, 5, w->arena),
		.phone = row_copy(r, 6, w->arena),
		.calendar = row_int(r, 7),
		.alarm = row_int(r, 8),
	};
}

static enum outcome
organisation_one(struct work *w, struct rows *r, struct organisation *o)
{
	if (!rows_next(r))
		return MISSING;
	organisation_read(w, r, o);
	rows_end(r);
	return DONE;
}

void
team_organisations(struct work *w, struct organisation_list *list)
{
	struct rows r = db_query(w->db,
		ORGANISATION " from organisation order by case kind when 'council' then 0"
			     " when 'desk' then 1 else 2 end, name limit $1",
		MOST_ORGANISATIONS);

	*list = (struct organisation_list){
		.at = arena_array(w->arena, MOST_ORGANISATIONS, sizeof *list->at),
	};
	while (rows_next(&r))
		organisation_read(w, &r, &list->at[list->count++]);
}

enum outcome
team_organisation(struct work *w, int64_t id, struct organisation *o)
{
	struct rows r = db_query(
		w->db, ORGANISATION " from organisation where id = $1", id);

	return organisation_one(w, &r, o);
}

enum outcome
team_portal(struct work *w, struct organisation *o)
{
	struct rows r = db_query(w->db,
		ORGANISATION " from organisation order by portal desc, id limit 1");

	return organisation_one(w, &r, o);
}

static void
team_read(struct work *w, const struct rows *r, struct team *t)
{
	*t = (struct team){
		.org = row_int(r, 0),
		.id = row_int(r, 1),
		.name = row_copy(r, 2, w->arena),
		.kind = row_copy(r, 3, w->arena),
		.calendar = row_int(r, 4),
		.push = row_int(r, 5) != 0,
	};
}

static void
team_read_all(struct work *w, struct rows *r, struct team_list *list)
{
	*list = (struct team_list){
		.at = arena_array(w->arena, MOST_TEAMS, sizeof *list->at),
	};
	while (rows_next(r))
		team_read(w, r, &list->at[list->count++]);
}

void
team_list(struct work *w, int64_t org, struct team_list *list)
{
	struct rows r = db_query(w->db,
		"select org, id, name, kind, calendar, push from team where org = $1"
		" order by name limit $2",
		org, MOST_TEAMS);

	team_read_all(w, &r, list);
}

static enum outcome
team_one(struct work *w, struct rows *r, struct team *t)
{
	if (!rows_next(r))
		return MISSING;
	team_read(w, r, t);
	rows_end(r);
	return DONE;
}

enum outcome
team_get(struct work *w, int64_t org, int64_t id, struct team *t)
{
	struct rows r = db_query(w->db,
		"select org, id, name, kind, calendar, push from team where org = $1 and "
		"id = "
		"$2",
		org, id);

	return team_one(w, &r, t);
}

enum outcome
team_named(struct work *w, int64_t org, const char *name, struct team *t)
{
	struct rows r = db_query(w->db,
		"select org, id, name, kind, calendar, push from team where org = $1 and "
		"name "
		"= $2",
		org, name);

	return team_one(w, &r, t);
}

void
team_of_person(struct work *w, int64_t org, int64_t person, struct team_list *list)
{
	struct rows r = db_query(w->db,
		"select t.org, t.id, t.name, t.kind, t.calendar, t.push from member m"
		" join team t on t.org = m.org and t.id = m.team"
		" where m.org = $1 and m.person = $2 order by t.name limit $3",
		org, person, MOST_TEAMS);

	team_read_all(w, &r, list);
}

bool
team_has_member(struct work *w, int64_t org, int64_t team, int64_t person)
{
	return db_int(w->db, 0,
		       "select 1 from member where org = $1 and person = $2 and team = "
		       "$3",
		       org, person, team) == 1;
}

static void
members_read(struct work *w, struct rows *r, int most, struct team_member_list *list)
{
	*list = (struct team_member_list){
		.at = arena_array(w->arena, (size_t)most, sizeof *list->at),
	};
	while (rows_next(r))
		list->at[list->count++] = (struct team_member){
			.team = row_int(r, 0),
			.person = row_int(r, 1),
			.name = row_copy(r, 2, w->arena),
		};
}

void
team_members(struct work *w, int64_t org, int64_t team, struct team_member_list *list)
{
	struct rows r = db_query(w->db,
		"select m.team, m.person, " PERSON_NAME(
			"p", "m.person") " as name from member m"
					 " left join person p on p.org = m.org"
					 " and p.id = m.person"
					 " where m.org = $1 and m.team = $2"
					 " order by 3, 2 limit $3",
		org, team, MOST_MEMBERS);

	members_read(w, &r, MOST_MEMBERS, list);
}

void
team_everybody(struct work *w, int64_t org, struct team_member_list *list)
{
	struct rows r = db_query(w->db,
		"select m.team, m.person, " PERSON_NAME(
			"p", "m.person") " as name from member m"
					 " left join person p on p.org = m.org"
					 " and p.id = m.person where m.org = $1"
					 " order by 1, 3, 2 limit $2",
		org, MOST_EVERYBODY);

	members_read(w, &r, MOST_EVERYBODY, list);
}

void
team_save_organisation(struct work *w, const struct organisation *o, bool portal)
{
	db_run(w->db,
		"insert into organisation (id, code, name, kind, language, email, phone,"
		" calendar, portal) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
		" on conflict (id) do update set name = $3, language = $5, email = $6,"
		" phone = $7, calendar = $8, portal = $9",
		o->id, o->code, o->name, o->kind, o->language, o->email, o->phone,
		o->calendar, portal);
	role_row_seed(w, o->id);
}

int64_t
team_ensure(struct work *w, int64_t org, const char *name, const char *kind)
{
	db_run(w->db,
		"insert into team (org, id, name, kind) values ($1, $2, $3, $4)"
		" on conflict do nothing",
		org, work_id(w), name, kind);
	return db_int(
		w->db, 0, "select id from team where org = $1 and name = $2", org, name);
}

void
team_join(struct work *w, int64_t org, int64_t team, int64_t person)
{
	if (db_run(w->db,
		    "insert into member (org, team, person) values ($1, $2, $3)"
		    " on conflict do nothing",
		    org, team, person) == 1)
		parting_of_person(w, person);
}

bool
team_leave(struct work *w, int64_t org, int64_t team, int64_t person)
{
	bool left = db_run(w->db,
			    "delete from member where org = $1 and team = $2"
			    " and person = $3",
			    org, team, person) == 1;

	if (left)
		parting_of_person(w, person);
	return left;
}

enum outcome
team_set_push(struct work *w, int64_t org, int64_t team, bool push)
{
	return db_run(w->db, "update team set push = $3 where org = $1 and id = $2", org,
		       team, push) == 1
		       ? DONE
		       : MISSING;
}

void
team_hold(struct work *w, int64_t org, int64_t team)
{
	db_run(w->db, "update team set push = push where org = $1 and id = $2", org,
		team);
}
