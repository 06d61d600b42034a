/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/handover.h"

#include <inttypes.h>

enum { MOST = 1000 };

void
handover_insert(struct work *w, const struct ticket *t, struct handover *h)
{
	h->back = db_int(w->db, 0,
			  "select 1 from handover where org = $1 and ticket = $2"
			  " and (from_team = $3 or to_team = $3) limit 1",
			  t->org, t->id, h->to) == 1;
	h->refused = h->back && db_int(w->db, 0,
					"select from_team from handover where org = $1"
					" and ticket = $2 order by seq desc limit 1",
					t->org, t->id) == h->to;
	db_run(w->db,
		"insert into handover (org, ticket, seq, at, from_team, to_team, actor,"
		" back, refused) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		t->org, t->id, h->seq, h->at, h->from, h->to, h->actor, h->back,
		h->refused);
}

void
handover_read(struct work *w, const struct ticket *t, struct handover_list *list)
{
	struct rows r = db_query(w->db,
		"select seq, at, from_team, to_team, actor, back, refused from handover"
		" where org = $1 and ticket = $2 order by seq limit $3",
		t->org, t->id, MOST);

	*list = (struct handover_list){
		.at = arena_array(w->arena, MOST, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct handover){
			.seq = row_int(&r, 0),
			.at = row_int(&r, 1),
			.from = row_int(&r, 2),
			.to = row_int(&r, 3),
			.actor = row_int(&r, 4),
			.back = row_int(&r, 5) != 0,
			.refused = row_int(&r, 6) != 0,
		};
}

const char *
handover_text(struct arena *a, const struct handover *h)
{
	return arena_printf(a,
		"%" PRId64 " at %" PRId64 " from %" PRId64 " to %" PRId64 " by %" PRId64
		"%s%s",
		h->seq, h->at, h->from, h->to, h->actor, h->back ? " back" : "",
		h->refused ? " refused" : "");
}

void
handover_read_run(struct work *w, int64_t org, int64_t first, int64_t last,
	struct handover_list *list)
{
	int64_t count = db_int(w->db, 0,
		"select count(*) from handover where org = $1 and ticket >= $2"
		" and ticket <= $3",
		org, first, last);
	struct rows r = db_query(w->db,
		"select ticket, seq, at, from_team, to_team, actor, back, refused"
		" from handover where org = $1 and ticket >= $2 and ticket <= $3"
		" order by ticket, seq limit $4",
		org, first, last, count);

	*list = (struct handover_list){
		.at = arena_array(w->arena, (size_t)count + 1, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct handover){
			.ticket = row_int(&r, 0),
			.seq = row_int(&r, 1),
			.at = row_int(&r, 2),
			.from = row_int(&r, 3),
			.to = row_int(&r, 4),
			.actor = row_int(&r, 5),
			.back = row_int(&r, 6) != 0,
			.refused = row_int(&r, 7) != 0,
		};
}

void
handover_counts(struct work *w, int64_t org, int64_t first, int64_t last,
	struct handover_count_list *list)
{
	int64_t count = db_int(w->db, 0,
		"select count(*) from ticket where org = $1 and id >= $2 and id <= $3",
		org, first, last);
	struct rows r = db_query(w->db,
		"select id, team, handovers, reopened from ticket where org = $1"
		" and id >= $2 and id <= $3 order by id limit $4",
		org, first, last, count);

	*list = (struct handover_count_list){
		.at = arena_array(w->arena, (size_t)count + 1, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct handover_count){
			.ticket = row_int(&r, 0),
			.team = row_int(&r, 1),
			.handovers = row_int(&r, 2),
			.reopened = row_int(&r, 3),
		};
}
