/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/passkey_row.h"

#include "base/random.h"
#include "format/base64url.h"
#include "store/secret.h"

#include <string.h>

enum { CHALLENGE = 32 };

static void
read_row(struct work *w, const struct rows *r, struct passkey *p)
{
	struct bytes key = row_bytes(r, 3);

	*p = (struct passkey){
		.id = row_copy(r, 0, w->arena),
		.person = row_int(r, 1),
		.name = row_copy(r, 2, w->arena),
		.key = {(unsigned char *)arena_text(w->arena, key.at, key.len), key.len},
		.count = row_int(r, 4),
		.created = row_int(r, 5),
		.used = row_int(r, 6),
	};
}

#define PASSKEY "select id, person, name, key, count, created, used from passkey"

enum outcome
passkey_row_find(struct work *w, const char *id, struct passkey *p)
{
	struct rows r = db_query(w->db, PASSKEY " where id = $1", id);

	if (!rows_next(&r))
		return MISSING;
	read_row(w, &r, p);
	rows_end(&r);
	return DONE;
}

void
passkey_row_list(struct work *w, int64_t person, struct passkey_list *list)
{
	struct rows r = db_query(w->db,
		PASSKEY " where person = $1 order by created, id limit $2", person,
		PASSKEY_MOST);

	*list = (struct passkey_list){
		.at = arena_array(w->arena, PASSKEY_MOST, sizeof *list->at),
	};
	while (rows_next(&r))
		read_row(w, &r, &list->at[list->count++]);
}

bool
passkey_row_add(struct work *w, const struct passkey *p)
{
	return db_run(w->db,
		       "insert into passkey (id, person, name, key, count, created)"
		       " values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
		       p->id, p->person, p->name, p->key, p->count, w->now) == 1;
}

bool
passkey_row_use(struct work *w, const char *id, int64_t count)
{
	return db_run(w->db,
		       "update passkey set count = $2, used = $3 where id = $1"
		       " and (count < $2 or (count = 0 and $2 = 0))",
		       id, count, w->now) == 1;
}

bool
passkey_row_remove(struct work *w, int64_t person, const char *id)
{
	return db_run(w->db, "delete from passkey where person = $1 and id = $2", person,
		       id) == 1;
}

const char *
passkey_row_challenge(struct work *w, const char *purpose)
{
	unsigned char bits[CHALLENGE];
	const char *text;

	random_bytes(bits, sizeof bits);
	text = base64url_write(w->arena, (struct bytes){bits, sizeof bits});
	db_run(w->db,
		"insert into challenge (hash, session, purpose, expires)"
		" values ($1, $2, $3, $4)",
		secret_hash(w->arena, text), w->session->hash, purpose,
		w->now + CHALLENGE_LIFETIME);
	return text;
}

bool
passkey_row_challenge_take(struct work *w, const char *purpose, const char *challenge)
{
	return w->session &&
	       db_run(w->db,
		       "delete from challenge where hash = $1 and session = $2"
		       " and purpose = $3 and expires > $4",
		       secret_hash(w->arena, challenge), w->session->hash, purpose,
		       w->now) == 1;
}
