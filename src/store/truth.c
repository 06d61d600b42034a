/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/truth.h"

#include "store/person.h"

enum { MOST_PAUSED = 20000, MOST_ROWS = 100, MOST_MOVES = 50 };

void
truth_promises(struct work *w, const struct scope *s, const struct figures_period *p,
	struct truth_promises *out)
{
	struct rows r = db_query(w->db,
		"select count(*), coalesce(sum(case when c.met = 1 then 1 else 0 end), "
		"0),"
		" coalesce(sum(case when c.met = 0 and c.tightened = 1 then 1 else 0"
		" end), 0)"
		" from verdict c where c.org = $1 and $2 = 1 and c.kind = 'resolution'"
		" and c.stopped >= $3 and c.stopped < $4",
		s->org, s->all, p->from, p->to);

	*out = (struct truth_promises){0};
	if (rows_next(&r)) {
		out->stopped = row_int(&r, 0);
		out->met = row_int(&r, 1);
		out->tightened = row_int(&r, 2);
		rows_end(&r);
	}
	out->cancelled = db_int(w->db, 0,
		"select count(*) from ticket t where t.org = $1 and $2 = 1"
		" and t.status = 'cancelled' and t.closed >= $3 and t.closed < $4",
		s->org, s->all, p->from, p->to);
}

void
truth_paused(struct work *w, const struct scope *s, const struct figures_period *p,
	struct truth_paused *list)
{
	struct rows r = db_query(w->db,
		"select c.ticket, c.cycle from verdict c where c.org = $1 and $2 = 1"
		" and c.kind = 'resolution'"
		" and c.stopped >= $3 and c.stopped < $4 and c.met = 1"
		" and exists (select 1 from pause h where h.org = c.org"
		" and h.ticket = c.ticket and h.clock = 'resolution')"
		" order by c.ticket, c.cycle limit $5",
		s->org, s->all, p->from, p->to, MOST_PAUSED + 1);

	*list = (struct truth_paused){
		.at = arena_array(w->arena, MOST_PAUSED + 1, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct truth_cycle){
			.ticket = row_int(&r, 0), .cycle = row_int(&r, 1)};
	list->more = list->count > MOST_PAUSED;
	if (list->more)
		list->count = MOST_PAUSED;
}

#define PAUSES(key)                                                                      \
	"select " key ", count(*) as pauses, cast(sum(h.last_tenth) as bigint) as late," \
	" count(distinct h.ticket) as tickets,"                                          \
	" cast(sum(coalesce(h.ended, $5) - h.began) as bigint) as seconds from pause h"  \
	" where h.org = $1 and $2 = 1 and h.clock = 'resolution'"                        \
	" and h.began >= $3 and h.began < $4"

static struct rows
pauses_by(struct work *w, const struct scope *s, const struct figures_period *p,
	enum truth_key key)
{
	switch (key) {
	case TRUTH_PERSON:
		return db_query(w->db,
			"select x.*, coalesce(" PERSON_NAME("p",
				"x.person") ", '')"
					    " from (" PAUSES(
						    "h.person as person") " group by "
									  "h.person) x"
									  " left join "
									  "person p on "
									  "p.org = $1 "
									  "and p.id = "
									  "x.person"
									  " order by 2 "
									  "desc, 1 limit "
									  "$6",
			s->org, s->all, p->from, p->to, w->now, MOST_ROWS);
	case TRUTH_SUPPLIER:
		return db_query(w->db,
			"select x.*, coalesce(g.name, '') from (" PAUSES(
				"h.team as team") " and h.supplier = 1 group by h.team) x"
						  " left join team g on g.org = $1 and "
						  "g.id = x.team"
						  " order by 2 desc, 1 limit $6",
			s->org, s->all, p->from, p->to, w->now, MOST_ROWS);
	case TRUTH_REASON: break;
	}
	return db_query(w->db,
		"select 0, x.pauses, x.late, x.tickets, x.seconds, x.reason from "
		"(" PAUSES("h.reason as reason") " group by h.reason) x"
						 " order by 2 desc, 6 limit $6",
		s->org, s->all, p->from, p->to, w->now, MOST_ROWS);
}

void
truth_pauses(struct work *w, const struct scope *s, const struct figures_period *p,
	enum truth_key key, struct truth_rows *rows)
{
	struct rows r = pauses_by(w, s, p, key);

	*rows = (struct truth_rows){
		.at = arena_array(w->arena, MOST_ROWS, sizeof *rows->at),
	};
	while (rows_next(&r))
		rows->at[rows->count++] = (struct truth_row){
			.id = row_int(&r, 0),
			.pauses = row_int(&r, 1),
			.late = row_int(&r, 2),
			.tickets = row_int(&r, 3),
			.seconds = row_int(&r, 4),
			.name = row_copy(&r, 5, w->arena),
		};
}

void
truth_moves(struct work *w, const struct scope *s, const struct figures_period *p,
	struct truth_moves *moves)
{
	struct rows r = db_query(w->db,
		"select x.from_team, x.to_team, coalesce(a.name, ''),"
		" coalesce(b.name, ''), x.moves, x.back, x.refused from (select"
		" h.from_team, h.to_team, count(*) as moves,"
		" cast(sum(h.back) as bigint) as back,"
		" cast(sum(h.refused) as bigint) as refused from handover h"
		" where h.org = $1 and $2 = 1 and h.at >= $3 and h.at < $4"
		" group by h.from_team, h.to_team) x"
		" left join team a on a.org = $1 and a.id = x.from_team"
		" left join team b on b.org = $1 and b.id = x.to_team"
		" order by x.moves desc, 3, 4",
		s->org, s->all, p->from, p->to);

	*moves = (struct truth_moves){
		.at = arena_array(w->arena, MOST_MOVES, sizeof *moves->at),
	};
	while (rows_next(&r)) {
		struct truth_move m = {
			.from = row_int(&r, 0),
			.to = row_int(&r, 1),
			.moves = row_int(&r, 4),
			.back = row_int(&r, 5),
			.refused = row_int(&r, 6),
		};

		moves->all.moves += m.moves;
		moves->all.back += m.back;
		moves->all.refused += m.refused;
		if (moves->count == MOST_MOVES)
			continue;
		m.from_name = row_copy(&r, 2, w->arena);
		m.to_name = row_copy(&r, 3, w->arena);
		moves->at[moves->count++] = m;
	}
	r = db_query(w->db,
		"select count(*), coalesce(sum(x.back), 0) from (select h.ticket,"
		" max(h.back) as back from handover h where h.org = $1 and $2 = 1"
		" and h.at >= $3 and h.at < $4 group by h.ticket) x",
		s->org, s->all, p->from, p->to);
	if (rows_next(&r)) {
		moves->tickets = row_int(&r, 0);
		moves->returned = row_int(&r, 1);
		rows_end(&r);
	}
}

/* --- the tickets behind --------------------------------------------------------------
 */

#define TICKET                                                              \
	"select t.id, t.reference, t.subject, coalesce(s.name, t.service)," \
	" coalesce(g.name, ''), t.status, x.times from ("
#define OF_TICKET                                                      \
	") x join ticket t on t.org = $1 and t.id = x.ticket"          \
	" left join service s on s.org = t.org and s.code = t.service" \
	" left join team g on g.org = t.org and g.id = t.team where " SCOPE_SQL("t")

static struct rows
promise_rows(struct work *w, const struct scope *s, const struct truth_question *q)
{
	return db_query(w->db,
		TICKET
		"select c.ticket, count(*) as times from verdict c where c.org = $1"
		" and c.kind = 'resolution'"
		" and c.stopped >= $7 and c.stopped < $8 and c.met = $9"
		" and c.ticket > $10 and ($11 = 0 or c.tightened = 1)"
		" group by c.ticket" OF_TICKET " order by t.id limit $12",
		SCOPE_VALUES(s), q->period.from, q->period.to, q->what == TRUTH_MET,
		q->after, q->what == TRUTH_TIGHTENED, q->limit + 1);
}

static struct rows
cancelled_rows(struct work *w, const struct scope *s, const struct truth_question *q)
{
	return db_query(w->db,
		TICKET "select id as ticket, 1 as times from ticket where org = $1"
		       " and status = 'cancelled' and closed >= $7 and closed < $8"
		       " and id > $9" OF_TICKET " order by t.id limit $10",
		SCOPE_VALUES(s), q->period.from, q->period.to, q->after, q->limit + 1);
}

static struct rows
pause_rows(struct work *w, const struct scope *s, const struct truth_question *q)
{
	return db_query(w->db,
		TICKET
		"select h.ticket, count(*) as times from pause h where h.org = $1"
		" and h.clock = 'resolution' and h.began >= $7 and h.began < $8"
		" and ($9 = 0 or h.last_tenth = 1) and ($10 = '' or h.reason = $10)"
		" and ($11 = 0 or h.person = $11)"
		" and ($12 = 0 or (h.team = $12 and h.supplier = 1))"
		" and h.ticket > $13 group by h.ticket" OF_TICKET
		" order by t.id limit $14",
		SCOPE_VALUES(s), q->period.from, q->period.to, q->what == TRUTH_LATE,
		q->reason ? q->reason : "", q->person, q->from, q->after, q->limit + 1);
}

static struct rows
move_rows(struct work *w, const struct scope *s, const struct truth_question *q)
{
	return db_query(w->db,
		TICKET "select h.ticket, count(*) as times from handover h"
		       " where h.org = $1 and h.at >= $7 and h.at < $8"
		       " and ($9 = 0 or h.back = 1) and ($10 = 0 or h.refused = 1)"
		       " and ($11 = 0 or h.from_team = $11)"
		       " and ($12 = 0 or h.to_team = $12)"
		       " and h.ticket > $13 group by h.ticket" OF_TICKET
		       " order by t.id limit $14",
		SCOPE_VALUES(s), q->period.from, q->period.to, q->what == TRUTH_BACK,
		q->what == TRUTH_REFUSED, q->from, q->to, q->after, q->limit + 1);
}

/* Each hand-over to a team that did not have it before adds one. */
static struct rows
touched_rows(struct work *w, const struct scope *s, const struct truth_question *q)
{
	return db_query(w->db,
		TICKET "select h.ticket, 1 + (select cast(sum(1 - e.back) as bigint)"
		       " from handover e where e.org = $1 and e.ticket = h.ticket)"
		       " as times from handover h where h.org = $1 and h.at >= $7"
		       " and h.at < $8 group by h.ticket" OF_TICKET
		       " order by x.times desc, t.id limit $9",
		SCOPE_VALUES(s), q->period.from, q->period.to, q->limit + 1);
}

static void
read_tickets(struct work *w, struct rows *r, int limit, struct truth_tickets *list)
{
	*list = (struct truth_tickets){
		.at = arena_array(w->arena, (size_t)limit, sizeof *list->at),
	};
	while (rows_next(r)) {
		if (list->count == limit) {
			list->more = true;
			break;
		}
		list->at[list->count++] = (struct truth_ticket){
			.id = row_int(r, 0),
			.reference = row_copy(r, 1, w->arena),
			.subject = row_copy(r, 2, w->arena),
			.service_name = row_copy(r, 3, w->arena),
			.team_name = row_copy(r, 4, w->arena),
			.status = ticket_status_named(row_text(r, 5)),
			.count = row_int(r, 6),
		};
	}
	rows_end(r);
}

void
truth_tickets(struct work *w, const struct scope *s, const struct truth_question *q,
	struct truth_tickets *list)
{
	struct rows r;

	switch (q->what) {
	case TRUTH_MET:
	case TRUTH_TIGHTENED:
	case TRUTH_MISSED: r = promise_rows(w, s, q); break;
	case TRUTH_CANCELLED: r = cancelled_rows(w, s, q); break;
	case TRUTH_PAUSES:
	case TRUTH_LATE: r = pause_rows(w, s, q); break;
	case TRUTH_TOUCHED: r = touched_rows(w, s, q); break;
	default: r = move_rows(w, s, q); break;
	}
	read_tickets(w, &r, q->limit, list);
}

void
truth_tickets_of(struct work *w, const struct scope *s, const int64_t *ids, int count,
	struct truth_tickets *list)
{
	*list = (struct truth_tickets){
		.at = arena_array(w->arena, (size_t)count, sizeof *list->at),
	};
	for (int i = 0; i < count; i++) {
		struct truth_tickets one;
		struct rows r = db_query(w->db,
			TICKET "select id as ticket, 0 as times from ticket where"
			       " org = $1 and id = $7" OF_TICKET " limit 1",
			SCOPE_VALUES(s), ids[i]);

		read_tickets(w, &r, 1, &one);
		if (one.count)
			list->at[list->count++] = one.at[0];
	}
}
