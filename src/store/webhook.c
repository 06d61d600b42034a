/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/webhook.h"

#include "base/random.h"
#include "base/times.h"
#include "store/secret.h"
#include "store/vault.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
	SECRET_BYTES = 32,
	PATIENCE = 5 * TIMES_DAY, /* of nothing but failures */
	LOG_DAYS = 30 * TIMES_DAY,
	SECRET_ROOM = 64,
};

static const char *
seal_name(struct work *w, const struct webhook *h)
{
	return arena_printf(w->arena, "webhook %lld", (long long)h->id);
}

/* Standard Webhooks: a prefix, and base64 of random bytes. */
static const char *
new_secret(struct arena *a)
{
	unsigned char bytes[SECRET_BYTES];
	char text[SECRET_ROOM];

	random_bytes(bytes, sizeof bytes);
	sodium_bin2base64(
		text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
	return arena_printf(a, "whsec_%s", text);
}

enum outcome
webhook_insert(struct work *w, struct webhook *h)
{
	if (db_int(w->db, 0, "select count(*) from webhook where org = $1", h->org) >=
		WEBHOOK_MOST)
		return LIMITED;
	h->id = work_id(w);
	h->created = w->now;
	h->secret = new_secret(w->arena);
	db_run(w->db,
		"insert into webhook (org, id, name, url, secret, events, services,"
		" restricted, active, created)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		h->org, h->id, h->name, h->url,
		vault_seal(w, seal_name(w, h), bytes_of(h->secret)), h->events,
		h->services, h->restricted, h->active, h->created);
	return DONE;
}

#define COLUMNS                                                                    \
	"select org, id, name, url, events, services, restricted, active, reason," \
	" failing_since, created, secret from webhook where org = $1"

static void
read_webhook(struct arena *a, const struct rows *r, struct webhook *h)
{
	*h = (struct webhook){
		.org = row_int(r, 0),
		.id = row_int(r, 1),
		.name = row_copy(r, 2, a),
		.url = row_copy(r, 3, a),
		.events = row_copy(r, 4, a),
		.services = row_copy(r, 5, a),
		.restricted = row_int(r, 6),
		.active = row_int(r, 7),
		.reason = row_copy(r, 8, a),
		.failing_since = row_int(r, 9),
		.created = row_int(r, 10),
	};
}

void
webhook_list(struct work *w, int64_t org, struct webhook_list *list)
{
	struct rows r = db_query(
		w->db, COLUMNS " order by name, id limit $2", org, WEBHOOK_MOST);

	*list = (struct webhook_list){
		.at = arena_array(w->arena, WEBHOOK_MOST, sizeof *list->at),
	};
	while (list->count < WEBHOOK_MOST && rows_next(&r))
		read_webhook(w->arena, &r, &list->at[list->count++]);
	rows_end(&r);
}

enum outcome
webhook_get(struct work *w, int64_t org, int64_t id, struct webhook *h)
{
	struct rows r = db_query(w->db, COLUMNS " and id = $2", org, id);
	struct bytes plain;

	if (!rows_next(&r))
		return MISSING;
	read_webhook(w->arena, &r, h);
	h->secret = vault_read(w, seal_name(w, h), row_bytes(&r, 11), &plain)
			    ? arena_text(w->arena, plain.at, plain.len)
			    : NULL;
	rows_end(&r);
	return DONE;
}

void
webhook_save(struct work *w, const struct webhook *h)
{
	db_run(w->db,
		"update webhook set name = $3, url = $4, events = $5, services = $6,"
		" restricted = $7, active = $8,"
		" reason = case when $8 = 1 then '' else reason end,"
		" failing_since = case when $8 = 1 then 0 else failing_since end"
		" where org = $1 and id = $2",
		h->org, h->id, h->name, h->url, h->events, h->services, h->restricted,
		h->active);
}

void
webhook_new_secret(struct work *w, struct webhook *h)
{
	h->secret = new_secret(w->arena);
	db_run(w->db, "update webhook set secret = $3 where org = $1 and id = $2", h->org,
		h->id, vault_seal(w, seal_name(w, h), bytes_of(h->secret)));
}

/* How the outbox names the receiver. */
static const char *
recipient_of(struct work *w, const struct webhook *h)
{
	return arena_printf(w->arena, "%lld", (long long)h->id);
}

void
webhook_delete(struct work *w, const struct webhook *h)
{
	db_run(w->db,
		"delete from outbox where org = $1 and kind = 'webhook' and recipient = "
		"$2"
		" and state = 'waiting'",
		h->org, recipient_of(w, h));
	db_run(w->db, "delete from webhook where org = $1 and id = $2", h->org, h->id);
}

int64_t
webhook_send(struct work *w, const struct webhook *h, int64_t ticket, const char *event,
	const char *body)
{
	struct letter l = {
		.org = h->org,
		.kind = "webhook",
		.ticket = ticket,
		.recipient = recipient_of(w, h),
		.sender = "",
		.subject = event,
		.body = body,
		.message_id = arena_printf(w->arena, "msg_%s", secret_token(w->arena)),
		.automatic = true,
	};

	outbox_insert(w, &l);
	return l.id;
}

void
webhook_note(struct work *w, const struct letter *l, const struct webhook_try *t)
{
	db_run(w->db,
		"insert into webhook_try (org, id, webhook, message, at, status, took, "
		"answer)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8)",
		l->org, work_id(w), strtoll(l->recipient, NULL, 10), l->id, w->now,
		t->status, t->took, t->answer);
}

void
webhook_tries(struct work *w, const struct webhook *h, int64_t before, int limit,
	struct webhook_try_list *list)
{
	struct rows r = db_query(w->db,
		"select t.id, t.message, t.at, t.status, t.took, t.answer, o.subject,"
		" o.message_id, o.state from webhook_try t"
		" left join outbox o on o.org = t.org and o.id = t.message"
		" where t.org = $1 and t.webhook = $2 and ($3 = 0 or t.id < $3)"
		" order by t.id desc limit $4",
		h->org, h->id, before, limit);

	*list = (struct webhook_try_list){
		.at = arena_array(w->arena, (size_t)limit, sizeof *list->at),
	};
	while (list->count < limit && rows_next(&r))
		list->at[list->count++] = (struct webhook_try){
			.id = row_int(&r, 0),
			.message = row_int(&r, 1),
			.at = row_int(&r, 2),
			.status = row_int(&r, 3),
			.took = row_int(&r, 4),
			.answer = row_copy(&r, 5, w->arena),
			.event = row_copy(&r, 6, w->arena),
			.message_id = row_copy(&r, 7, w->arena),
			.state = row_copy(&r, 8, w->arena),
		};
	rows_end(&r);
}

enum outcome
webhook_replay(struct work *w, const struct webhook *h, int64_t message)
{
	if (db_run(w->db,
		    "update outbox set state = 'waiting', attempts = 0, next_at = $4,"
		    " created = $4, error = '' where org = $1 and id = $2"
		    " and kind = 'webhook' and recipient = $3",
		    h->org, message, recipient_of(w, h), w->now) == 1)
		return DONE;
	return MISSING;
}

void
webhook_worked(struct work *w, const struct webhook *h)
{
	if (h->failing_since)
		db_run(w->db,
			"update webhook set failing_since = 0 where org = $1 and id = $2",
			h->org, h->id);
}

bool
webhook_failed(struct work *w, const struct webhook *h, const char *gone)
{
	const char *reason = gone;

	db_run(w->db,
		"update webhook set failing_since = $3 where org = $1 and id = $2"
		" and failing_since = 0",
		h->org, h->id, w->now);
	if (!gone && h->failing_since && w->now - h->failing_since > PATIENCE)
		reason = "nothing was delivered for five days";
	if (!reason)
		return false;
	return db_run(w->db,
		       "update webhook set active = 0, reason = $3"
		       " where org = $1 and id = $2 and active = 1",
		       h->org, h->id, reason) == 1;
}

void
webhook_sweep(struct work *w)
{
	db_run(w->db, "delete from webhook_try where at <= $1", w->now - LOG_DAYS);
	db_run(w->db,
		"delete from outbox where kind in ('webhook', 'open311') and state = "
		"'sent'"
		" and sent <= $1",
		w->now - LOG_DAYS);
}
