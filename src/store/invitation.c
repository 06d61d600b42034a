/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/invitation.h"

#include "store/secret.h"

enum { MOST = 500 };

#define INVITATION                                                     \
	"select org, id, email, name, roles, teams, hash is not null," \
	" giver, created, sent, expires from invitation"

static struct invitation
read_row(struct work *w, struct rows *r)
{
	return (struct invitation){
		.org = row_int(r, 0),
		.id = row_int(r, 1),
		.email = row_copy(r, 2, w->arena),
		.name = row_copy(r, 3, w->arena),
		.roles = row_copy(r, 4, w->arena),
		.teams = row_copy(r, 5, w->arena),
		.letter = row_int(r, 6),
		.giver = row_int(r, 7),
		.created = row_int(r, 8),
		.sent = row_int(r, 9),
		.expires = row_int(r, 10),
	};
}

static enum outcome
read_one(struct work *w, struct rows *r, struct invitation *i)
{
	if (!rows_next(r))
		return MISSING;
	*i = read_row(w, r);
	rows_end(r);
	return DONE;
}

static const char *
hash_of(struct work *w, const char *token)
{
	return token ? secret_hash(w->arena, token) : NULL;
}

bool
invitation_insert(struct work *w, struct invitation *i, const char *token)
{
	i->id = work_id(w);
	return db_run(w->db,
		       "insert into invitation (org, id, email, name, roles, teams,"
		       " hash, giver, created, sent, expires)"
		       " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
		       " on conflict (org, email) do nothing",
		       i->org, i->id, i->email, i->name, i->roles, i->teams,
		       hash_of(w, token), i->giver, i->created, i->sent, i->expires) == 1;
}

void
invitation_list(struct work *w, int64_t org, struct invitation_list *list)
{
	struct rows r = db_query(w->db,
		INVITATION " where org = $1 order by name, email limit $2", org, MOST);

	*list = (struct invitation_list){
		.at = arena_array(w->arena, MOST, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = read_row(w, &r);
	rows_end(&r);
}

enum outcome
invitation_get(struct work *w, int64_t org, int64_t id, struct invitation *i)
{
	struct rows r = db_query(
		w->db, INVITATION " where org = $1 and id = $2", org, id);

	return read_one(w, &r, i);
}

enum outcome
invitation_find(struct work *w, const char *token, struct invitation *i)
{
	struct rows r = db_query(w->db, INVITATION " where hash = $1 and expires > $2",
		secret_hash(w->arena, token), w->now);

	return read_one(w, &r, i);
}

enum outcome
invitation_awaits(struct work *w, int64_t org, const char *email, struct invitation *i)
{
	struct rows r = db_query(w->db,
		INVITATION " where org = $1 and email = $2 and expires > $3", org, email,
		w->now);

	return read_one(w, &r, i);
}

void
invitation_renew(struct work *w, const struct invitation *i, const char *token)
{
	db_run(w->db,
		"update invitation set hash = $3, sent = $4, expires = $5"
		" where org = $1 and id = $2",
		i->org, i->id, hash_of(w, token), i->sent, i->expires);
}

bool
invitation_take(struct work *w, const struct invitation *i)
{
	return db_run(w->db, "delete from invitation where org = $1 and id = $2", i->org,
		       i->id) == 1;
}

bool
invitation_use(struct work *w, const struct invitation *i, const char *token)
{
	return db_run(w->db,
		       "delete from invitation where org = $1 and id = $2"
		       " and hash = $3 and expires > $4",
		       i->org, i->id, secret_hash(w->arena, token), w->now) == 1;
}
