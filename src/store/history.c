/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/history.h"

#include "base/times.h"

enum {
	MOST_ARRIVALS = 100000,
	MOST_TEAMS = 500,
	MOST_DUE = 5000,
	MOST_DAYS = 20000,
	HALF_HOUR = 1800
};

void
history_arrivals(struct work *w, const struct scope *s, const struct figures_period *p,
	struct history_arrivals *list)
{
	struct rows r = db_query(w->db,
		"select t.team, t.created / $5, count(*) from ticket t where t.org = $1"
		" and $2 = 1 and t.created >= $3 and t.created < $4"
		" group by 1, 2 limit $6",
		s->org, s->all, p->from, p->to, HALF_HOUR, MOST_ARRIVALS);

	*list = (struct history_arrivals){
		.at = arena_array(w->arena, MOST_ARRIVALS, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct history_arrival){
			row_int(&r, 0), row_int(&r, 1), row_int(&r, 2)};
}

void
history_teams(struct work *w, const struct scope *s, const struct figures_period *p,
	struct history_teams *list)
{
	struct rows r = db_query(w->db,
		"select t.team, count(*),"
		" sum(case when t.priority <= 2 then 1 else 0 end) from ticket t"
		" where t.org = $1 and $2 = 1 and t.created >= $3 and t.created < $4"
		" group by t.team limit $5",
		s->org, s->all, p->from, p->to, MOST_TEAMS);

	*list = (struct history_teams){
		.at = arena_array(w->arena, MOST_TEAMS, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct history_team){
			row_int(&r, 0), row_int(&r, 1), row_int(&r, 2)};
}

void
history_days(struct work *w, const struct scope *s, const struct figures_period *p,
	struct history_days *list)
{
	struct rows r = db_query(w->db,
		"select t.team, t.solved / $5, count(*) from ticket t where t.org = $1"
		" and $2 = 1 and t.solved > 0 and t.solved >= $3 and t.solved < $4"
		" group by 1, 2 limit $6",
		s->org, s->all, p->from, p->to, TIMES_DAY, MOST_DAYS);

	*list = (struct history_days){
		.at = arena_array(w->arena, MOST_DAYS, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct history_day){
			row_int(&r, 0), row_int(&r, 1), row_int(&r, 2)};
}

void
history_dues(
	struct work *w, const struct scope *s, int64_t until, struct history_dues *list)
{
	struct rows r = db_query(w->db,
		"select t.team, t.id, t.due from ticket t where t.org = $1 and $2 = 1"
		" and t.open = 1 and t.due <= $3 order by t.due, t.id limit $4",
		s->org, s->all, until, MOST_DUE + 1);

	*list = (struct history_dues){
		.at = arena_array(w->arena, MOST_DUE, sizeof *list->at),
	};
	while (rows_next(&r)) {
		if (list->count == MOST_DUE) {
			list->more = true;
			break;
		}
		list->at[list->count++] = (struct history_due){
			row_int(&r, 0), row_int(&r, 1), row_int(&r, 2)};
	}
	rows_end(&r);
}

void
history_waits(struct work *w, const struct scope *s, struct history_waits *list)
{
	struct rows r = db_query(w->db,
		"select t.team, t.id, t.clocks from ticket t where t.org = $1 and $2 = 1"
		" and t.open = 1 and t.status = 'waiting' order by t.id limit $3",
		s->org, s->all, MOST_DUE + 1);

	*list = (struct history_waits){
		.at = arena_array(w->arena, MOST_DUE, sizeof *list->at),
	};
	while (rows_next(&r)) {
		if (list->count == MOST_DUE) {
			list->more = true;
			break;
		}
		list->at[list->count++] = (struct history_wait){
			row_int(&r, 0), row_int(&r, 1), row_copy(&r, 2, w->arena)};
	}
	rows_end(&r);
}
