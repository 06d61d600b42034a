/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/handover.h"

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
