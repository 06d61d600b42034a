/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/track.h"

#include "store/secret.h"

void
track_put_code(struct work *w, const struct ticket *t, const char *code)
{
	db_run(w->db,
		"insert into track_code (org, ticket, hash, created, expires)"
		" values ($1, $2, $3, $4, $5) on conflict do nothing",
		t->org, t->id, secret_hash(w->arena, code), w->now,
		w->now + TRACK_CODE_LIFETIME);
}

enum outcome
track_use_code(struct work *w, const struct ticket *t, const char *code)
{
	int64_t used = db_run(w->db,
		"update track_code set used = 1 where org = $1 and ticket = $2 and hash "
		"= $3"
		" and used = 0 and tries < $4 and expires > $5",
		t->org, t->id, secret_hash(w->arena, code), TRACK_TRIES, w->now);

	if (used > 0)
		return DONE;
	db_run(w->db,
		"update track_code set tries = tries + 1"
		" where org = $1 and ticket = $2 and used = 0",
		t->org, t->id);
	return MISSING;
}

void
track_grant(struct work *w, const struct ticket *t)
{
	db_run(w->db,
		"insert into track_grant (session, org, ticket, expires)"
		" values ($1, $2, $3, $4)"
		" on conflict (session, org, ticket) do update set expires = $4",
		w->session->hash, t->org, t->id, w->now + TRACK_GRANT_LIFETIME);
}

enum outcome
track_open(struct work *w, const char *reference, struct ticket *t)
{
	int64_t org = 0, id = 0;
	struct scope proved;
	struct rows r;

	if (!w->session || !w->session->hash)
		return MISSING;
	r = db_query(w->db,
		"select t.org, t.id from track_grant g join ticket t"
		" on t.org = g.org and t.id = g.ticket"
		" where g.session = $1 and g.expires > $2 and t.reference = $3",
		w->session->hash, w->now, reference);
	while (rows_next(&r)) {
		org = row_int(&r, 0);
		id = row_int(&r, 1);
	}
	if (id == 0)
		return MISSING;
	proved = access_proved(org);
	return ticket_get(w, &proved, id, t);
}

enum outcome
track_find(struct work *w, const char *reference, struct ticket *t)
{
	int64_t org = db_int(w->db, 0,
		"select org from ticket where reference = $1 order by org limit 1",
		reference);
	struct scope all = access_house(org);

	return org ? ticket_find(w, &all, reference, t) : MISSING;
}
