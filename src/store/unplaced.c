/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/unplaced.h"

enum { MOST_TEAMS = 500, TELL_AGAIN = 3600 };

/* Still true of the ticket. */
#define WAITS "t.open = 1 and t.assignee = 0 and t.team = u.team"

bool
unplaced_add(struct work *w, const struct ticket *t)
{
	return db_run(w->db,
		       "insert into unplaced (org, ticket, team, since)"
		       " values ($1, $2, $3, $4) on conflict (org, ticket) do update set"
		       " team = $3, since = $4, told = 0 where unplaced.team <> $3",
		       t->org, t->id, t->team, w->now) == 1;
}

void
unplaced_remove(struct work *w, const struct ticket *t)
{
	db_run(w->db, "delete from unplaced where org = $1 and ticket = $2", t->org,
		t->id);
}

bool
unplaced_tell(struct work *w, const struct ticket *t)
{
	if (db_int(w->db, 0,
		    "select 1 from unplaced where org = $1 and team = $2"
		    " and told = 1 and since > $3 limit 1",
		    t->org, t->team, w->now - TELL_AGAIN) == 1)
		return false;
	db_run(w->db, "update unplaced set told = 1 where org = $1 and ticket = $2",
		t->org, t->id);
	return true;
}

void
unplaced_of_team(
	struct work *w, int64_t org, int64_t team, int most, struct unplaced_list *list)
{
	struct rows r = db_query(w->db,
		"select t.id from unplaced u cross join ticket t where t.org = u.org"
		" and t.id = u.ticket and u.org = $1 and u.team = $2 and " WAITS
		" order by t.due, t.id limit $3",
		org, team, most + 1);

	*list = (struct unplaced_list){
		.at = arena_array(w->arena, (size_t)most + 1, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = row_int(&r, 0);
	list->more = list->count > most;
	if (list->more)
		list->count = most;
}

void
unplaced_read(
	struct work *w, const struct scope *s, int most, struct unplaced_tickets *list)
{
	struct rows r = db_query(w->db,
		"select t.reference, case when t.restricted = 1 then '' else t.subject "
		"end,"
		" s.name, g.name, u.team, u.since"
		/* Few wait like this: the planner must begin with them. */
		" from unplaced u cross join ticket t"
		" left join service s on s.org = t.org and s.code = t.service"
		" left join team g on g.org = t.org and g.id = t.team"
		" where t.org = u.org and t.id = u.ticket and u.org = $1 and " WAITS
		" and " SCOPE_SQL("t") " order by u.since, t.id limit $7",
		SCOPE_VALUES(s), most + 1);

	*list = (struct unplaced_tickets){
		.at = arena_array(w->arena, (size_t)most + 1, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct unplaced_ticket){
			.reference = row_copy(&r, 0, w->arena),
			.subject = row_copy(&r, 1, w->arena),
			.service_name = row_copy(&r, 2, w->arena),
			.team_name = row_copy(&r, 3, w->arena),
			.team = row_int(&r, 4),
			.since = row_int(&r, 5),
		};
	list->more = list->count > most;
	if (list->more)
		list->count = most;
}

int64_t
unplaced_count(struct work *w, const struct scope *s)
{
	return db_int(w->db, 0,
		"select count(*) from unplaced u cross join ticket t where t.org = u.org"
		" and t.id = u.ticket and u.org = $1 and " WAITS " and " SCOPE_SQL("t"),
		SCOPE_VALUES(s));
}

void
unplaced_teams(struct work *w, struct unplaced_teams *list)
{
	struct rows r = db_query(w->db,
		"select org, team from unplaced group by org, team order by org, team"
		" limit $1",
		MOST_TEAMS);

	*list = (struct unplaced_teams){
		.at = arena_array(w->arena, MOST_TEAMS, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct unplaced_team){
			row_int(&r, 0), row_int(&r, 1)};
}

void
unplaced_sweep(struct work *w, int64_t org, int64_t team)
{
	db_run(w->db,
		"delete from unplaced where org = $1 and team = $2 and not exists"
		" (select 1 from ticket t where t.org = unplaced.org"
		" and t.id = unplaced.ticket and t.open = 1 and t.assignee = 0"
		" and t.team = unplaced.team)",
		org, team);
}
