/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/happened.h"

#include "format/urlencoded.h"

struct rows
happened_read(
	struct work *w, const struct scope *s, int64_t since, int64_t below, int limit)
{
	return db_query(w->db,
		"select t.id, t.created, t.reference, t.service, s.category, t.kind,"
		" t.channel, t.restricted, t.customer, t.place, e.seq, e.at, e.kind,"
		" e.actor, e.actor_kind, e.body, e.data, t.priority, t.team,"
		" p.vip, p.vulnerable from ticket t"
		" join event e on e.org = t.org and e.ticket = t.id"
		" left join service s on s.org = t.org and s.code = t.service"
		" left join person p on p.org = t.org and p.id = t.customer"
		" where t.org = $1 and t.id in (select x.id from ticket x"
		" where (x.updated >= $7 or x.ticking = 1) and x.id < $8 and " SCOPE_SQL(
			"x") " order by x.id desc limit $9)"
			     " order by t.id desc, e.seq",
		SCOPE_VALUES(s), since, below ? below : INT64_MAX, limit);
}

static const char *
text(struct work *w, const struct rows *r, int column)
{
	const char *copy = row_copy(r, column, w->arena);

	return copy ? copy : "";
}

bool
happened_next(struct work *w, struct rows *r, struct happened *h)
{
	if (!rows_next(r))
		return false;
	*h = (struct happened){
		.ticket = row_int(r, 0),
		.created = row_int(r, 1),
		.reference = text(w, r, 2),
		.service = text(w, r, 3),
		.category = text(w, r, 4),
		.ticket_kind = text(w, r, 5),
		.channel = text(w, r, 6),
		.restricted = row_int(r, 7) != 0,
		.has_customer = row_int(r, 8) != 0,
		.has_place = *text(w, r, 9) != 0,
		.seq = row_int(r, 10),
		.at = row_int(r, 11),
		.kind = text(w, r, 12),
		.actor = row_int(r, 13),
		.actor_kind = text(w, r, 14),
		.said = *text(w, r, 15) != 0,
		.data = urlencoded_read(w->arena, text(w, r, 16)),
		.priority = row_int(r, 17),
		.team = row_int(r, 18),
		.vip = row_int(r, 19) != 0,
		.vulnerable = row_int(r, 20) != 0,
	};
	return true;
}
