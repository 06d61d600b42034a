/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/dispatch.h"

#include "app/entry.h"
#include "app/flights.h"
#include "app/meter.h"
#include "app/repeat.h"
#include "app/side.h"
#include "app/sights.h"
#include "base/log.h"
#include "base/times.h"
#include "http/errors.h"
#include "store/audit.h"
#include "web/error_page.h"

#include <inttypes.h>
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
	struct flight flight; /* of a changing request of a machine with a key */
	bool in_flight;
	struct meter_key key; /* of a machine: of its token or address */
	bool by_address;
	struct meter_reading meter;
	uint64_t endings; /* of live pages, before anything was asked */
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

/* What the bucket of a machine holds (draft-ietf-httpapi-ratelimit-headers). */
static void
say_limits(struct errand *e)
{
	struct reply *r = exchange_reply(e->exchange);
	const struct meter_reading *m = &e->meter;

	if (m->limit == 0)
		return;
	reply_header(r, "RateLimit-Policy",
		arena_printf(r->arena, "\"default\";q=%d;w=%d", m->limit, m->window));
	reply_header(r, "RateLimit",
		arena_printf(r->arena, "\"default\";r=%d;t=%lld", m->left,
			(long long)m->full));
}

static void
finish(struct errand *e)
{
	if (e->in_flight)
		flights_end(e->house->flights, &e->flight);
	say_limits(e);
	exchange_finish(e->exchange);
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

/* Under a key a request is answered once, whatever the handler does. */
static enum outcome
handle(struct errand *e, struct request *q, struct reply *r)
{
	bool answered;
	enum outcome end;

	if (!e->in_flight || !e->work.caller)
		return e->route->handle(&e->work, q, r);
	end = repeat_begin(&e->work, q, r, &answered);
	if (end != DONE || answered)
		return end;
	end = e->route->handle(&e->work, q, r);
	return end == DONE ? repeat_keep(&e->work, q, r) : end;
}

/* After a machine was looked at: its token was used, or was none. */
static void
note_machine(struct errand *e, const struct request *q)
{
	struct meter *m = e->house->meter;
	struct meter_key address;
	const struct caller *caller = e->work.caller;

	if (caller && !e->by_address) {
		meter_used(m, &e->key, caller->token, (int)caller->rate, e->work.now);
	} else if (!caller && entry_is_machine(q) && entry_secret(q)) {
		address = meter_address(q->peer);
		(void)meter_admit(m, &address, times_ticks());
	}
}

/* Who was told no, for those who look for patterns. What is missing and what is denied
 * look alike to who asks, so both are written; that nobody known found nothing, or was
 * sent to sign in, is not. */
static void
note_refusal(const struct errand *e, const struct request *q)
{
	static const char *const methods[] = {
		"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
	const struct actor *a = e->work.actor;
	int status = exchange_reply(e->exchange)->status;

	if (e->end != DENIED && e->end != MISSING && e->end != LIMITED)
		return;
	if (status < 400 || (e->end == MISSING && !a->person && a->kind != ACTOR_API))
		return;
	log_info("request %s from %s: %s %" PRId64 " of organisation %" PRId64
		 ": %s %s: %d",
		q->id, q->peer, actor_kind_name(a->kind), a->person, a->org,
		methods[q->method], e->route->pattern, status);
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
	e->work.endings = e->endings;
	e->end = entry_admit(&e->work, e->route, q, r);
	note_machine(e, q);
	if (e->end != DONE) {
		note_refusal(e, q);
		return;
	}
	e->end = handle(e, q, r);
	if (db_failed(db))
		e->end = FAULT;
	/* A handler that refuses may have shown its own page; else the house has one. */
	if (e->end != DONE && (r->status < 400 || e->end == FAULT)) {
		int status = status_of(e->end);

		reply_restart(r);
		if (!error_page(&e->work, q, status, r))
			refuse(e, status);
	}
	note_refusal(e, q);
}

static enum keep
trace_run(struct job *j, struct db *db)
{
	struct errand *e = of_job(j);
	struct work w = house_work(e->house, e->work.arena, db, e->work.actor);

	w.now = e->work.now;
	audit_write_glances(&w, e->work.glances);
	return KEEP;
}

static void
trace_done(struct job *j, enum db_end end)
{
	struct errand *e = of_job(j);

	if (end != DB_KEPT)
		refuse(e, 503);
	finish(e);
}

static bool
comes_first(const struct glance *seen)
{
	while (seen && !seen->first)
		seen = seen->next;
	return seen != NULL;
}

/* A read that shows something of a restricted ticket is answered when the audit has it on
 * disk; of other reads the audit hears a moment later. */
static void
leave_trace(struct errand *e)
{
	const struct glance *seen = e->end == DONE ? e->work.glances : NULL;

	if (!seen || (!comes_first(seen) && sights_add(e->house->sights, &e->work))) {
		finish(e);
		return;
	}
	e->job = (struct job){.run = trace_run, .done = trace_done};
	if (!lanes_submit(e->house->lanes, &e->job)) {
		refuse(e, 503);
		finish(e);
	}
}

static void
read_now(struct errand *e)
{
	struct db *db = house_reader(e->house);

	if (!db) {
		refuse(e, 503);
		finish(e);
		return;
	}
	db_begin(db);
	run(e, db);
	db_rollback(db);
	house_reader_back(e->house, db);
	leave_trace(e);
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
	if (e->end == DONE)
		audit_write_glances(&e->work, e->work.glances);
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
	finish(e);
}

static void
write_now(struct errand *e)
{
	e->job = (struct job){.run = write_run, .done = write_done};
	if (!lanes_submit(e->house->lanes, &e->job)) {
		refuse(e, 503);
		finish(e);
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
		e->end = end = entry_admit(&e->work, e->route, q, r);
		if (end == DONE) {
			end = e->route->prepare(&e->work, q, r);
		} else {
			note_machine(e, q);
			note_refusal(e, q);
		}
		db_rollback(db);
		house_reader_back(e->house, db);
	}
	if (end == DONE) {
		write_now(e);
		return;
	}
	if (r->status < 300)
		refuse(e, status_of(end));
	finish(e);
}

static void
send_aside(struct errand *e, void (*what)(struct chore *c))
{
	e->chore = (struct chore){
		.run = what,
		.last = e->route->who & WHO_ANYONE &&
			only_reads(exchange_request(e->exchange)),
	};
	if (!side_submit(e->house->side, &e->chore)) {
		refuse(e, 503);
		finish(e);
	}
}

/* A machine has a bucket of its own by its token, else by its address. Who comes with
 * tokens that are none pays from the address too (see `run`), so that guessing ends. */
static bool
admit_machine(struct errand *e, const struct request *q)
{
	const char *secret = entry_secret(q);
	struct meter_key address = meter_address(q->peer);
	int64_t now = times_ticks();

	e->by_address = !secret || !meter_open(e->house->meter, &address, now);
	e->key = e->by_address ? address : meter_token(secret);
	e->meter = meter_admit(e->house->meter, &e->key, now);
	return e->meter.admitted;
}

static bool
let_in(struct errand *e, const struct request *q)
{
	struct reply *r = exchange_reply(e->exchange);

	if (!admit_machine(e, q)) {
		dispatch_error(e->house, q, 429, r);
		reply_header(r, "Retry-After",
			arena_printf(r->arena, "%lld", (long long)e->meter.wait));
		return false;
	}
	if (only_reads(q) || !request_header(q, "Idempotency-Key"))
		return true;
	if (!repeat_key(q)) {
		errors_say(q, 400, "Idempotency-Key must have 1 to 255 characters.", r);
		return false;
	}
	e->in_flight = flights_begin(
		e->house->flights, &e->flight, entry_secret(q), repeat_key(q));
	if (!e->in_flight)
		errors_say(q, 409,
			"A request with this Idempotency-Key is being answered.", r);
	return e->in_flight;
}

struct body_rule
dispatch_body(void *context, const struct request *q)
{
	const struct house *h = context;
	const struct route *route = router_find(h->router, q);

	return route ? route->body : (struct body_rule){.form = -1};
}

static bool
wants_preparing(const struct route *route, const struct request *q)
{
	return route->prepare && (!route->aside || route->aside(q));
}

void
dispatch_answer(void *context, struct exchange *x)
{
	struct house *h = context;
	struct request *q = exchange_request(x);
	struct errand *e = arena_alloc(q->arena, sizeof *e);

	*e = (struct errand){
		.house = h,
		.exchange = x,
		.endings = streams_endings(h->streams),
	};
	e->route = router_match(h->router, q);
	if (entry_is_machine(q) && !let_in(e, q)) {
		finish(e);
		return;
	}
	if (!e->route) {
		const char *allow = router_allow(h->router, q);

		refuse(e, allow ? 405 : 404);
		if (allow)
			reply_header(exchange_reply(x), "Allow", allow);
		finish(e);
	} else if (!only_reads(q)) {
		if (wants_preparing(e->route, q))
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
