/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/inspection.h"

#include <inttypes.h>

int
inspection_ids(
	struct work *w, const struct scope *s, int64_t after, int most, int64_t *ids)
{
	struct rows r = db_query(w->db,
		"select t.id from ticket t where t.id > $7 and " SCOPE_SQL(
			"t") " order by t.id limit $8",
		SCOPE_VALUES(s), after, most);
	int count = 0;

	while (rows_next(&r))
		ids[count++] = row_int(&r, 0);
	return count;
}

static void
find_gaps(struct work *w, const struct scope *s, struct inspection_finding *f)
{
	struct rows r = db_query(w->db,
		"select t.reference, t.events, count(e.seq), coalesce(max(e.seq), 0)"
		" from ticket t left join event e on e.org = t.org and e.ticket = t.id"
		" where " SCOPE_SQL("t") " group by t.org, t.id, t.reference, t.events"
					 " having t.events <> count(e.seq) or t.events "
					 "<> coalesce(max(e.seq), 0)",
		SCOPE_VALUES(s));

	while (rows_next(&r))
		if (f->count++ == 0)
			f->first = arena_printf(w->arena,
				"ticket %s says %" PRId64 " events, has %" PRId64
				", the newest is number %" PRId64,
				row_text(&r, 0), row_int(&r, 1), row_int(&r, 2),
				row_int(&r, 3));
}

void
inspection_timelines(struct work *w, const struct scope *s, struct inspection_finding *f)
{
	struct rows r;

	*f = (struct inspection_finding){0};
	find_gaps(w, s, f);
	r = db_query(w->db,
		"select e.ticket, e.seq from event e where e.org = $1 and $2 = 1"
		" and not exists (select 1 from ticket t"
		" where t.org = e.org and t.id = e.ticket)",
		s->org, s->all);
	while (rows_next(&r))
		if (f->count++ == 0)
			f->first = arena_printf(w->arena,
				"event %" PRId64 " of ticket id %" PRId64
				" has no ticket",
				row_int(&r, 1), row_int(&r, 0));
}

void
inspection_states(struct work *w, const struct scope *s, struct inspection_finding *f)
{
	struct rows r = db_query(w->db,
		"select t.reference, t.status from ticket t where " SCOPE_SQL(
			"t") " and (t.open <> case when t.status in ('new', 'open',"
			     " 'waiting') then 1 else 0 end"
			     " or (t.status = 'resolved' and t.solved = 0)"
			     " or (t.status = 'closed' and t.closed = 0))"
			     " order by t.id",
		SCOPE_VALUES(s));

	*f = (struct inspection_finding){0};
	while (rows_next(&r))
		if (f->count++ == 0)
			f->first = arena_printf(w->arena,
				"ticket %s is %s, but its other columns say otherwise",
				row_text(&r, 0), row_text(&r, 1));
}

void
inspection_outbox(struct work *w, int64_t org, struct inspection_finding *f)
{
	struct rows r = db_query(w->db,
		"select id, state from outbox where org = $1"
		" and ((state = 'waiting' and (next_at <= 0 or sent is not null))"
		" or (state = 'sent' and (sent is null or attempts = 0)))"
		" order by id",
		org);

	*f = (struct inspection_finding){0};
	while (rows_next(&r))
		if (f->count++ == 0)
			f->first = arena_printf(w->arena,
				"letter %" PRId64 " is %s, but its times do not say so",
				row_int(&r, 0), row_text(&r, 1));
}

void
inspection_size(struct work *w, const struct scope *s, struct inspection_size *size)
{
	*size = (struct inspection_size){
		.tickets = db_int(w->db, 0,
			"select count(*) from ticket where org = $1 and $2 = 1", s->org,
			s->all),
		.events = db_int(w->db, 0,
			"select count(*) from event where org = $1 and $2 = 1", s->org,
			s->all),
		.letters = db_int(w->db, 0,
			"select count(*) from outbox where org = $1 and $2 = 1", s->org,
			s->all),
	};
}
