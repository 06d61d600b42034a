/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/session.h"

#include "store/draft.h"
#include "store/parting.h"
#include "store/secret.h"

#include <string.h>

enum { MOST = 100, AGENT = 300 };

const char *
session_enter(struct work *w, const struct session_entry *e, struct session *s)
{
	const char *cookie = secret_token(w->arena);
	const char *agent = e->agent ? e->agent : "";

	if (strlen(agent) > AGENT)
		agent = "";
	*s = (struct session){
		.hash = secret_hash(w->arena, cookie),
		.secret = secret_token(w->arena),
		.org = e->org,
		.person = e->person,
		.created = w->now,
		.seen = w->now,
		.way = e->way,
		.must_enrol = e->must_enrol,
		.expires = w->now + e->lifetime,
	};
	db_run(w->db,
		"insert into session (hash, secret, org, person, created, seen, expires, "
		"peer, agent, way, must_enrol)"
		" values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10)",
		s->hash, s->secret, e->org, e->person, w->now, w->now + e->lifetime,
		e->peer, agent, e->way, e->must_enrol);
	return cookie;
}

const char *
session_start(struct work *w, int64_t org, int64_t person, int64_t lifetime,
	const char *peer, struct session *s)
{
	struct session_entry e = {
		.org = org,
		.person = person,
		.lifetime = lifetime,
		.peer = peer,
		.way = "",
	};

	return session_enter(w, &e, s);
}

void
session_follow(struct work *w, const char *from, const char *to)
{
	draft_follow(w, from, to);
	db_run(w->db, "update track_grant set session = $2 where session = $1", from, to);
}

const char *
session_renew(struct work *w, const struct session *old, struct session *s)
{
	const char *cookie = secret_token(w->arena);
	const char *hash = secret_hash(w->arena, cookie);

	*s = *old;
	s->hash = hash;
	s->secret = secret_token(w->arena);
	s->created = w->now;
	db_run(w->db,
		"update session set hash = $2, secret = $3, created = $4, seen = $4,"
		" must_enrol = $5 where hash = $1",
		old->hash, hash, s->secret, w->now, s->must_enrol);
	session_follow(w, old->hash, hash);
	parting_of_session(w, old->hash);
	return cookie;
}

enum outcome
session_find(struct work *w, const char *cookie, struct session *s)
{
	const char *hash = secret_hash(w->arena, cookie);
	struct rows r = db_query(w->db,
		"select secret, org, person, created, seen, way, must_enrol, expires"
		" from session where hash = $1 and expires > $2 and (person = 0 or seen "
		"> $3)",
		hash, w->now, w->now - SESSION_IDLE);

	if (!rows_next(&r))
		return MISSING;
	*s = (struct session){
		.hash = hash,
		.secret = row_copy(&r, 0, w->arena),
		.org = row_int(&r, 1),
		.person = row_int(&r, 2),
		.created = row_int(&r, 3),
		.seen = row_int(&r, 4),
		.way = row_copy(&r, 5, w->arena),
		.must_enrol = row_int(&r, 6),
		.expires = row_int(&r, 7),
	};
	rows_end(&r);
	return DONE;
}

void
session_list(struct work *w, int64_t person, struct session_list *list)
{
	struct rows r = db_query(w->db,
		"select hash, peer, agent, way, created, seen from session"
		" where person = $1 and expires > $2 and seen > $3"
		" order by seen desc, created desc limit $4",
		person, w->now, w->now - SESSION_IDLE, MOST);

	*list = (struct session_list){
		.at = arena_array(w->arena, MOST, sizeof *list->at),
	};
	while (rows_next(&r)) {
		const char *hash = row_text(&r, 0);

		list->at[list->count++] = (struct session_row){
			.handle = secret_hash(w->arena, hash),
			.peer = row_copy(&r, 1, w->arena),
			.agent = row_copy(&r, 2, w->arena),
			.way = row_copy(&r, 3, w->arena),
			.created = row_int(&r, 4),
			.seen = row_int(&r, 5),
			.here = w->session && strcmp(w->session->hash, hash) == 0,
		};
	}
}

bool
session_end_one(struct work *w, int64_t person, const char *handle)
{
	const char *found = NULL;
	struct rows r = db_query(
		w->db, "select hash from session where person = $1", person);

	while (rows_next(&r))
		if (strcmp(secret_hash(w->arena, row_text(&r, 0)), handle) == 0)
			found = row_copy(&r, 0, w->arena);
	if (found)
		session_end(w, found);
	return found != NULL;
}

int64_t
session_end_others(struct work *w, int64_t person)
{
	parting_of_person(w, person);
	return db_run(w->db, "delete from session where person = $1 and hash <> $2",
		person, w->session ? w->session->hash : "");
}

void
session_saw(struct work *w, const char *hash, int64_t at)
{
	db_run(w->db, "update session set seen = $2 where hash = $1 and seen < $2", hash,
		at);
}

void
session_end(struct work *w, const char *hash)
{
	int64_t person = db_int(
		w->db, 0, "delete from session where hash = $1 returning person", hash);

	if (person)
		parting_of_session(w, hash);
}

void
session_end_all(struct work *w, int64_t person)
{
	db_run(w->db, "delete from session where person = $1", person);
	parting_of_person(w, person);
}

void
session_set_org(struct work *w, const char *hash, int64_t org)
{
	db_run(w->db, "update session set org = $2 where hash = $1", hash, org);
	parting_of_session(w, hash);
}

void
session_sweep(struct work *w)
{
	db_run(w->db, "delete from session where expires <= $1", w->now);
	db_run(w->db, "delete from session where person > 0 and seen <= $1",
		w->now - SESSION_IDLE);
	db_run(w->db, "delete from draft where updated <= $1",
		w->now - SESSION_ANONYMOUS);
	db_run(w->db, "delete from draft_file where not exists (select 1 from draft d"
		      " where d.session = draft_file.session and d.org = draft_file.org"
		      " and d.service = draft_file.service)");
	parting_sweep(w);
	db_run(w->db, "delete from track_code where expires <= $1", w->now);
	db_run(w->db, "delete from track_grant where expires <= $1", w->now);
	db_run(w->db, "delete from sign_in_step where expires <= $1", w->now);
	db_run(w->db, "delete from challenge where expires <= $1", w->now);
	db_run(w->db, "delete from email_link where expires <= $1", w->now);
	db_run(w->db, "delete from provider_trip where expires <= $1", w->now);
	db_run(w->db, "delete from device where created <= $1", w->now - SESSION_DEVICE);
	db_run(w->db, "delete from attempt where window_start <= $1", w->now - 86400);
}
