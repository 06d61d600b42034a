/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/score.h"

#include "store/secret.h"

#define COLUMNS "select org, ticket, cycle, score, comment, sent, answered from survey"

static enum outcome
read_one(struct work *w, struct rows *r, struct score *s)
{
	if (!rows_next(r))
		return MISSING;
	*s = (struct score){
		.org = row_int(r, 0),
		.ticket = row_int(r, 1),
		.cycle = row_int(r, 2),
		.score = row_int(r, 3),
		.comment = row_copy(r, 4, w->arena),
		.sent = row_int(r, 5),
		.answered = row_int(r, 6),
	};
	rows_end(r);
	return DONE;
}

const char *
score_ask(struct work *w, const struct ticket *t)
{
	const char *token = secret_token(w->arena);

	db_run(w->db,
		"insert into survey (org, ticket, cycle, hash, team, service, sent)"
		" values ($1, $2, $3, $4, $5, $6, $7)"
		" on conflict (org, ticket, cycle) do update set hash = $4, sent = $7",
		t->org, t->id, t->reopened, secret_hash(w->arena, token), t->team,
		t->service, w->now);
	return token;
}

enum outcome
score_find(struct work *w, const char *token, struct score *s)
{
	struct rows r = db_query(
		w->db, COLUMNS " where hash = $1", secret_hash(w->arena, token));

	return read_one(w, &r, s);
}

enum outcome
score_of(struct work *w, const struct ticket *t, struct score *s)
{
	struct rows r = db_query(w->db,
		COLUMNS " where org = $1 and ticket = $2 order by cycle desc limit 1",
		t->org, t->id);

	return read_one(w, &r, s);
}

void
score_give(struct work *w, const struct score *s)
{
	db_run(w->db,
		"update survey set score = $4, comment = $5, answered = $6"
		" where org = $1 and ticket = $2 and cycle = $3",
		s->org, s->ticket, s->cycle, s->score, s->comment, w->now);
}
