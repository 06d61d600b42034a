/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/dispatch.h"

#include "app/entry.h"
#include "app/side.h"
#include "http/errors.h"
#include "web/error_page.h"

#include <stddef.h>
#include <string.h>

/* One request on its way. It lives in the request's arena. */
struct errand {
	struct job job;
	struct chore chore;
	struct house *house;
	struct exchange *exchange;
	const struct route *route;
	struct work work;
	enum outcome end;
};

static struct errand *
of_job(struct job *j)
{
	return (struct errand *)((char *)j - offsetof(struct errand, job));
}

static struct errand *
of_chore(struct chore *c)
{
	return (struct errand *)((char *)c - offsetof(struct errand, chore));
}

static bool
only_reads(const struct request *q)
{
	return q->method == GET || q->method == HEAD || q->method == OPTIONS;
}

static int
status_of(enum outcome end)
{
	switch (end) {
	case DONE: return 200;
	case INVALID: return 422;
	case MISSING: return 404;
	case DENIED: return 403;
	case CONFLICT: return 409;
	case LIMITED: return 429;
	case FAULT: break;
	}
	return 500;
}

/* Readable even where the house itself has failed. */
static void
refuse(struct errand *e, int status)
{
	struct reply *r = exchange_reply(e->exchange);

	reply_restart(r);
	if (status == 503 || status == 429)
		reply_header(r, "Retry-After", "2");
	dispatch_error(e->house, exchange_request(e->exchange), status, r);
}

/* Makes the work afresh and runs who-may and handler. What `prepare` found stays. */
static void
run(struct errand *e, struct db *db)
{
	struct request *q = exchange_request(e->exchange);
	struct reply *r = exchange_reply(e->exchange);
	const void *prepared = e->work.prepared;

	reply_restart(r);
	e->work = house_work(e->house, q->arena, db, NULL);
	e->work.prepared = prepared;
	e->end = entry_admit(&e->work, e->route, q, r);
	if (e->end != DONE)
		return;
	e->end = e->route->handle(&e->work, q, r);
	if (db_failed(db))
		e->end = FAULT;
	/* A handler that refuses may have shown its own page; else the house has one. */
	if (e->end != DONE && (r->status < 400 || e->end == FAULT)) {
		int status = status_of(e->end);

		reply_restart(r);
		if (!error_page(&e->work, q, status, r))
			refuse(e, status);
	}
}

static void
read_now(struct errand *e)
{
	struct db *db = house_reader(e->house);

	if (!db) {
		refuse(e, 503);
		exchange_finish(e->exchange);
		return;
	}
	db_begin(db);
	run(e, db);
	db_rollback(db);
	house_reader_back(e->house, db);
	exchange_finish(e->exchange);
}

static void
read_aside(struct chore *c)
{
	read_now(of_chore(c));
}

static enum keep
write_run(struct job *j, struct db *db)
{
	struct errand *e = of_job(j);

	run(e, db);
	return e->end == DONE ? KEEP : UNDO;
}

static void
write_done(struct job *j, enum db_end end)
{
	struct errand *e = of_job(j);

	switch (end) {
	case DB_KEPT: house_tell(e->house, &e->work); break;
	case DB_UNDONE:
		if (e->end == DONE)
			refuse(e, 500);
		break;
	case DB_AGAIN:
	case DB_FULL:
	case DB_LOST: refuse(e, 503); break;
	}
	exchange_finish(e->exchange);
}

static void
write_now(struct errand *e)
{
	e->job = (struct job){.run = write_run, .done = write_done};
	if (!lanes_submit(e->house->lanes, &e->job)) {
		refuse(e, 503);
		exchange_finish(e->exchange);
	}
}

/* Costly work first, on a reader, then the lane. */
static void
prepare_aside(struct chore *c)
{
	struct errand *e = of_chore(c);
	struct request *q = exchange_request(e->exchange);
	struct reply *r = exchange_reply(e->exchange);
	struct db *db = house_reader(e->house);
	enum outcome end = FAULT;

	if (db) {
		db_begin(db);
		e->work = house_work(e->house, q->arena, db, NULL);
		end = entry_admit(&e->work, e->route, q, r);
		if (end == DONE)
			end = e->route->prepare(&e->work, q, r);
		db_rollback(db);
		house_reader_back(e->house, db);
	}
	if (end == DONE) {
		write_now(e);
		return;
	}
	if (r->status < 300)
		refuse(e, status_of(end));
	exchange_finish(e->exchange);
}

static void
send_aside(struct errand *e, void (*what)(struct chore *c))
{
	e->chore = (struct chore){.run = what};
	if (!side_submit(e->house->side, &e->chore)) {
		refuse(e, 503);
		exchange_finish(e->exchange);
	}
}

struct body_rule
dispatch_body(void *context, const struct request *q)
{
	const struct house *h = context;
	const struct route *route = router_find(h->router, q);

	return route ? route->body : (struct body_rule){.form = -1};
}

void
dispatch_answer(void *context, struct exchange *x)
{
	struct house *h = context;
	struct request *q = exchange_request(x);
	struct errand *e = arena_alloc(q->arena, sizeof *e);

	*e = (struct errand){.house = h, .exchange = x};
	e->route = router_match(h->router, q);
	if (!e->route) {
		const char *allow = router_allow(h->router, q);

		refuse(e, allow ? 405 : 404);
		if (allow)
			reply_header(exchange_reply(x), "Allow", allow);
		exchange_finish(x);
	} else if (!only_reads(q)) {
		if (e->route->prepare)
			send_aside(e, prepare_aside);
		else
			write_now(e);
	} else if (e->route->flags & ROUTE_SLOW) {
		send_aside(e, read_aside);
	} else {
		read_now(e);
	}
}

void
dispatch_error(void *house, const struct request *q, int status, struct reply *r)
{
	struct house *h = house;
	struct actor nobody = {.kind = ACTOR_NOBODY, .name = ""};
	struct work w = house_work(h, q->arena, NULL, &nobody);

	if (!error_page(&w, q, status, r))
		errors_page(q, status, r);
}

void
dispatch_who(struct buffer *out, unsigned bits)
{
	static const char *const names[] = {
		"anyone", "person", "staff", "token", "admin"};
	bool first = true;

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (bits >> i & 1) {
			buffer_text_add(out, first ? "" : ", ");
			buffer_text_add(out, names[i]);
			first = false;
		}
}
