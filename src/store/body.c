/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/body.h"

#include "format/urlencoded.h"
#include "store/vault.h"

#include <string.h>

static const char *
seal_name(struct work *w, const struct body *b)
{
	return arena_printf(w->arena, "open311 %lld", (long long)b->id);
}

void
body_insert(struct work *w, struct body *b)
{
	b->id = work_id(w);
	db_run(w->db,
		"insert into open311_body (org, id, name, url, key, jurisdiction, team,"
		" services, pulled) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		b->org, b->id, b->name, b->url,
		vault_seal(w, seal_name(w, b), bytes_of(b->key)), b->jurisdiction,
		b->team, urlencoded_write(w->arena, &b->services), w->now);
}

void
body_delete(struct work *w, const struct body *b)
{
	db_run(w->db,
		"delete from outbox where org = $1 and kind = 'open311' and recipient = "
		"$2"
		" and state = 'waiting'",
		b->org, arena_printf(w->arena, "%lld", (long long)b->id));
	db_run(w->db, "delete from open311_body where org = $1 and id = $2", b->org,
		b->id);
}

#define COLUMNS                                                                    \
	"select org, id, name, url, jurisdiction, team, services, active, pulled," \
	" next_pull, listed, alarm, key from open311_body"

static void
read_body(struct arena *a, const struct rows *r, struct body *b)
{
	*b = (struct body){
		.org = row_int(r, 0),
		.id = row_int(r, 1),
		.name = row_copy(r, 2, a),
		.url = row_copy(r, 3, a),
		.jurisdiction = row_copy(r, 4, a),
		.team = row_int(r, 5),
		.services = urlencoded_read(a, row_copy(r, 6, a)),
		.active = row_int(r, 7),
		.pulled = row_int(r, 8),
		.next_pull = row_int(r, 9),
		.listed = row_int(r, 10),
		.alarm = row_copy(r, 11, a),
	};
}

void
body_list(struct work *w, int64_t org, struct body_list *list)
{
	struct rows r = db_query(w->db,
		COLUMNS " where $1 = 0 or org = $1 order by org, name, id limit $2", org,
		BODY_MOST);

	*list = (struct body_list){
		.at = arena_array(w->arena, BODY_MOST, sizeof *list->at),
	};
	while (list->count < BODY_MOST && rows_next(&r))
		read_body(w->arena, &r, &list->at[list->count++]);
	rows_end(&r);
}

enum outcome
body_get(struct work *w, int64_t org, int64_t id, struct body *b)
{
	struct rows r = db_query(w->db, COLUMNS " where org = $1 and id = $2", org, id);
	struct bytes plain;

	if (!rows_next(&r))
		return MISSING;
	read_body(w->arena, &r, b);
	if (vault_read(w, seal_name(w, b), row_bytes(&r, 12), &plain))
		b->key = arena_text(w->arena, plain.at, plain.len);
	rows_end(&r);
	return b->key ? DONE : MISSING;
}

enum outcome
body_of_team(struct work *w, const struct ticket *t, struct body *b)
{
	struct rows r = db_query(w->db,
		COLUMNS
		" where org = $1 and team = $2 and active = 1 order by id limit 1",
		t->org, t->team);

	if (!rows_next(&r))
		return MISSING;
	read_body(w->arena, &r, b);
	rows_end(&r);
	return pairs_get(&b->services, t->service) ? DONE : MISSING;
}

void
body_send(struct work *w, const struct body *b, const struct ticket *t)
{
	struct letter l = {
		.org = b->org,
		.kind = "open311",
		.ticket = t->id,
		.recipient = arena_printf(w->arena, "%lld", (long long)b->id),
		.sender = "",
		.subject = t->reference,
		.body = "",
		.message_id = arena_printf(w->arena, "open311.%lld.%lld",
			(long long)b->id, (long long)t->id),
		.automatic = true,
	};

	outbox_insert(w, &l);
}

void
body_sent(struct work *w, const struct body *b, int64_t ticket, const char *theirs,
	const char *token)
{
	db_run(w->db,
		"insert into open311_sent (org, body, ticket, theirs, token, sent)"
		" values ($1, $2, $3, $4, $5, $6)"
		" on conflict (org, body, ticket) do update set theirs = $4",
		b->org, b->id, ticket, theirs, token, w->now);
}

void
body_waiting(struct work *w, const struct body *b, struct body_waiting_list *list)
{
	struct rows r = db_query(w->db,
		"select ticket, token from open311_sent where org = $1 and body = $2"
		" and theirs = '' and token <> '' order by ticket limit $3",
		b->org, b->id, BODY_MOST);

	*list = (struct body_waiting_list){
		.at = arena_array(w->arena, BODY_MOST, sizeof *list->at),
	};
	while (list->count < BODY_MOST && rows_next(&r))
		list->at[list->count++] = (struct body_waiting){
			row_int(&r, 0), row_copy(&r, 1, w->arena)};
	rows_end(&r);
}

int64_t
body_ticket(struct work *w, const struct body *b, const char *theirs)
{
	return db_int(w->db, 0,
		"select ticket from open311_sent where org = $1 and body = $2"
		" and theirs = $3",
		b->org, b->id, theirs);
}

bool
body_note(
	struct work *w, const struct body *b, const struct body_update *u, int64_t ticket)
{
	return db_run(w->db,
		       "insert into open311_pulled (org, body, update_id, theirs, ticket,"
		       " status, words, at) values ($1, $2, $3, $4, $5, $6, $7, $8)"
		       " on conflict do nothing",
		       b->org, b->id, u->id, u->theirs, ticket, u->status, u->words,
		       u->at) == 1;
}

void
body_pulled(struct work *w, const struct body *b)
{
	db_run(w->db,
		"update open311_body set pulled = $3, next_pull = $4, alarm = $5,"
		" listed = case when $6 > 0 then $6 else listed end"
		" where org = $1 and id = $2",
		b->org, b->id, b->pulled, b->next_pull, b->alarm, b->listed);
}
