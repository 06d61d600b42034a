/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/stopper_row.h"

void
stopper_row_list(
	struct work *w, int64_t org, const char *service, struct stopper_list *list)
{
	struct rows r = db_query(w->db,
		"select id, kind, field, value, area, words, until from open311_stopper"
		" where org = $1 and service = $2 order by id limit $3",
		org, service, STOPPER_ROW_MOST);

	*list = (struct stopper_list){
		.at = arena_array(w->arena, STOPPER_ROW_MOST, sizeof *list->at),
	};
	while (list->count < STOPPER_ROW_MOST && rows_next(&r))
		list->at[list->count++] = (struct stopper){
			.id = row_int(&r, 0),
			.kind = stopper_kind_named(row_text(&r, 1)),
			.field = row_copy(&r, 2, w->arena),
			.value = row_copy(&r, 3, w->arena),
			.area = row_copy(&r, 4, w->arena),
			.words = row_copy(&r, 5, w->arena),
			.until = row_int(&r, 6),
		};
	rows_end(&r);
}

void
stopper_row_add(struct work *w, int64_t org, const char *service, struct stopper *s)
{
	s->id = work_id(w);
	db_run(w->db,
		"insert into open311_stopper (org, service, id, kind, field, value, area,"
		" words, until) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		org, service, s->id, stopper_kind_name(s->kind), s->field, s->value,
		s->area, s->words, s->until);
}

enum outcome
stopper_row_end(struct work *w, int64_t org, const char *service, int64_t id)
{
	if (db_run(w->db,
		    "delete from open311_stopper where org = $1 and service = $2"
		    " and id = $3",
		    org, service, id) == 1)
		return DONE;
	return MISSING;
}
