/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/kept_answer.h"

#include <sodium.h>
#include <string.h>

/* 63 bits of the caller and the key: two that meet by chance only wait for each other. */
static int64_t
lock_of(const struct work *w, const char *key)
{
	crypto_generichash_state h;
	unsigned char hash[16];
	int64_t n;

	crypto_generichash_init(&h, NULL, 0, sizeof hash);
	crypto_generichash_update(
		&h, (const unsigned char *)w->caller->hash, strlen(w->caller->hash) + 1);
	crypto_generichash_update(&h, (const unsigned char *)key, strlen(key));
	crypto_generichash_final(&h, hash, sizeof hash);
	memcpy(&n, hash, sizeof n);
	return n & INT64_MAX;
}

bool
kept_answer_claim(struct work *w, const char *key)
{
	if (db_engine(w->db) != DB_POSTGRES)
		return true;
	return db_int(w->db, 0, "select cast(pg_try_advisory_xact_lock($1) as integer)",
		       lock_of(w, key)) == 1;
}

enum outcome
kept_answer_find(struct work *w, const char *key, struct kept_answer *k)
{
	struct rows r = db_query(w->db,
		"select digest, status, type, tag, location, body from kept_answer"
		" where caller = $1 and key = $2",
		w->caller->hash, key);
	struct bytes body;

	if (!rows_next(&r))
		return MISSING;
	body = row_bytes(&r, 5);
	*k = (struct kept_answer){
		.digest = row_copy(&r, 0, w->arena),
		.status = row_int(&r, 1),
		.type = row_copy(&r, 2, w->arena),
		.tag = row_copy(&r, 3, w->arena),
		.location = row_copy(&r, 4, w->arena),
		.body = {(unsigned char *)arena_text(w->arena, body.at, body.len),
			body.len},
	};
	rows_end(&r);
	return DONE;
}

enum outcome
kept_answer_insert(struct work *w, const char *key, const struct kept_answer *k)
{
	if (db_run(w->db,
		    "insert into kept_answer (caller, key, digest, org, status, type, "
		    "tag,"
		    " location, body, created)"
		    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
		    " on conflict do nothing",
		    w->caller->hash, key, k->digest, w->actor->org, k->status, k->type,
		    k->tag, k->location, k->body, w->now) == 1)
		return DONE;
	return CONFLICT;
}

void
kept_answer_sweep(struct work *w)
{
	db_run(w->db, "delete from kept_answer where created <= $1",
		w->now - KEPT_ANSWER_LIFETIME);
}
