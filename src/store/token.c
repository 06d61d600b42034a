/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/token.h"

#include "store/person.h"
#include "store/secret.h"

const char *
token_insert(struct work *w, struct token *t)
{
	const char *secret = arena_printf(w->arena, "prt_%s", secret_token(w->arena));

	t->id = work_id(w);
	t->created = w->now;
	db_run(w->db,
		"insert into api_token (hash, id, org, person, name, role, scopes, rate,"
		" created, expires) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		secret_hash(w->arena, secret), t->id, t->org, t->person, t->name, t->role,
		t->scopes, t->rate, t->created, t->expires);
	return secret;
}

#define COLUMNS                                                           \
	"select t.org, t.id, t.person, t.name, " PERSON_NAME(             \
		"p", "t.person") ", t.role, t.scopes, t.rate, t.created," \
				 " t.expires, t.used, r.label"            \
				 " from api_token t"                      \
				 " left join person p on p.org = t.org"   \
				 " and p.id = t.person"                   \
				 " left join role r on r.org = t.org"     \
				 " and r.name = t.role"                   \
				 " where t.org = $1 and t.expires > $2"

static void
read_token(struct arena *a, const struct rows *r, struct token *t)
{
	const char *person = row_copy(r, 4, a);
	const char *label = row_copy(r, 11, a);

	*t = (struct token){
		.org = row_int(r, 0),
		.id = row_int(r, 1),
		.person = row_int(r, 2),
		.name = row_copy(r, 3, a),
		.person_name = person ? person : "",
		.role = row_copy(r, 5, a),
		.label = label ? label : "",
		.scopes = row_copy(r, 6, a),
		.rate = row_int(r, 7),
		.created = row_int(r, 8),
		.expires = row_int(r, 9),
		.used = row_int(r, 10),
	};
}

void
token_list(struct work *w, int64_t org, struct token_list *list)
{
	struct rows r = db_query(w->db, COLUMNS " order by t.name, t.id limit $3", org,
		w->now, TOKEN_MOST);

	*list = (struct token_list){
		.at = arena_array(w->arena, TOKEN_MOST, sizeof *list->at),
	};
	while (list->count < TOKEN_MOST && rows_next(&r))
		read_token(w->arena, &r, &list->at[list->count++]);
	rows_end(&r);
}

enum outcome
token_get(struct work *w, int64_t org, int64_t id, struct token *t)
{
	struct rows r = db_query(w->db, COLUMNS " and t.id = $3", org, w->now, id);

	if (!rows_next(&r))
		return MISSING;
	read_token(w->arena, &r, t);
	rows_end(&r);
	return DONE;
}

enum outcome
token_end(struct work *w, int64_t org, int64_t id)
{
	if (db_run(w->db,
		    "update api_token set expires = $3"
		    " where org = $1 and id = $2 and expires > $3",
		    org, id, w->now) == 1)
		return DONE;
	return MISSING;
}

void
token_used(struct work *w, int64_t id, int64_t at)
{
	db_run(w->db, "update api_token set used = $2 where id = $1 and used < $2", id,
		at);
}
