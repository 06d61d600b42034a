/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/audit.h"

#include "base/buffer.h"
#include "store/person.h"
#include "weaken.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { HASH = 32, HEX = HASH * 2 + 1, BATCH = 500, SLACK_MS = 2000 };

struct audit_row {
	int64_t org, id, at, actor;
	const char *actor_kind, *action, *subject, *detail;
};

void
audit_add(struct work *w, const char *action, const char *subject, const char *detail)
{
	db_run(w->db,
		"insert into audit (org, id, at, actor, actor_kind, action, subject, "
		"detail)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8)",
		w->actor->org, work_id(w), w->now, w->actor->person,
		actor_kind_name(w->actor->kind), action, subject, detail ? detail : "");
}

void
audit_glance(struct work *w, const struct glance *what)
{
	struct glance *s = arena_alloc(w->arena, sizeof *s);

	*s = *what;
	s->next = w->glances;
	w->glances = s;
}

void
audit_saw_ticket(struct work *w, const struct ticket *t, const char *detail)
{
	struct glance s = {
		.org = t->org,
		.first = t->restricted,
		.action = "view",
		.subject = arena_printf(w->arena, "ticket %s", t->reference),
		.detail = detail,
	};

	if (t->agreement)
		s.detail = arena_printf(
			w->arena, "%s&agreement=%" PRId64, detail, t->agreement);
	audit_glance(w, &s);
}

void
audit_saw_people(struct work *w, const int64_t *ids, int count)
{
	struct buffer b = buffer_in(w->arena, 64);

	for (int i = 0; i < count; i++)
		buffer_printf(&b, "%sperson=%" PRId64, i ? "&" : "", ids[i]);
	if (count > 0)
		audit_glance(w, &(struct glance){.org = w->actor->org,
					.action = "search",
					.subject = "people",
					.detail = buffer_text(&b)});
}

void
audit_exported(struct work *w, const char *subject, const char *detail)
{
	audit_glance(w, &(struct glance){.org = w->actor->org,
				.action = "export",
				.subject = subject,
				.detail = detail});
}

void
audit_write_glances(struct work *w, const struct glance *what)
{
	for (; what; what = what->next)
		db_run(w->db,
			"insert into audit (org, id, at, actor, actor_kind, action,"
			" subject, detail) values ($1, $2, $3, $4, $5, $6, $7, $8)",
			what->org, work_id(w), w->now, w->actor->person,
			actor_kind_name(w->actor->kind), what->action, what->subject,
			what->detail ? what->detail : "");
}

static void
hash_bytes(crypto_generichash_state *h, const void *at, size_t n)
{
	uint64_t length = n;

	crypto_generichash_update(h, (const unsigned char *)&length, sizeof length);
	crypto_generichash_update(h, at, n);
}

/* Numbers as text: the same on every machine. */
static void
hash_number(crypto_generichash_state *h, int64_t n)
{
	char text[24];
	char *at = text + sizeof text;
	uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;

	do
		*--at = (char)('0' + left % 10);
	while (left /= 10);
	if (n < 0)
		*--at = '-';
	hash_bytes(h, at, (size_t)(text + sizeof text - at));
}

static void
hash_after(const char *before, const struct audit_row *r, char after[HEX])
{
	const char *const texts[] = {r->actor_kind, r->action, r->subject, r->detail};
	crypto_generichash_state h;
	unsigned char hash[HASH];

	crypto_generichash_init(&h, NULL, 0, sizeof hash);
	hash_bytes(&h, before, strlen(before));
	hash_number(&h, r->org);
	hash_number(&h, r->id);
	hash_number(&h, r->at);
	hash_number(&h, r->actor);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		hash_bytes(&h, texts[i], strlen(texts[i]));
	crypto_generichash_final(&h, hash, sizeof hash);
	sodium_bin2hex(after, HEX, hash, sizeof hash);
}

/* The columns org, id, at, actor, actor_kind, action, subject, detail. */
static struct audit_row
read_row(const struct rows *r, struct arena *a)
{
	return (struct audit_row){
		.org = row_int(r, 0),
		.id = row_int(r, 1),
		.at = row_int(r, 2),
		.actor = row_int(r, 3),
		.actor_kind = row_copy(r, 4, a),
		.action = row_copy(r, 5, a),
		.subject = row_copy(r, 6, a),
		.detail = row_copy(r, 7, a),
	};
}

struct link {
	int64_t seq;
	char hash[HEX];
};

static struct link
last_link(struct work *w, int64_t org)
{
	struct rows r = db_query(w->db,
		"select seq, hash from audit_seal where org = $1"
		" order by seq desc limit 1",
		org);
	struct link last = {0, ""};

	if (rows_next(&r)) {
		last.seq = row_int(&r, 0);
		snprintf(last.hash, sizeof last.hash, "%s", row_text(&r, 1));
	}
	rows_end(&r);
	return last;
}

/* False when another process has sealed in the meantime: then nothing was written, for
 * whoever has the first number keeps the others out until they commit. */
static bool
seal_row(struct work *w, const struct audit_row *row, struct link *last)
{
	struct link next = {.seq = last->seq + 1};

	hash_after(last->hash, row, next.hash);
	if (db_run(w->db,
		    "insert into audit_seal (org, seq, audit, hash)"
		    " values ($1, $2, $3, $4) on conflict do nothing",
		    row->org, next.seq, row->id, next.hash) != 1)
		return false;
	db_run(w->db, "update audit set sealed = 1 where org = $1 and id = $2", row->org,
		row->id);
	*last = next;
	return true;
}

static int64_t
seal_organisation(struct work *w, int64_t org, int most)
{
	struct audit_row *rows = arena_array(w->arena, (size_t)most, sizeof *rows);
	struct link last = last_link(w, org);
	struct rows r = db_query(w->db,
		"select org, id, at, actor, actor_kind, action, subject, detail"
		" from audit where sealed = 0 and org = $1 order by id limit $2",
		org, most);
	int count = 0;
	int sealed = 0;

	while (rows_next(&r))
		rows[count++] = read_row(&r, w->arena);
	while (sealed < count && seal_row(w, &rows[sealed], &last))
		sealed++;
	return sealed;
}

bool
audit_waits(struct work *w)
{
	return db_int(w->db, 0, "select 1 from audit where sealed = 0 limit 1") == 1;
}

int64_t
audit_seal(struct work *w, int most)
{
	int64_t orgs[BATCH];
	int count = 0;
	int64_t sealed = 0;
	struct rows r = db_query(
		w->db, "select distinct org from audit where sealed = 0 limit $1", BATCH);

	while (rows_next(&r))
		orgs[count++] = row_int(&r, 0);
	for (int i = 0; i < count && sealed < most; i++)
		sealed += seal_organisation(w, orgs[i], most - (int)sealed);
	return sealed;
}

/* One seal with the row that belongs to it; NULL when all is right. */
static const char *
check_link(struct arena *a, const struct rows *r, struct link *last)
{
	struct link next = {.seq = row_int(r, 8)};
	int64_t id = row_int(r, 9);
	struct audit_row row;

	if (next.seq != last->seq + 1)
		return arena_printf(a, "seal %" PRId64 " is missing", last->seq + 1);
	if (row_null(r, 1))
		return arena_printf(a, "row %" PRId64 " was taken out", id);
	row = read_row(r, a);
	hash_after(last->hash, &row, next.hash);
#ifdef WEAKEN_AUDIT_CHAIN
	snprintf(next.hash, sizeof next.hash, "%s", row_text(r, 10));
#endif
	if (strcmp(next.hash, row_text(r, 10)) != 0)
		return arena_printf(a, "row %" PRId64 " or its place was changed", id);
	*last = next;
	return NULL;
}

/* Rows up to here have been sealed: the sealer takes rows in the order of their ids
 * within seconds of their commit. */
static int64_t
sealed_until(struct work *w, int64_t org)
{
	int64_t newest = db_int(
		w->db, 0, "select max(audit) from audit_seal where org = $1", org);

	return id_of(id_instant(newest) - SLACK_MS, 0, 0);
}

/* Rows that say they are sealed but are not, and rows that appeared among older ones.
 * `known` is how many there should be, which is cheap to ask; only when there are others
 * each is looked for. */
static const char *
find_inserted(struct work *w, int64_t org, int64_t until, int64_t known)
{
	int64_t count = db_int(w->db, 0,
		"select count(*) from audit where org = $1 and (sealed = 1 or id < $2)",
		org, until);
	int64_t id;

	if (count == known)
		return NULL;
	id = db_int(w->db, 0,
		"select min(a.id) from audit a where a.org = $1"
		" and (a.sealed = 1 or a.id < $2) and not exists"
		" (select 1 from audit_seal s where s.org = a.org and s.audit = a.id)",
		org, until);
	return id == 0 ? NULL : arena_printf(w->arena, "row %" PRId64 " was put in", id);
}

void
audit_verify(struct work *w, int64_t org, struct audit_verdict *v)
{
	struct arena *passing = arena_new();
	struct link last = {0, ""};
	int64_t until = sealed_until(w, org), known = 0;
	struct rows r = db_query(w->db,
		"select a.org, a.id, a.at, a.actor, a.actor_kind, a.action, a.subject,"
		" a.detail, s.seq, s.audit, s.hash, a.sealed from audit_seal s"
		" left join audit a on a.org = s.org and a.id = s.audit"
		" where s.org = $1 order by s.seq",
		org);

	*v = (struct audit_verdict){.head = ""};
	while (!v->problem && rows_next(&r)) {
		const char *problem = check_link(passing, &r, &last);

		v->problem = arena_copy(w->arena, problem);
		v->rows += problem == NULL;
		known += row_int(&r, 11) == 1 || row_int(&r, 9) < until;
		arena_reset(passing);
	}
	rows_end(&r);
	v->head = arena_copy(w->arena, last.hash);
	if (!v->problem)
		v->problem = find_inserted(w, org, until, known);
	v->waiting = db_int(w->db, 0,
		"select count(*) from audit where org = $1 and sealed = 0", org);
	arena_free(passing);
}

void
audit_head(struct work *w, int64_t org, int64_t *seq, const char **hash)
{
	struct link last = last_link(w, org);

	*seq = last.seq;
	*hash = arena_copy(w->arena, last.hash);
}

bool
audit_has(struct work *w, int64_t org, int64_t seq, const char *hash)
{
	return db_int(w->db, 0,
		       "select 1 from audit_seal where org = $1 and seq = $2"
		       " and hash = $3",
		       org, seq, hash) == 1;
}

void
audit_read(struct work *w, const struct audit_query *q, struct audit_entries *list)
{
	struct rows r = db_query(w->db,
		"select a.id, a.at, a.actor, a.actor_kind, a.action, a.subject, a.detail,"
		" " PERSON_NAME(
			"p", "a.actor") " from audit a"
					" left join person p on p.org = a.org and p.id = "
					"a.actor"
					" where a.org = $1 and ($2 = 0 or a.actor = $2)"
					" and ($3 is null or a.action = $3) and ($4 is "
					"null or a.subject = $4)"
					" and a.at >= $5 and a.at < $6 and a.id < $7 "
					"order by a.id desc limit $8",
		q->org, q->person, q->action, q->subject, q->from,
		q->to ? q->to : INT64_MAX, q->before ? q->before : INT64_MAX,
		q->limit + 1);

	*list = (struct audit_entries){
		.at = arena_array(w->arena, (size_t)q->limit + 1, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct audit_entry){
			.id = row_int(&r, 0),
			.at = row_int(&r, 1),
			.person = row_int(&r, 2),
			.kind = row_copy(&r, 3, w->arena),
			.action = row_copy(&r, 4, w->arena),
			.subject = row_copy(&r, 5, w->arena),
			.detail = row_copy(&r, 6, w->arena),
			.name = row_copy(&r, 7, w->arena),
		};
	list->more = list->count > q->limit;
	if (list->more)
		list->count = q->limit;
}

void
audit_actions(struct work *w, int64_t org, struct audit_actions *list)
{
	const int most = sizeof list->at / sizeof *list->at;
	struct rows r = db_query(w->db,
		"select distinct action from audit where org = $1 and id >="
		" (select coalesce(min(n.id), 0) from (select id from audit where org = "
		"$1"
		" order by id desc limit 20000) n) order by action limit $2",
		org, most);

	list->count = 0;
	while (rows_next(&r))
		list->at[list->count++] = row_copy(&r, 0, w->arena);
}
