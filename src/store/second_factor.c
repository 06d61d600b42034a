/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/second_factor.h"

#include "base/log.h"
#include "store/secret.h"
#include "store/vault.h"
#include "weaken.h"

#include <inttypes.h>

enum { STEP_LIFETIME = 600 };

bool
second_factor_has(struct work *w, int64_t person)
{
	return db_int(w->db, 0,
		       "select (select count(*) from totp where person = $1"
		       " and confirmed = 1)"
		       " + (select count(*) from passkey where person = $1)",
		       person) > 0;
}

static const char *
seal_of(struct work *w, int64_t person)
{
	return arena_printf(w->arena, "totp %" PRId64, person);
}

enum outcome
second_factor_totp(struct work *w, int64_t person, struct totp_row *t)
{
	struct rows r = db_query(w->db,
		"select secret, confirmed, step from totp where person = $1", person);
	bool read;

	if (!rows_next(&r))
		return MISSING;
	*t = (struct totp_row){.confirmed = row_int(&r, 1), .step = row_int(&r, 2)};
	read = vault_read(w, seal_of(w, person), row_bytes(&r, 0), &t->secret);
	rows_end(&r);
	if (!read)
		log_error("the authenticator key of person %" PRId64
			  " was sealed with another key file",
			person);
	return read ? DONE : MISSING;
}

void
second_factor_begin(struct work *w, int64_t person, struct bytes secret)
{
	struct bytes sealed = vault_seal(w, seal_of(w, person), secret);

	db_run(w->db,
		"insert into totp (person, secret, confirmed, step, created)"
		" values ($1, $2, 0, 0, $3) on conflict (person)"
		" do update set secret = $2, confirmed = 0, step = 0, created = $3",
		person, sealed, w->now);
}

void
second_factor_confirm(struct work *w, int64_t person)
{
	db_run(w->db, "update totp set confirmed = 1 where person = $1", person);
	second_factor_enrolled(w, person);
}

void
second_factor_enrolled(struct work *w, int64_t person)
{
	db_run(w->db, "update session set must_enrol = 0 where person = $1", person);
}

void
second_factor_forget(struct work *w, int64_t person)
{
	db_run(w->db, "delete from totp where person = $1", person);
}

bool
second_factor_use_step(struct work *w, int64_t person, int64_t step)
{
#ifdef WEAKEN_TOTP_REPLAY
	return true;
#endif
	return db_run(w->db, "update totp set step = $2 where person = $1 and step < $2",
		       person, step) == 1;
}

void
second_factor_put_codes(
	struct work *w, int64_t person, const char *const *codes, int count)
{
	db_run(w->db, "delete from recovery_code where person = $1", person);
	for (int i = 0; i < count; i++)
		db_run(w->db,
			"insert into recovery_code (person, hash, created)"
			" values ($1, $2, $3)",
			person, secret_hash(w->arena, codes[i]), w->now);
}

bool
second_factor_use_code(struct work *w, int64_t person, const char *code)
{
	return db_run(w->db,
		       "update recovery_code set used = $3 where person = $1"
		       " and hash = $2 and used = 0",
		       person, secret_hash(w->arena, code), w->now) == 1;
}

int64_t
second_factor_codes_left(struct work *w, int64_t person)
{
	return db_int(w->db, 0,
		"select count(*) from recovery_code where person = $1 and used = 0",
		person);
}

void
second_factor_reset(struct work *w, int64_t person)
{
	second_factor_forget(w, person);
	db_run(w->db, "delete from recovery_code where person = $1", person);
	db_run(w->db, "delete from passkey where person = $1", person);
}

void
second_factor_ask(struct work *w, const struct sign_in_step *s)
{
	db_run(w->db,
		"insert into sign_in_step (session, email, way, door, next, expires)"
		" values ($1, $2, $3, $4, $5, $6) on conflict (session) do update"
		" set email = $2, way = $3, door = $4, next = $5, expires = $6",
		w->session->hash, s->email, s->way, s->door, s->next,
		w->now + STEP_LIFETIME);
}

enum outcome
second_factor_asked(struct work *w, struct sign_in_step *s)
{
	struct rows r;

	if (!w->session)
		return MISSING;
	r = db_query(w->db,
		"select email, way, door, next from sign_in_step"
		" where session = $1 and expires > $2",
		w->session->hash, w->now);
	if (!rows_next(&r))
		return MISSING;
	*s = (struct sign_in_step){
		.email = row_copy(&r, 0, w->arena),
		.way = row_copy(&r, 1, w->arena),
		.door = row_copy(&r, 2, w->arena),
		.next = row_copy(&r, 3, w->arena),
	};
	rows_end(&r);
	return DONE;
}

void
second_factor_asked_no_more(struct work *w)
{
	db_run(w->db, "delete from sign_in_step where session = $1", w->session->hash);
}
