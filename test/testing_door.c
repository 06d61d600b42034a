/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_door.h"

#include "app/dispatch.h"
#include "app/routes.h"
#include "store/account.h"
#include "store/secret.h"
#include "testing_db.h"

#include <string.h>

static enum outcome
fill(struct work *w, void *context)
{
	testing_desk_fill(w, context);
	return DONE;
}

void
testing_door_write(struct testing_door *d,
	enum outcome (*run)(struct work *w, void *context), void *context)
{
	assert_int_equal(house_write(&d->house, SOUTHMERE, run, context), DB_KEPT);
}

static void
open_at(struct testing_door *d, const char *node, const char *limits)
{
	struct routes all;
	struct arena *a = testing_arena();
	struct server_config s = {
		.listen = "127.0.0.1:0",
		.body = dispatch_body,
		.answer = dispatch_answer,
		.error = dispatch_error,
		.house = &d->house,
		.threads = 2,
	};

	assert_true(network_list_read(a, "127.0.0.0/8", &d->home.allowed));
	d->config = (struct config){
		.db = d->url,
		.base = "http://127.0.0.1",
		.node = node,
		.audit_head = "",
		.clamd = "",
		.smtp = "",
		.smtp_user = "",
		.smtp_password = "",
		.key = arena_printf(a, "%s/key", testing_folder()),
		.limits = limits,
		.security_contact = "mailto:security@southmere.example.org",
		.outgoing = d->home,
	};
	assert_true(house_open(&d->house, &d->config));
	all = routes_all(a);
	d->house.router = router_new(a, all.at, all.count);
	s.base = d->config.base;
	d->server = server_start(&s);
	assert_non_null(d->server);
	d->house.server = d->server;
	d->base = arena_printf(a, "http://127.0.0.1:%d", server_port(d->server));
	d->config.base = d->base;
}

struct testing_door *
testing_door_open(const char *limits)
{
	struct testing_door *d = arena_alloc(testing_arena(), sizeof *d);

	d->url = testing_db_url();
	open_at(d, "0", limits);
	testing_door_write(d, fill, &d->people);
	return d;
}

void
testing_door_second(const struct testing_door *first, struct testing_door *d)
{
	*d = (struct testing_door){.url = first->url, .people = first->people};
	open_at(d, "1", first->config.limits);
}

void
testing_door_close(struct testing_door *d)
{
	server_stop(d->server, 2);
	house_close(&d->house);
}

struct token {
	const char *text;
	int64_t person;
	enum role role;
};

static enum outcome
add_token(struct work *w, void *context)
{
	const struct token *t = context;

	account_add_token(w, t->text, SOUTHMERE, t->person, "test", t->role);
	return DONE;
}

const char *
testing_door_token(struct testing_door *d, enum role role)
{
	struct token t = {secret_token(testing_arena()), d->people.analyst, role};

	testing_door_write(d, add_token, &t);
	return t.text;
}

static void
header(struct outgoing_call *c, const char *name, const char *value)
{
	if (value)
		pairs_add(testing_arena(), &c->headers, name, value);
}

struct testing_answer
testing_door_ask(struct testing_door *d, const char *method, const char *path,
	struct testing_request with)
{
	struct arena *a = testing_arena();
	struct outgoing_answer got;
	struct outgoing_call c = {
		.method = method,
		.url = arena_printf(a, "%s%s", d->base, path),
		.body = with.body ? bytes_of(with.body) : with.raw,
		.most = 16 * 1024 * 1024,
		.seconds = 30,
	};

	if (with.token)
		header(&c, "Authorization", arena_printf(a, "Bearer %s", with.token));
	header(&c, "Idempotency-Key", with.key);
	header(&c, "If-Match", with.tag);
	header(&c, "Content-Type",
		with.type    ? with.type
		: c.body.len ? "application/json"
			     : NULL);
	assert_int_equal(outgoing_send(&d->home, a, &c, &got), DONE);
	return (struct testing_answer){
		.status = got.status,
		.type = got.type,
		.body = bytes_text_lossy(a, got.body),
		.headers = got.headers,
		.raw = got.body,
	};
}

int64_t
testing_door_number(struct testing_door *d, const char *sql)
{
	struct db *db = house_reader(&d->house);
	struct db_value none = db_null;
	int64_t n;

	db_begin(db);
	n = db_int_(db, -1, sql, 0, &none);
	db_rollback(db);
	house_reader_back(&d->house, db);
	return n;
}
