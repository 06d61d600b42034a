/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/account.h"

#include "rule/scopes.h"
#include "store/parting.h"
#include "store/secret.h"

enum { MOST_GRANTS = 64, MOST_ROLES = 5000, TOKEN_LIFETIME = 365 * 86400 };

#define ACCOUNT                                                           \
	"select a.org, a.person, a.email, p.name, a.password, a.disabled" \
	" from account a join person p on p.org = a.org and p.id = a.person"

static enum outcome
account_one(struct work *w, struct rows *r, struct account *a)
{
	if (!rows_next(r))
		return MISSING;
	*a = (struct account){
		.org = row_int(r, 0),
		.person = row_int(r, 1),
		.email = row_copy(r, 2, w->arena),
		.name = row_copy(r, 3, w->arena),
		.password = row_copy(r, 4, w->arena),
		.disabled = row_int(r, 5),
	};
	rows_end(r);
	return DONE;
}

enum outcome
account_find(struct work *w, const char *email, struct account *a)
{
	struct rows r = db_query(w->db, ACCOUNT " where a.email = $1", email);

	return account_one(w, &r, a);
}

enum outcome
account_of(struct work *w, int64_t person, struct account *a)
{
	struct rows r = db_query(w->db, ACCOUNT " where a.person = $1", person);

	return account_one(w, &r, a);
}

void
account_save(struct work *w, const struct account *a)
{
	db_run(w->db,
		"insert into account (email, org, person, password, disabled)"
		" values ($1, $2, $3, $4, $5)"
		" on conflict (email) do update set password = $4, disabled = $5",
		a->email, a->org, a->person, a->password, a->disabled);
}

bool
account_set_disabled(struct work *w, const char *email, bool disabled)
{
	int64_t person = db_int(w->db, 0,
		"update account set disabled = $2 where email = $1 returning person",
		email, disabled);

	parting_of_person(w, person);
	return person != 0;
}

void
account_list(struct work *w, int64_t org, struct account_list *list)
{
	int64_t count = db_int(w->db, 0, "select count(*) from account");
	struct rows r = db_query(w->db,
		"select a.org, a.person, a.email, p.name, a.disabled"
		" from account a join person p on p.org = a.org and p.id = a.person"
		" where $1 = 0 or a.org = $1 order by a.email",
		org);

	*list = (struct account_list){
		.at = arena_array(w->arena, (size_t)count, sizeof *list->at),
	};
	while (list->count < count && rows_next(&r))
		list->at[list->count++] = (struct account){
			.org = row_int(&r, 0),
			.person = row_int(&r, 1),
			.email = row_copy(&r, 2, w->arena),
			.name = row_copy(&r, 3, w->arena),
			.disabled = row_int(&r, 4),
		};
	rows_end(&r);
}

static void
add_grant(struct grant *grants, struct actor *actor, const struct grant *g)
{
	if (g->role != ROLE_COUNT && actor->grant_count < MOST_GRANTS)
		grants[actor->grant_count++] = *g;
}

/* The columns org, role and rights, and where its label is. */
static struct grant
grant_read(struct work *w, const struct rows *r, int column, int label)
{
	const char *words = row_text(r, column + 2);
	struct grant g = {
		.org = row_int(r, column),
		.role = role_named(row_text(r, column + 1)),
		.rights = words ? access_rights_of(words) : 0,
	};

	if (g.role == ROLE_COUNT && words) {
		g.role = ROLE_LOCAL;
		g.label = row_copy(r, label, w->arena);
		g.name = row_copy(r, column + 1, w->arena);
	}
	return g;
}

void
account_grants(struct work *w, int64_t person, int64_t home, struct actor *actor)
{
	struct grant *grants = arena_array(w->arena, MOST_GRANTS, sizeof *grants);
	struct grant customer = access_grant(home, ROLE_CUSTOMER);
	struct rows r = db_query(w->db,
		"select g.org, g.role, r.rights, r.label from role_grant g"
		" left join role r on r.org = g.org and r.name = g.role"
		" where g.person = $1 order by g.org, g.role",
		person);

	actor->grants = grants;
	actor->grant_count = 0;
	add_grant(grants, actor, &customer);
	while (rows_next(&r)) {
		struct grant g = grant_read(w, &r, 0, 3);

		add_grant(grants, actor, &g);
	}
}

static enum role
local_or(enum role r)
{
	return r == ROLE_COUNT ? ROLE_LOCAL : r;
}

void
account_roles(struct work *w, int64_t org, struct account_role_list *list)
{
	struct rows r = db_query(w->db,
		"select a.person, p.name, a.email, g.role, a.disabled, r.label"
		" from role_grant g"
		" left join role r on r.org = g.org and r.name = g.role"
		" join account a on a.person = g.person"
		" join person p on p.org = a.org and p.id = a.person"
		" where g.org = $1 order by p.name, a.email, g.role limit $2",
		org, MOST_ROLES);

	*list = (struct account_role_list){
		.at = arena_array(w->arena, MOST_ROLES, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct account_role){
			.person = row_int(&r, 0),
			.name = row_copy(&r, 1, w->arena),
			.email = row_copy(&r, 2, w->arena),
			.role = local_or(role_named(row_text(&r, 3))),
			.role_name = row_copy(&r, 3, w->arena),
			.role_label = row_copy(&r, 5, w->arena),
			.disabled = row_int(&r, 4),
		};
}

void
account_grant(struct work *w, int64_t org, int64_t person, enum role role)
{
	(void)account_give(w, org, person, role_name(role));
}

void
account_hold(struct work *w, int64_t org, int64_t person)
{
	db_run(w->db,
		"update session set must_enrol = 1 where person = $2"
		" and way <> 'oidc' and way <> 'break-glass'"
		" and exists (select 1 from sign_in_rule s join role_grant g"
		" on g.org = s.org where s.org = $1 and s.second_factor = 1"
		" and g.person = $2 and g.role <> 'customer')"
		" and not exists (select 1 from totp where person = $2 and confirmed = 1)"
		" and not exists (select 1 from passkey where person = $2)",
		org, person);
}

bool
account_give(struct work *w, int64_t org, int64_t person, const char *role)
{
	bool given = db_run(w->db,
			     "insert into role_grant (org, person, role, granted)"
			     " values ($1, $2, $3, $4) on conflict do nothing",
			     org, person, role, w->now) == 1;

	if (given) {
		account_hold(w, org, person);
		parting_of_person(w, person);
	}
	return given;
}

/* What a provider gave is no longer the provider's to give back by itself. */
bool
account_take(struct work *w, int64_t org, int64_t person, const char *role)
{
	bool taken = db_run(w->db,
			     "delete from role_grant where org = $1 and person = $2"
			     " and role = $3",
			     org, person, role) == 1;

	db_run(w->db,
		"delete from provider_grant where org = $1 and person = $2 and role = $3",
		org, person, role);
	if (taken)
		parting_of_person(w, person);
	return taken;
}

void
account_add_token(struct work *w, const char *token, int64_t org, int64_t person,
	const char *name, enum role role)
{
	db_run(w->db,
		"insert into api_token (hash, org, person, name, role, created, expires, "
		"id)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
		secret_hash(w->arena, token), org, person, name, role_name(role), w->now,
		w->now + TOKEN_LIFETIME, work_id(w));
}

void
account_end_tokens(struct work *w, int64_t org, const char *name)
{
	db_run(w->db, "update api_token set expires = $3 where org = $1 and name = $2",
		org, name, w->now);
}

enum outcome
account_by_token(struct work *w, const char *token, struct actor *actor)
{
	struct grant *grant = arena_array(w->arena, 1, sizeof *grant);
	struct caller *caller = arena_array(w->arena, 1, sizeof *caller);
	const char *hash = secret_hash(w->arena, token);
	struct rows r = db_query(w->db,
		"select t.org, t.role, r.rights, t.person, t.name, t.id, t.rate, "
		"t.scopes,"
		" r.label"
		" from api_token t"
		" left join role r on r.org = t.org and r.name = t.role"
		" where t.hash = $1 and t.expires > $2",
		hash, w->now);

	if (!rows_next(&r))
		return MISSING;
	*grant = grant_read(w, &r, 0, 8);
	grant->rights &= scopes_rights(row_text(&r, 7));
	*actor = (struct actor){
		.kind = ACTOR_API,
		.org = grant->org,
		.person = row_int(&r, 3),
		.name = row_copy(&r, 4, w->arena),
		.grants = grant,
		.grant_count = grant->role == ROLE_COUNT ? 0 : 1,
	};
	*caller = (struct caller){
		hash, row_int(&r, 5), row_int(&r, 6), scopes_bits(row_text(&r, 7))};
	w->caller = caller;
	rows_end(&r);
	return DONE;
}

/* Nothing but what everybody is. */
static void
keep_customer(struct actor *actor)
{
	int kept = 0;
	struct grant *grants = (struct grant *)(uintptr_t)actor->grants;

	for (int i = 0; i < actor->grant_count; i++)
		if (grants[i].role == ROLE_CUSTOMER)
			grants[kept++] = grants[i];
	actor->grant_count = kept;
}

enum outcome
account_actor(struct work *w, const struct session *s, struct actor *actor)
{
	struct rows r = db_query(w->db,
		"select a.org, p.name from account a"
		" join person p on p.org = a.org and p.id = a.person"
		" where a.person = $1 and a.disabled = 0",
		s->person);
	int64_t home;

	if (!rows_next(&r))
		return MISSING;
	home = row_int(&r, 0);
	*actor = (struct actor){
		.kind = ACTOR_CUSTOMER,
		.org = s->org,
		.person = s->person,
		.name = row_copy(&r, 1, w->arena),
	};
	rows_end(&r);
	account_grants(w, s->person, home, actor);
	if (s->must_enrol)
		keep_customer(actor);
	for (int i = 0; i < actor->grant_count; i++)
		if (actor->grants[i].role != ROLE_CUSTOMER)
			actor->kind = ACTOR_STAFF;
	return DONE;
}

bool
account_attempt(struct work *w, const char *what, int64_t window, int64_t most)
{
	int64_t start = w->now - w->now % window;

	return db_int(w->db, most,
		       "insert into attempt (what, window_start, count) values ($1, $2, "
		       "1)"
		       " on conflict (what, window_start)"
		       " do update set count = attempt.count + 1 returning count",
		       what, start) <= most;
}

bool
account_attempts_left(struct work *w, const char *what, int64_t window, int64_t most)
{
	return db_int(w->db, 0,
		       "select count from attempt where what = $1 and window_start = $2",
		       what, w->now - w->now % window) < most;
}

bool
account_knows_device(struct work *w, const char *email, const char *device)
{
	return db_int(w->db, 0,
		       "select 1 from device d join account a on a.person = d.person"
		       " where d.hash = $1 and a.email = $2",
		       secret_hash(w->arena, device), email) == 1;
}

void
account_remember_device(struct work *w, int64_t person, const char *device)
{
	db_run(w->db,
		"insert into device (hash, person, created) values ($1, $2, $3)"
		" on conflict (hash, person) do update set created = $3",
		secret_hash(w->arena, device), person, w->now);
}

bool
account_must_enrol(struct work *w, int64_t person)
{
	return db_int(w->db, 0,
		       "select max(s.second_factor) from sign_in_rule s"
		       " join role_grant g on g.org = s.org"
		       " where g.person = $1 and g.role <> 'customer'",
		       person) == 1;
}

void
account_rule(struct work *w, int64_t org, bool second_factor)
{
	parting_of_everybody(w);
	db_run(w->db,
		"insert into sign_in_rule (org, second_factor) values ($1, $2)"
		" on conflict (org) do update set second_factor = $2",
		org, second_factor);
	if (second_factor)
		db_run(w->db,
			"update session set must_enrol = 1 where person in"
			" (select person from role_grant where org = $1"
			" and role <> 'customer')"
			" and person not in (select person from totp where confirmed = 1)"
			" and person not in (select person from passkey)",
			org);
	else
		db_run(w->db,
			"update session set must_enrol = 0 where must_enrol = 1"
			" and person in (select person from role_grant where org = $1)"
			" and person not in (select g.person from role_grant g"
			" join sign_in_rule r on r.org = g.org"
			" where r.second_factor = 1 and g.role <> 'customer')",
			org);
}

bool
account_rule_of(struct work *w, int64_t org)
{
	return db_int(w->db, 0, "select second_factor from sign_in_rule where org = $1",
		       org) == 1;
}

void
account_seal(struct work *w, int64_t org, const struct account *a, const char *secret)
{
	db_run(w->db,
		"insert into break_glass (org, person, email, hash, sealed, created)"
		" values ($1, $2, $3, $4, 1, $5) on conflict (org) do update"
		" set person = $2, email = $3, hash = $4, sealed = 1, created = $5",
		org, a->person, a->email, secret_hash(w->arena, secret), w->now);
}

int64_t
account_unseal(struct work *w, const char *secret, int64_t alarm, int64_t *org)
{
	struct rows r = db_query(w->db,
		"update break_glass set sealed = 0, opened = $2"
		" where hash = $1 and sealed = 1 returning org, person",
		secret_hash(w->arena, secret), w->now);
	int64_t person = 0;

	while (rows_next(&r)) {
		*org = row_int(&r, 0);
		person = row_int(&r, 1);
	}
	if (person)
		db_run(w->db, "update organisation set alarm = $2 where id = $1", *org,
			alarm);
	return person;
}

bool
account_is_behind_glass(struct work *w, int64_t person)
{
	return db_int(w->db, 0, "select 1 from break_glass where person = $1", person) ==
	       1;
}

bool
account_glass(struct work *w, int64_t org, struct glass_state *g)
{
	struct rows r = db_query(w->db,
		"select email, sealed, opened from break_glass where org = $1", org);

	if (!rows_next(&r))
		return false;
	*g = (struct glass_state){
		.email = row_copy(&r, 0, w->arena),
		.sealed = row_int(&r, 1),
		.opened = row_int(&r, 2),
	};
	rows_end(&r);
	return true;
}
