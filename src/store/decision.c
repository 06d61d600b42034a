/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/decision.h"

#include "format/urlencoded.h"

enum { MOST_DECISIONS = 200 };

void
decision_insert(
	struct work *w, const struct ticket *t, int64_t seq, const struct decision *d)
{
	db_run(w->db,
		"insert into decision (org, ticket, seq, name, version, position, saw, "
		"gave)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8)",
		t->org, t->id, seq, d->name, d->version, d->position,
		urlencoded_write(w->arena, &d->saw),
		urlencoded_write(w->arena, &d->gave));
}

void
decision_read(struct work *w, const struct ticket *t, struct decision_list *list)
{
	struct rows r = db_query(w->db,
		"select name, version, position, saw, gave, seq from decision"
		" where org = $1 and ticket = $2 order by seq, name limit $3",
		t->org, t->id, MOST_DECISIONS);

	*list = (struct decision_list){
		.at = arena_array(w->arena, MOST_DECISIONS, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct decision){
			.name = row_copy(&r, 0, w->arena),
			.version = row_int(&r, 1),
			.position = row_int(&r, 2),
			.saw = urlencoded_read(w->arena, row_text(&r, 3)),
			.gave = urlencoded_read(w->arena, row_text(&r, 4)),
			.seq = row_int(&r, 5),
		};
}
