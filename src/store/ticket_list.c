/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/ticket_list.h"

#include "store/hiding.h"
#include "store/team.h"
#include "store/ticket_row.h"

#include <assert.h>

enum { MOST_MERGED = 32 };

#define STATUS " and ($11 is null or t.status = $11)"
/* Written so that the index finds the place: no page costs more than the first. */
#define AFTER " and t.due >= $7 and (t.due > $7 or t.id > $8)"
#define BY_DUE " order by t.due, t.id limit $9"

static struct rows
query_rows(struct work *w, const struct scope *s, const struct ticket_query *q, int limit)
{
	int64_t due = q->after_id ? q->after_due : INT64_MIN;
	int64_t id = q->after_id ? q->after_id : INT64_MAX;

	switch (q->view) {
	case TICKET_MINE:
		return db_query(w->db,
			TICKET_COLUMNS TICKET_FROM
			" where t.open = 1 and t.org = $1 and t.assignee = $10"
			" and t.assignee > 0"
			" and " SCOPE_SQL("t") AFTER STATUS BY_DUE,
			SCOPE_VALUES(s), due, q->after_id, limit, w->actor->person,
			q->status);
	case TICKET_TEAM:
		return db_query(w->db,
			TICKET_COLUMNS TICKET_FROM
			" where t.open = 1 and t.org = $1 and t.team = $10"
			" and " SCOPE_SQL("t") AFTER STATUS BY_DUE,
			SCOPE_VALUES(s), due, q->after_id, limit, q->team, q->status);
	case TICKET_OF_CUSTOMER:
		return db_query(w->db,
			TICKET_COLUMNS TICKET_FROM
			" where t.org = $1 and t.customer = $9 and t.id < $7"
			" and ($10 is null or t.status = $10)"
			" and " SCOPE_SQL("t") " order by t.id desc limit $8",
			SCOPE_VALUES(s), id, limit, q->customer, q->status);
	case TICKET_EVERY:
		return db_query(w->db,
			TICKET_COLUMNS TICKET_FROM
			" where t.org = $1 and t.id < $7"
			" and ($9 is null or t.status = $9)"
			" and " SCOPE_SQL("t") " order by t.id desc limit $8",
			SCOPE_VALUES(s), id, limit, q->status);
	case TICKET_SOLVED:
		return db_query(w->db,
			TICKET_COLUMNS TICKET_FROM
			" where t.org = $1 and t.solved > 0"
			" and t.solved <= $7 and (t.solved < $7 or t.id < $8)"
			" and ($10 is null or t.status = $10)"
			" and " SCOPE_SQL(
				"t") " order by t.solved desc, t.id desc limit $9",
			SCOPE_VALUES(s), q->after_id ? q->after_due : INT64_MAX, id,
			limit, q->status);
	case TICKET_ALL: break;
	}
	return db_query(w->db,
		TICKET_COLUMNS TICKET_FROM
		" where t.open = 1 and t.org = $1 and " SCOPE_SQL("t") AFTER
		" and ($10 is null or t.status = $10)" BY_DUE,
		SCOPE_VALUES(s), due, q->after_id, limit, q->status);
}

static bool
is_before(const struct ticket *a, const struct ticket *b)
{
	return a->due != b->due ? a->due < b->due : a->id < b->id;
}

/* The first `most` of two lists in order, in the first. */
static void
merge(struct work *w, struct ticket_list *list, const struct ticket_list *other, int most)
{
	struct ticket *at = arena_array(w->arena, (size_t)most, sizeof *at);
	int i = 0, j = 0, n = 0;

	while (n < most && (i < list->count || j < other->count))
		if (j == other->count ||
			(i < list->count && is_before(&list->at[i], &other->at[j])))
			at[n++] = list->at[i++];
		else
			at[n++] = other->at[j++];
	*list = (struct ticket_list){.at = at, .count = n};
}

static void
read_rows(struct work *w, const struct scope *s, struct rows *r, int most,
	struct ticket_list *list)
{
	struct hiding h = hiding_begin(w, s);

	*list = (struct ticket_list){
		.at = arena_array(w->arena, (size_t)most, sizeof(struct ticket)),
	};
	while (list->count < most && rows_next(r))
		ticket_row_read(w, r, &list->at[list->count++]);
	rows_end(r);
	for (int i = 0; i < list->count; i++)
		hiding_apply(&h, &list->at[i]);
}

/* All teams of the actor: each team's beginning by its index, put together here. One
 * query over them all would have to sort everything that waits. */
static void
query_my_teams(struct work *w, const struct scope *s, const struct ticket_query *q,
	int most, struct ticket_list *list)
{
	struct ticket_query one = *q;
	struct team_list teams;

	*list = (struct ticket_list){.count = 0};
	team_of_person(w, s->org, s->person, &teams);
	for (int i = 0; i < teams.count && i < MOST_MERGED; i++) {
		struct ticket_list of_team;
		struct rows r;

		one.team = teams.at[i].id;
		r = query_rows(w, s, &one, most);
		read_rows(w, s, &r, most, &of_team);
		if (i == 0)
			*list = of_team;
		else
			merge(w, list, &of_team, most);
	}
}

void
ticket_list_read(struct work *w, const struct scope *s, const struct ticket_query *q,
	struct ticket_list *list)
{
	assert(q->limit >= 1 && q->limit <= 200);
	if (q->view == TICKET_TEAM && q->team == 0) {
		query_my_teams(w, s, q, q->limit + 1, list);
	} else {
		struct rows r = query_rows(w, s, q, q->limit + 1);

		read_rows(w, s, &r, q->limit + 1, list);
	}
	list->more = list->count > q->limit;
	if (list->more)
		list->count = q->limit;
}

void
ticket_list_of_people(struct work *w, const struct scope *s, const int64_t *people,
	int count, struct ticket_list *list)
{
	int64_t p[TICKET_PEOPLE] = {0};
	struct rows r;

	for (int i = 0; i < count && i < TICKET_PEOPLE; i++)
		p[i] = people[i];
	r = db_query(w->db,
		TICKET_COLUMNS TICKET_FROM
		" where t.org = $1 and t.id in (select ranked.id from"
		" (select t.id, row_number() over (partition by t.customer"
		" order by t.id desc) as place from ticket t where t.org = $1"
		" and t.customer in ($8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
		" and t.customer > 0 and " SCOPE_SQL(
			"t") ") ranked"
			     " where ranked.place <= $7) order by t.customer, t.id desc",
		SCOPE_VALUES(s), TICKET_EACH, p[0], p[1], p[2], p[3], p[4], p[5], p[6],
		p[7], p[8], p[9]);
	read_rows(w, s, &r, TICKET_PEOPLE * TICKET_EACH, list);
}

int64_t
ticket_list_count(
	struct work *w, const struct scope *s, const struct ticket_query *q, int64_t most)
{
	switch (q->view) {
	case TICKET_MINE:
		return db_int(w->db, 0,
			"select count(*) from (select 1 from ticket t where t.open = 1"
			" and t.org = $1 and t.assignee = $6 and t.assignee > 0"
			" and t.due > 0 and " SCOPE_SQL("t") " limit $7) counted",
			SCOPE_VALUES(s), most);
	case TICKET_TEAM:
		/* Team by team, each from its own stretch of the index. */
		if (q->team == 0)
			return db_int(w->db, 0,
				"select count(*) from (select 1 from member mine"
				" cross join ticket t where mine.org = $1"
				" and mine.person = $6 and t.org = $1"
				" and t.team = mine.team and t.open = 1"
				" and t.due > 0 and " SCOPE_SQL("t") " limit $7) counted",
				SCOPE_VALUES(s), most);
		return db_int(w->db, 0,
			"select count(*) from (select 1 from ticket t where t.open = 1"
			" and t.org = $1 and t.team = $8 and t.due > 0 and " SCOPE_SQL(
				"t") " limit $7) counted",
			SCOPE_VALUES(s), most, q->team);
	case TICKET_OF_CUSTOMER:
		return db_int(w->db, 0,
			"select count(*) from (select 1 from ticket t where t.org = $1"
			" and t.customer = $8 and " SCOPE_SQL("t") " limit $7) counted",
			SCOPE_VALUES(s), most, q->customer);
	case TICKET_EVERY:
	case TICKET_SOLVED:
	case TICKET_ALL: break;
	}
	return db_int(w->db, 0,
		"select count(*) from (select 1 from ticket t where t.open = 1"
		" and t.org = $1 and t.due > 0 and " SCOPE_SQL("t") " limit $7) counted",
		SCOPE_VALUES(s), most);
}
