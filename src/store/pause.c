/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/pause.h"

#include "base/times.h"

#include <string.h>

void
pause_insert(struct work *w, const struct ticket *t, const struct pause *p)
{
	db_run(w->db,
		"insert into pause (org, ticket, seq, clock, subject, reason, person,"
		" team, supplier, question, evidence, began, ended, why, spent, target,"
		" unit, last_tenth, until)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
		" $15, $16, $17, $18, $19)"
		" on conflict (org, ticket, seq, clock, subject, began)"
		" do update set ended = $13, why = $14",
		t->org, t->id, p->seq, p->clock, p->subject, p->reason, p->person,
		p->team, p->supplier, p->question, p->evidence, p->began,
		db_value_instant(p->ended), p->why, p->spent, p->target,
		clock_unit_text(p->unit), p->late, db_value_instant(p->until));
}

void
pause_end(struct work *w, const struct ticket *t, const struct pause *p)
{
	db_run(w->db,
		"update pause set ended = $6, why = $7 where org = $1 and ticket = $2"
		" and seq = $3 and clock = $4 and subject = $5 and ended is null",
		t->org, t->id, p->seq, p->clock, p->subject, p->ended, p->why);
}

void
pause_read_run(
	struct work *w, int64_t org, int64_t first, int64_t last, struct pause_list *list)
{
	struct rows r = db_query(w->db,
		"select ticket, seq, clock, subject, reason, person, team, supplier,"
		" question, evidence, began, ended, why, spent, target, unit, until,"
		" last_tenth"
		" from pause"
		" where org = $1 and ticket >= $2 and ticket <= $3"
		" order by ticket, seq, clock, subject, began",
		org, first, last);
	int size = 0;

	*list = (struct pause_list){NULL, 0};
	while (rows_next(&r)) {
		if (list->count == size) {
			struct pause *more = arena_array(
				w->arena, (size_t)(size = size * 2 + 8), sizeof *more);

			if (list->count)
				memcpy(more, list->at,
					(size_t)list->count * sizeof *more);
			list->at = more;
		}
		list->at[list->count++] = (struct pause){
			.ticket = row_int(&r, 0),
			.seq = row_int(&r, 1),
			.clock = row_copy(&r, 2, w->arena),
			.subject = row_int(&r, 3),
			.reason = row_copy(&r, 4, w->arena),
			.person = row_int(&r, 5),
			.team = row_int(&r, 6),
			.supplier = row_int(&r, 7),
			.question = row_int(&r, 8),
			.evidence = row_copy(&r, 9, w->arena),
			.began = row_int(&r, 10),
			.ended = row_null(&r, 11) ? TIMES_NONE : row_int(&r, 11),
			.why = row_copy(&r, 12, w->arena),
			.spent = row_int(&r, 13),
			.target = row_int(&r, 14),
			.unit = clock_unit_read(row_text(&r, 15)),
			.until = row_null(&r, 16) ? TIMES_NONE : row_int(&r, 16),
			.late = row_int(&r, 17),
		};
	}
}

void
pause_read(struct work *w, const struct ticket *t, struct pause_list *list)
{
	pause_read_run(w, t->org, t->id, t->id, list);
}

int
pause_ending(
	struct work *w, const struct scope *s, int64_t before, int most, int64_t *tickets)
{
	struct rows r = db_query(w->db,
		"select h.ticket from pause h join ticket t on t.org = h.org"
		" and t.id = h.ticket where h.org = $1 and h.ended is null"
		" and h.until < $7 and h.clock = 'resolution' and " SCOPE_SQL(
			"t") " order by h.until, h.ticket limit $8",
		SCOPE_VALUES(s), before, most);
	int count = 0;

	while (rows_next(&r))
		tickets[count++] = row_int(&r, 0);
	return count;
}

void
pause_forget(struct work *w, const struct ticket *t)
{
	db_run(w->db, "delete from pause where org = $1 and ticket = $2", t->org, t->id);
}
