/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/received.h"

#include "format/urlencoded.h"

struct received_page
received_read(struct work *w, const struct scope *s, int64_t since,
	struct received_place after, int limit)
{
	if (after.created == 0)
		after = (struct received_place){INT64_MAX, INT64_MAX};
	return (struct received_page){
		.text = buffer_in(w->arena, 4096),
		.rows = db_query(w->db,
			"select t.id, t.created, t.reference, t.service, t.restricted,"
			" t.channel, d.saw, c.subject, c.words from ticket t"
			" left join decision d on d.org = t.org and d.ticket = t.id"
			" and d.seq = 1 and d.name = 'priority'"
			" left join contact c on c.org = t.org and c.id = (select"
			" min(x.id) from contact x where x.org = t.org"
			" and x.ticket = t.id)"
			" where t.created >= $7 and (t.created < $8"
			" or (t.created = $8 and t.id < $9)) and " SCOPE_SQL(
				"t") " order by t.created desc, t.id desc limit $10",
			SCOPE_VALUES(s), since, after.created, after.ticket, limit),
	};
}

bool
received_next(struct work *w, struct received_page *p, struct received *r)
{
	const struct rows *row = &p->rows;

	if (!rows_next(&p->rows))
		return false;
	p->text.len = 0;
	buffer_text_add(&p->text, row_null(row, 7) ? "" : row_text(row, 7));
	buffer_char(&p->text, '\n');
	buffer_text_add(&p->text, row_null(row, 8) ? "" : row_text(row, 8));
	*r = (struct received){
		.ticket = row_int(row, 0),
		.created = row_int(row, 1),
		.reference = row_text(row, 2),
		.service = row_text(row, 3),
		.restricted = row_int(row, 4),
		.channel = row_text(row, 5),
		.kept = !row_null(row, 6),
		.saw = urlencoded_read(
			w->arena, row_null(row, 6) ? "" : row_text(row, 6)),
		.text = buffer_text(&p->text),
	};
	return true;
}

struct rows
received_events(struct work *w, const struct scope *s, struct received_place first,
	struct received_place last)
{
	return db_query(w->db,
		"select e.ticket, e.seq, e.at, e.kind, e.data from ticket t"
		" join event e on e.org = t.org and e.ticket = t.id"
		" and e.kind in ('received', 'priority', 'extended', 'waiting',"
		" 'resumed', 'resolved', 'closed', 'reopened', 'cancelled',"
		" 'calendar', 'amended')"
		" where (t.created < $7 or (t.created = $7 and t.id <= $8))"
		" and (t.created > $9 or (t.created = $9 and t.id >= $10)) "
		"and " SCOPE_SQL("t") " order by t.created desc, t.id desc, e.seq",
		SCOPE_VALUES(s), first.created, first.ticket, last.created, last.ticket);
}

bool
received_event(struct work *w, struct rows *r, struct received_event *e)
{
	if (!rows_next(r))
		return false;
	*e = (struct received_event){
		.ticket = row_int(r, 0),
		.seq = row_int(r, 1),
		.at = row_int(r, 2),
		.kind = row_text(r, 3),
		.data = urlencoded_read(w->arena, row_text(r, 4)),
	};
	return true;
}

const char *
received_text(struct work *w, const struct ticket *t)
{
	const char *text = db_text(w->db, w->arena,
		"select c.subject || $3 || c.words from contact c where c.org = $1"
		" and c.id = (select min(x.id) from contact x where x.org = $1"
		" and x.ticket = $2)",
		t->org, t->id, "\n");

	return text ? text : t->subject;
}
