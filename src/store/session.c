/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/session.h"

#include "store/secret.h"

const char *
session_start(struct work *w, int64_t org, int64_t person, int64_t lifetime,
	const char *peer, struct session *s)
{
	const char *cookie = secret_token(w->arena);

	*s = (struct session){
		.hash = secret_hash(w->arena, cookie),
		.secret = secret_token(w->arena),
		.org = org,
		.person = person,
	};
	db_run(w->db,
		"insert into session (hash, secret, org, person, created, seen, expires, "
		"peer)"
		" values ($1, $2, $3, $4, $5, $5, $6, $7)",
		s->hash, s->secret, org, person, w->now, w->now + lifetime, peer);
	return cookie;
}

enum outcome
session_find(struct work *w, const char *cookie, struct session *s)
{
	const char *hash = secret_hash(w->arena, cookie);
	struct rows r = db_query(w->db,
		"select secret, org, person from session where hash = $1 and expires > "
		"$2",
		hash, w->now);

	if (!rows_next(&r))
		return MISSING;
	*s = (struct session){
		.hash = hash,
		.secret = row_copy(&r, 0, w->arena),
		.org = row_int(&r, 1),
		.person = row_int(&r, 2),
	};
	rows_end(&r);
	return DONE;
}

void
session_end(struct work *w, const char *hash)
{
	db_run(w->db, "delete from session where hash = $1", hash);
}

void
session_end_all(struct work *w, int64_t person)
{
	db_run(w->db, "delete from session where person = $1", person);
}

void
session_set_org(struct work *w, const char *hash, int64_t org)
{
	db_run(w->db, "update session set org = $2 where hash = $1", hash, org);
}

void
session_sweep(struct work *w)
{
	db_run(w->db, "delete from session where expires <= $1", w->now);
	db_run(w->db, "delete from draft where updated <= $1",
		w->now - SESSION_ANONYMOUS);
	db_run(w->db, "delete from draft_file where not exists (select 1 from draft d"
		      " where d.session = draft_file.session and d.org = draft_file.org"
		      " and d.service = draft_file.service)");
	db_run(w->db, "delete from track_code where expires <= $1", w->now);
	db_run(w->db, "delete from track_grant where expires <= $1", w->now);
	db_run(w->db, "delete from attempt where window_start <= $1", w->now - 86400);
}
