/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/body.h"

#include "format/urlencoded.h"
#include "store/hearer.h"
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
		" services, pulled) values ($1, $2, $3, $4, $5, $6, $7, '', $8)",
		b->org, b->id, b->name, b->url,
		vault_seal(w, seal_name(w, b), bytes_of(b->key)), b->jurisdiction,
		b->team, w->now);
	b->key = NULL;
	body_save(w, b);
}

static void
save_key(struct work *w, const struct body *b)
{
	db_run(w->db, "update open311_body set key = $3 where org = $1 and id = $2",
		b->org, b->id, vault_seal(w, seal_name(w, b), bytes_of(b->key)));
}

void
body_save(struct work *w, const struct body *b)
{
	if (b->key)
		save_key(w, b);
	db_run(w->db,
		"update open311_body set name = $3, jurisdiction = $4, team = $5,"
		" services = $6, statuses = $7, requests = $8, area = $9, active = $10,"
		" updates = $11, next_pull = 0, failures = 0, alarm = '', alarm_since = 0"
		" where org = $1 and id = $2",
		b->org, b->id, b->name, b->jurisdiction, b->team,
		urlencoded_write(w->arena, &b->services),
		urlencoded_write(w->arena, &b->statuses), b->requests, b->area, b->active,
		b->updates);
	db_run(w->db,
		"update open311_body set url = $3, format = '', skew = 0, looked = 0,"
		" listed = 0 where org = $1 and id = $2 and url <> $3",
		b->org, b->id, b->url);
	db_run(w->db, "delete from open311_definition where org = $1 and body = $2",
		b->org, b->id);
}

void
body_delete(struct work *w, const struct body *b)
{
	db_run(w->db,
		"delete from outbox where org = $1 and recipient = $2"
		" and kind in ('open311', 'open311-update') and state = 'waiting'",
		b->org, arena_printf(w->arena, "%lld", (long long)b->id));
	db_run(w->db, "delete from open311_definition where org = $1 and body = $2",
		b->org, b->id);
	db_run(w->db, "delete from open311_exchange where org = $1 and body = $2", b->org,
		b->id);
	db_run(w->db, "delete from open311_body where org = $1 and id = $2", b->org,
		b->id);
}

#define FIELDS                                                                    \
	"org, id, name, url, jurisdiction, team, services, active, pulled,"       \
	" next_pull, listed, alarm, key, statuses, requests, area, format, skew," \
	" looked, failures, alarm_since, updates"

#define COLUMNS "select " FIELDS " from open311_body"

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
		.statuses = urlencoded_read(a, row_copy(r, 13, a)),
		.requests = row_int(r, 14),
		.area = row_copy(r, 15, a),
		.format = row_copy(r, 16, a),
		.skew = row_int(r, 17),
		.looked = row_int(r, 18),
		.failures = row_int(r, 19),
		.alarm_since = row_int(r, 20),
		.updates = row_int(r, 21),
	};
}

static void
read_key(struct work *w, const struct rows *r, struct body *b)
{
	struct bytes plain;

	if (vault_read(w, seal_name(w, b), row_bytes(r, 12), &plain))
		b->key = arena_text(w->arena, plain.at, plain.len);
}

void
body_list(struct work *w, int64_t org, struct body_list *list)
{
	struct rows r = db_query(w->db,
		COLUMNS " where org = $1 order by name, id limit $2", org, BODY_MOST);

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

	if (!rows_next(&r))
		return MISSING;
	read_body(w->arena, &r, b);
	read_key(w, &r, b);
	rows_end(&r);
	return b->key ? DONE : MISSING;
}

int64_t
body_alarms(struct work *w, int64_t org)
{
	return db_int(w->db, 0,
		"select count(*) from open311_body where org = $1 and alarm <> ''", org);
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

/* --- tickets of ours ---------------------------------------------------------------- */

static const char *
recipient_of(struct work *w, const struct body *b)
{
	return arena_printf(w->arena, "%lld", (long long)b->id);
}

void
body_send(struct work *w, const struct body *b, const struct ticket *t)
{
	struct letter l = {
		.org = b->org,
		.kind = "open311",
		.ticket = t->id,
		.recipient = recipient_of(w, b),
		.sender = "",
		.subject = t->reference,
		.body = "",
		.message_id = arena_printf(w->arena, "open311.%lld.%lld",
			(long long)b->id, (long long)t->id),
		.automatic = true,
	};

	outbox_insert(w, &l);
}

bool
body_sent(struct work *w, const struct body *b, int64_t ticket, const char *theirs,
	const char *token)
{
	return db_run(w->db,
		       "insert into open311_sent (org, body, ticket, theirs, token, sent)"
		       " values ($1, $2, $3, $4, $5, $6)"
		       " on conflict (org, body, ticket) do update set theirs = $4"
		       " where open311_sent.theirs = ''",
		       b->org, b->id, ticket, theirs, token, w->now) == 1;
}

void
body_parcels(struct work *w, const struct body *b, struct body_parcel_list *list)
{
	struct rows r = db_query(w->db,
		"select o.id, o.subject, o.state, o.error, s.theirs, o.created,"
		" o.attempts, o.kind, o.body, o.ticket from outbox o"
		" left join open311_sent s on s.org = o.org"
		" and s.body = $3 and s.ticket = o.ticket"
		" where o.org = $1 and o.recipient = $2"
		" and o.kind in ('open311', 'open311-update')"
		" order by o.id desc limit $4",
		b->org, recipient_of(w, b), b->id, BODY_MOST);

	*list = (struct body_parcel_list){
		.at = arena_array(w->arena, BODY_MOST, sizeof *list->at),
	};
	while (list->count < BODY_MOST && rows_next(&r)) {
		const char *theirs = row_copy(&r, 4, w->arena);
		struct letter l = {.body = row_copy(&r, 8, w->arena)};
		bool update = strcmp(row_text(&r, 7), HEARER_KIND) == 0;

		list->at[list->count++] = (struct body_parcel){
			.id = row_int(&r, 0),
			.ticket = row_int(&r, 9),
			.update = update,
			.status = update ? hearer_telling_of(w, &l).status : "",
			.reference = row_copy(&r, 1, w->arena),
			.state = row_copy(&r, 2, w->arena),
			.error = row_copy(&r, 3, w->arena),
			.theirs = theirs ? theirs : "",
			.created = row_int(&r, 5),
			.attempts = row_int(&r, 6),
		};
	}
	rows_end(&r);
}

void
body_again(struct work *w, const struct body *b)
{
	db_run(w->db,
		"update outbox set state = 'waiting', attempts = 0, next_at = $3,"
		" created = $3, error = '' where org = $1 and recipient = $2"
		" and kind in ('open311', 'open311-update') and state = 'failed'",
		b->org, recipient_of(w, b), w->now);
	db_run(w->db,
		"update outbox set next_at = $3 where org = $1 and recipient = $2"
		" and kind in ('open311', 'open311-update') and state = 'waiting'",
		b->org, recipient_of(w, b), w->now);
	db_run(w->db,
		"update open311_body set next_pull = 0, failures = 0, looked = 0"
		" where org = $1 and id = $2",
		b->org, b->id);
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

int64_t
body_latest(struct work *w, const struct body *b, const char *theirs)
{
	return db_int(w->db, 0,
		"select max(at) from open311_pulled where org = $1 and body = $2"
		" and theirs = $3",
		b->org, b->id, theirs);
}

static void
read_updates(struct work *w, struct rows *r, struct body_update_list *list)
{
	*list = (struct body_update_list){
		.at = arena_array(w->arena, BODY_MOST, sizeof *list->at),
	};
	while (list->count < BODY_MOST && rows_next(r))
		list->at[list->count++] = (struct body_update){
			.id = row_copy(r, 0, w->arena),
			.theirs = row_copy(r, 1, w->arena),
			.status = row_copy(r, 2, w->arena),
			.words = row_copy(r, 3, w->arena),
			.at = row_int(r, 4),
			.ticket = row_int(r, 5),
		};
	rows_end(r);
}

void
body_claim(struct work *w, const struct body *b, const char *theirs, int64_t ticket,
	struct body_update_list *list)
{
	struct rows r = db_query(w->db,
		"select update_id, theirs, status, words, at, ticket from open311_pulled"
		" where org = $1 and body = $2 and theirs = $3 and ticket = 0"
		" order by at, update_id limit $4",
		b->org, b->id, theirs, BODY_MOST);

	read_updates(w, &r, list);
	if (list->count > 0)
		db_run(w->db,
			"update open311_pulled set ticket = $4 where org = $1"
			" and body = $2 and theirs = $3 and ticket = 0",
			b->org, b->id, theirs, ticket);
}

void
body_strays(struct work *w, const struct body *b, struct body_update_list *list)
{
	struct rows r = db_query(w->db,
		"select update_id, theirs, status, words, at, ticket from open311_pulled"
		" where org = $1 and body = $2 and ticket = 0"
		" order by at desc, update_id limit $3",
		b->org, b->id, BODY_MOST);

	read_updates(w, &r, list);
}

/* --- their requests ----------------------------------------------------------------- */

bool
body_bring(struct work *w, const struct body *b, const char *theirs)
{
	return db_run(w->db,
		       "insert into open311_brought (org, body, theirs, ticket, at)"
		       " values ($1, $2, $3, 0, $4) on conflict do nothing",
		       b->org, b->id, theirs, w->now) == 1;
}

void
body_brought(struct work *w, const struct body *b, const char *theirs, int64_t ticket,
	const char *ignored)
{
	db_run(w->db,
		"update open311_brought set ticket = $4, ignored = $5"
		" where org = $1 and body = $2 and theirs = $3",
		b->org, b->id, theirs, ticket, ignored);
}

/* The key of its contact says so (desk/neighbour); it stands there before the first
 * event. */
bool
body_is_theirs(struct work *w, const struct body *b, const struct ticket *t)
{
	return db_int(w->db, 0,
		       "select 1 from contact where org = $1 and ticket = $2"
		       " and channel = 'open311' and key like $3 limit 1",
		       t->org, t->id,
		       arena_printf(w->arena, "body:%lld:%%", (long long)b->id)) == 1;
}

void
body_requests(struct work *w, const struct body *b, struct body_request_list *list)
{
	struct rows r = db_query(w->db,
		"select b.theirs, t.reference, b.ignored, b.at from open311_brought b"
		" left join ticket t on t.org = b.org and t.id = b.ticket"
		" where b.org = $1 and b.body = $2 order by b.at desc, b.theirs limit $3",
		b->org, b->id, BODY_MOST);

	*list = (struct body_request_list){
		.at = arena_array(w->arena, BODY_MOST, sizeof *list->at),
	};
	while (list->count < BODY_MOST && rows_next(&r)) {
		const char *reference = row_copy(&r, 1, w->arena);

		list->at[list->count++] = (struct body_request){
			.theirs = row_copy(&r, 0, w->arena),
			.reference = reference ? reference : "",
			.ignored = row_copy(&r, 2, w->arena),
			.at = row_int(&r, 3),
		};
	}
	rows_end(&r);
}

/* --- rounds ------------------------------------------------------------------------- */

bool
body_due(struct work *w)
{
	return db_int(w->db, 0,
		       "select 1 from open311_body where active = 1 and next_pull <= $1"
		       " limit 1",
		       w->now) == 1;
}

void
body_take(struct work *w, int limit, int64_t lease, struct body_list *list)
{
	struct rows r = db_query(w->db,
		"update open311_body set next_pull = $2 where (org, id) in"
		" (select org, id from open311_body where active = 1 and next_pull <= $1"
		" order by next_pull, org, id limit $3)"
		" and active = 1 and next_pull <= $1 returning " FIELDS,
		w->now, w->now + lease, limit);

	*list = (struct body_list){
		.at = arena_array(w->arena, (size_t)limit, sizeof *list->at),
	};
	while (list->count < limit && rows_next(&r)) {
		struct body *b = &list->at[list->count];

		read_body(w->arena, &r, b);
		read_key(w, &r, b);
		if (b->key)
			list->count++;
	}
	rows_end(&r);
}

void
body_pulled(struct work *w, const struct body *b)
{
	db_run(w->db,
		"update open311_body set pulled = $3, next_pull = $4, alarm = $5,"
		" listed = $6, format = $7, skew = $8, looked = $9, failures = $10,"
		" alarm_since = case when $5 = '' then 0 when alarm_since > 0"
		" then alarm_since else $11 end"
		" where org = $1 and id = $2",
		b->org, b->id, b->pulled, b->next_pull, b->alarm, b->listed, b->format,
		b->skew, b->looked, b->failures, w->now);
}

void
body_exchanged(
	struct work *w, const struct body *b, const char *what, const char *problem)
{
	db_run(w->db,
		"insert into open311_exchange (org, body, what, at, good, failures,"
		" problem) values ($1, $2, $3, $4, $5, $6, $7)"
		" on conflict (org, body, what) do update set at = $4, problem = $7,"
		" good = case when $6 = 0 then $4 else open311_exchange.good end,"
		" failures = case when $6 = 0 then 0"
		" else open311_exchange.failures + 1 end",
		b->org, b->id, what, w->now, problem ? 0 : w->now, problem != NULL,
		problem ? problem : "");
}

void
body_exchanges(struct work *w, const struct body *b, struct body_exchange_list *list)
{
	struct rows r = db_query(w->db,
		"select what, problem, at, good, failures from open311_exchange"
		" where org = $1 and body = $2 order by at desc, what limit $3",
		b->org, b->id, BODY_MOST);

	*list = (struct body_exchange_list){
		.at = arena_array(w->arena, BODY_MOST, sizeof *list->at),
	};
	while (list->count < BODY_MOST && rows_next(&r))
		list->at[list->count++] = (struct body_exchange){
			.what = row_copy(&r, 0, w->arena),
			.problem = row_copy(&r, 1, w->arena),
			.at = row_int(&r, 2),
			.good = row_int(&r, 3),
			.failures = row_int(&r, 4),
		};
	rows_end(&r);
}

void
body_define(
	struct work *w, const struct body *b, const char *code, const char *attributes)
{
	db_run(w->db,
		"insert into open311_definition (org, body, code, attributes, at)"
		" values ($1, $2, $3, $4, $5) on conflict (org, body, code)"
		" do update set attributes = $4, at = $5",
		b->org, b->id, code, attributes, w->now);
}

const char *
body_definition(struct work *w, const struct body *b, const char *code)
{
	return db_text(w->db, w->arena,
		"select attributes from open311_definition where org = $1 and body = $2"
		" and code = $3",
		b->org, b->id, code);
}
