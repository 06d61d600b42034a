/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/provider.h"

#include "base/log.h"
#include "format/urlencoded.h"
#include "store/account.h"
#include "store/parting.h"
#include "store/secret.h"
#include "store/vault.h"

#include <inttypes.h>
#include <string.h>

enum { MOST = 50, TRIP = 900 };

#define PROVIDER \
	"select org, id, kind, name, audience, live, settings from identity_provider"

const char *
provider_setting(const struct provider *p, const char *name, const char *otherwise)
{
	const char *value = pairs_get(&p->settings, name);

	return value && *value ? value : otherwise;
}

static void
read_row(struct work *w, const struct rows *r, struct provider *p)
{
	*p = (struct provider){
		.org = row_int(r, 0),
		.id = row_int(r, 1),
		.kind = row_copy(r, 2, w->arena),
		.name = row_copy(r, 3, w->arena),
		.audience = row_copy(r, 4, w->arena),
		.live = row_int(r, 5),
		.settings = urlencoded_read(w->arena, row_copy(r, 6, w->arena)),
	};
}

void
provider_list(struct work *w, int64_t org, struct provider_list *list)
{
	struct rows r = db_query(w->db,
		PROVIDER " where $1 = 0 or org = $1 order by org, name, id limit $2", org,
		MOST);

	*list = (struct provider_list){
		.at = arena_array(w->arena, MOST, sizeof *list->at),
	};
	while (rows_next(&r))
		read_row(w, &r, &list->at[list->count++]);
}

static const char *
seal_of(struct work *w, int64_t org, int64_t id)
{
	return arena_printf(w->arena, "provider %" PRId64 " %" PRId64, org, id);
}

static const char *
read_secret(struct work *w, int64_t org, int64_t id)
{
	struct rows r = db_query(w->db,
		"select secret from identity_provider where org = $1 and id = $2", org,
		id);
	struct bytes plain = {0};
	const char *secret = "";

	while (rows_next(&r))
		if (row_bytes(&r, 0).len > 0) {
			if (vault_read(w, seal_of(w, org, id), row_bytes(&r, 0), &plain))
				secret = arena_text(w->arena, plain.at, plain.len);
			else
				log_error("the secret of identity provider %" PRId64
					  " was sealed with another key file",
					id);
		}
	return secret;
}

enum outcome
provider_get(struct work *w, int64_t org, int64_t id, struct provider *p)
{
	struct rows r = db_query(w->db, PROVIDER " where org = $1 and id = $2", org, id);

	if (!rows_next(&r))
		return MISSING;
	read_row(w, &r, p);
	rows_end(&r);
	p->secret = read_secret(w, org, id);
	return DONE;
}

void
provider_save(struct work *w, struct provider *p)
{
	const char *settings = urlencoded_write(w->arena, &p->settings);
	struct bytes none = {(const unsigned char *)"", 0};

	if (p->id == 0) {
		p->id = work_id(w);
		db_run(w->db,
			"insert into identity_provider (org, id, kind, name, audience,"
			" settings, secret) values ($1, $2, $3, $4, $5, $6, $7)",
			p->org, p->id, p->kind, p->name, p->audience, settings, none);
	}
	db_run(w->db,
		"update identity_provider set kind = $3, name = $4, audience = $5,"
		" live = $6, settings = $7 where org = $1 and id = $2",
		p->org, p->id, p->kind, p->name, p->audience, p->live, settings);
	if (p->secret) {
		struct bytes sealed = vault_seal(
			w, seal_of(w, p->org, p->id), bytes_of(p->secret));

		db_run(w->db,
			"update identity_provider set secret = $3"
			" where org = $1 and id = $2",
			p->org, p->id, sealed);
	}
	db_run(w->db, "delete from provider_paper where org = $1 and provider = $2",
		p->org, p->id);
}

const char *
provider_paper(struct work *w, const struct provider *p, const char *name, int64_t since)
{
	return db_text(w->db, w->arena,
		"select body from provider_paper where org = $1 and provider = $2"
		" and name = $3 and fetched >= $4",
		p->org, p->id, name, since);
}

void
provider_put_paper(struct work *w, const struct provider *p, const char *name,
	const char *body, int64_t fetched)
{
	db_run(w->db,
		"insert into provider_paper (org, provider, name, body, fetched)"
		" values ($1, $2, $3, $4, $5) on conflict (org, provider, name)"
		" do update set body = $4, fetched = $5",
		p->org, p->id, name, body, fetched);
}

void
provider_put_trip(struct work *w, const char *state, const struct provider_trip *t)
{
	db_run(w->db,
		"insert into provider_trip (hash, session, org, provider, nonce,"
		" verifier, door, next, expires)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		secret_hash(w->arena, state), w->session->hash, t->org, t->provider,
		t->nonce, t->verifier, t->door, t->next, w->now + TRIP);
}

enum outcome
provider_find_trip(struct work *w, const char *state, struct provider_trip *t)
{
	struct rows r;

	if (!w->session)
		return MISSING;
	r = db_query(w->db,
		"select org, provider, nonce, verifier, door, next from provider_trip"
		" where hash = $1 and session = $2 and expires > $3",
		secret_hash(w->arena, state), w->session->hash, w->now);
	if (!rows_next(&r))
		return MISSING;
	*t = (struct provider_trip){
		.org = row_int(&r, 0),
		.provider = row_int(&r, 1),
		.nonce = row_copy(&r, 2, w->arena),
		.verifier = row_copy(&r, 3, w->arena),
		.door = row_copy(&r, 4, w->arena),
		.next = row_copy(&r, 5, w->arena),
	};
	rows_end(&r);
	return DONE;
}

bool
provider_take_trip(struct work *w, const char *state)
{
	return w->session &&
	       db_run(w->db, "delete from provider_trip where hash = $1 and session = $2",
		       secret_hash(w->arena, state), w->session->hash) == 1;
}

int64_t
provider_person(struct work *w, const struct provider *p, const char *subject)
{
	return db_int(w->db, 0,
		"select person from identity where org = $1 and provider = $2"
		" and subject = $3",
		p->org, p->id, subject);
}

void
provider_put_person(
	struct work *w, const struct provider *p, const char *subject, int64_t person)
{
	db_run(w->db,
		"insert into identity (org, provider, subject, person, seen)"
		" values ($1, $2, $3, $4, $5) on conflict (org, provider, subject)"
		" do update set seen = $5",
		p->org, p->id, subject, person, w->now);
}

static bool
is_among(const char *role, const char *const *roles, int count)
{
	for (int i = 0; i < count; i++)
		if (strcmp(roles[i], role) == 0)
			return true;
	return false;
}

/* What it gave before and gives no more. */
static int
take_roles(struct work *w, const struct provider *p, int64_t person,
	const char *const *roles, int count)
{
	const char *gone[MOST];
	int n = 0;
	struct rows r = db_query(w->db,
		"select role from provider_grant where org = $1 and provider = $2"
		" and person = $3",
		p->org, p->id, person);

	while (rows_next(&r))
		if (n < MOST && !is_among(row_text(&r, 0), roles, count))
			gone[n++] = row_copy(&r, 0, w->arena);
	for (int i = 0; i < n; i++) {
		db_run(w->db,
			"delete from provider_grant where org = $1 and provider = $2"
			" and person = $3 and role = $4",
			p->org, p->id, person, gone[i]);
		db_run(w->db,
			"delete from role_grant where org = $1 and person = $2"
			" and role = $3 and not exists (select 1 from provider_grant g"
			" where g.org = $1 and g.person = $2 and g.role = $3)",
			p->org, person, gone[i]);
	}
	return n;
}

bool
provider_put_roles(struct work *w, const struct provider *p, int64_t person,
	const char *const *roles, int count)
{
	int changed = take_roles(w, p, person, roles, count);

	for (int i = 0; i < count; i++)
		/* A role that somebody gave by hand stays theirs to take. */
		if (db_run(w->db,
			    "insert into role_grant (org, person, role, granted)"
			    " values ($1, $2, $3, $4) on conflict do nothing",
			    p->org, person, roles[i], w->now) == 1) {
			db_run(w->db,
				"insert into provider_grant (org, provider, person, role)"
				" values ($1, $2, $3, $4) on conflict do nothing",
				p->org, p->id, person, roles[i]);
			changed++;
		}
	if (changed > 0) {
		account_hold(w, p->org, person);
		parting_of_person(w, person);
	}
	return changed > 0;
}
