/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/wire.h"

#include "base/log.h"
#include "base/times.h"
#include "format/urlencoded.h"
#include "http/fields.h"
#include "http/target.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* At this pace, in bytes a millisecond, a client gains time by making progress. */
enum { LEAST_PACE = 1 };

static void
allow(struct exchange *x, int64_t milliseconds)
{
	atomic_store_explicit(
		&x->line->deadline, server_clock() + milliseconds, memory_order_relaxed);
}

static void
allow_forever(struct exchange *x)
{
	atomic_store_explicit(&x->line->deadline, WIRE_NO_DEADLINE, memory_order_relaxed);
}

/* An address that cannot be read is still refused in the format that its door speaks. */
static const char *
door_of(const char *uri)
{
	size_t n = strcspn(uri, "?#");

	if (strncmp(uri, "/api/", 5) == 0)
		return "/api/";
	if (strncmp(uri, "/open311/", 9) != 0)
		return "/";
	return n > 4 && strncmp(uri + n - 4, ".xml", 4) == 0 ? "/open311/.xml"
							     : "/open311/.json";
}

void *
wire_begin(void *server, const char *uri, struct MHD_Connection *wire)
{
	struct exchange *x = exchange_take(server);
	struct target t;

	x->wire = wire;
	x->line = MHD_get_connection_info(wire, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
			  ->socket_context;
	x->target_end = uri + strlen(uri);
	x->request.peer = x->line->address;
	atomic_fetch_add(&x->server->requests, 1);
	atomic_fetch_add(&x->server->in_flight, 1);
	if (!target_parse(x->arena, bytes_of(uri), &t)) {
		x->request.path = door_of(uri);
		x->refusal = 400;
		return x;
	}
	x->request.path = t.path;
	x->request.target = t.text;
	if (!urlencoded_parse(x->arena, t.query, &x->request.query))
		x->refusal = 400;
	return x;
}

/* Reads the header lines. libmicrohttpd takes lines apart where they lie in its buffer,
 * so a line must begin two bytes, CR and LF, after the last one ended: where it does
 * not, there was a bare LF, a NUL or a folded line. */
struct lines {
	struct arena *arena;
	struct pairs headers;
	const char *expected;
	bool is_ill;
};

static enum MHD_Result
read_line(void *context, enum MHD_ValueKind kind, const char *name, size_t name_len,
	const char *value, size_t value_len)
{
	struct lines *l = context;
	struct bytes n = {(const unsigned char *)name, name_len};
	struct bytes v = {(const unsigned char *)value, value_len};
	const char *text;

	(void)kind;
	if (name != l->expected || !fields_is_token(n) || !fields_is_value(v)) {
		l->is_ill = true;
		return MHD_NO;
	}
	l->expected = value + value_len + 2;
	v = bytes_trim(v);
	text = bytes_text(l->arena, v);
	fields_add(l->arena, &l->headers, arena_text(l->arena, n.at, n.len),
		text ? text : bytes_text_lossy(l->arena, v));
	return MHD_YES;
}

static bool
read_headers(struct exchange *x, const char *method, const char *version)
{
	const union MHD_ConnectionInfo *size = MHD_get_connection_info(
		x->wire, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	struct lines l = {.arena = x->arena, .expected = version + strlen(version) + 2};

	MHD_get_connection_values_n(x->wire, MHD_HEADER_KIND, read_line, &l);
	x->request.headers = l.headers;
	return !l.is_ill && size && method + size->header_size == l.expected + 2;
}

static int
read_method(const char *text, enum method *out)
{
	static const char *const names[] = {
		"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(text, names[i]) == 0) {
			*out = (enum method)i;
			return 0;
		}
	}
	return fields_is_token(bytes_of(text)) ? 501 : 400;
}

static void
read_cookies(struct request *q, bool is_https)
{
	static const char front[] = REQUEST_HOST_COOKIE;
	const size_t n = sizeof front - 1;
	struct pairs all = {0};

	for (int i = 0; i < q->headers.count; i++)
		if (strcasecmp(q->headers.at[i].name, "Cookie") == 0)
			fields_cookies(q->arena, q->headers.at[i].value, &all);
	for (int i = 0; is_https && i < all.count; i++)
		if (strncmp(all.at[i].name, front, n) == 0)
			fields_add(q->arena, &q->cookies, all.at[i].name + n,
				all.at[i].value);
	if (!is_https)
		q->cookies = all;
}

static int
check_rate(struct exchange *x)
{
	struct request *q = &x->request;
	struct guard_peer peer = x->line->peer;
	int wait;

	if (q->peer != x->line->address)
		peer = guard_peer_named(q->peer);
	else if (x->line->is_exempt)
		return 0;
	wait = guard_admit(x->server->guard, &peer, times_ticks());
	if (wait == 0)
		return 0;
	x->retry = arena_printf(x->arena, "%d", wait);
	atomic_fetch_add(&x->server->refused, 1);
	return 429;
}

/* All that can be judged before the body: 0 or the status to refuse with. */
static int
judge_head(struct exchange *x, const char *method, const char *version, int64_t *length)
{
	struct request *q = &x->request;
	struct framing f;
	int status = read_method(method, &q->method);

	/* One byte, the blank, stands between: not what a NUL hid. */
	if (!read_headers(x, method, version) || version != x->target_end + 1)
		return 400;
	q->peer = fields_forwarded(
		x->arena, &q->headers, x->server->config.trusted_proxy, q->peer);
	if (status == 0)
		status = x->refusal;
	if (status)
		return status;
	f = framing_read(&q->headers,
		strcmp(version, "HTTP/1.0") == 0 ? HTTP_1_0 : HTTP_1_1, q->method);
	*length = f.length;
	if (f.status)
		return f.status;
	read_cookies(q, x->server->is_https);
	return check_rate(x);
}

/* A refusal that waits until the body was read lets the client see it and keeps the
 * connection; but nobody needs to send a body that is announced or endless. */
static bool
may_drain(const struct exchange *x, int64_t length)
{
	return length <= COLLECT_DRAIN && !request_header(&x->request, "Expect");
}

static enum MHD_Result
take_head(struct exchange *x, const char *method, const char *version)
{
	const struct server_config *c = &x->server->config;
	int64_t length = 0;
	int status = judge_head(x, method, version, &length);

	x->has_head = true;
	if (status)
		return respond_refuse(x, status);
	if (length == 0)
		return MHD_YES;
	x->began = server_clock();
	allow(x, x->server->waits.body);
	status = collect_begin(
		&x->collect, &x->request, c->body(c->house, &x->request), length);
	if (status && !may_drain(x, length))
		return respond_refuse(x, status);
	return MHD_YES;
}

static enum MHD_Result
take_piece(struct exchange *x, struct bytes piece)
{
	if (!collect_feed(&x->collect, piece))
		return MHD_NO;
	atomic_store_explicit(&x->line->deadline,
		x->began + x->server->waits.body + x->collect.received / LEAST_PACE,
		memory_order_relaxed);
	return MHD_YES;
}

/* The finisher may be faster than the suspension: only who comes second resumes. */
static enum MHD_Result
wait_for_finish(struct exchange *x)
{
	struct MHD_Connection *wire = x->wire;
	int running = STAGE_RUNNING;

	MHD_suspend_connection(wire);
	if (!atomic_compare_exchange_strong(&x->stage, &running, STAGE_WAITING))
		MHD_resume_connection(wire);
	return MHD_YES;
}

/* The house has given it back, or whoever asked has gone meanwhile. */
static void
leave_house(struct exchange *x)
{
	if (x->is_inside)
		atomic_fetch_sub(&x->server->inside, 1);
	x->is_inside = false;
}

static enum MHD_Result
send_finished(struct exchange *x)
{
	leave_house(x);
	allow(x, x->server->waits.answer + (int64_t)x->reply.body.len / LEAST_PACE);
	return respond_send(x);
}

static enum MHD_Result
ask_house(struct exchange *x)
{
	struct server *s = x->server;
	int status = x->collect.request ? collect_end(&x->collect) : 0;

	if (status)
		return respond_refuse(x, status);
	atomic_fetch_add(&s->inside, 1);
	if (atomic_load(&s->is_closed)) {
		atomic_fetch_sub(&s->inside, 1);
		return respond_sorry(x);
	}
	x->is_inside = true;
	allow_forever(x);
	reply_restart(&x->reply);
	s->config.answer(s->config.house, x);
	if (atomic_load(&x->stage) == STAGE_FINISHED)
		return send_finished(x);
	return wait_for_finish(x);
}

enum MHD_Result
wire_handle(void *server, struct MHD_Connection *wire, const char *url,
	const char *method, const char *version, const char *data, size_t *size,
	void **context)
{
	struct exchange *x = *context;

	(void)server, (void)wire, (void)url;
	if (!x->has_head)
		return take_head(x, method, version);
	if (*size > 0) {
		struct bytes piece = {(const unsigned char *)data, *size};

		*size = 0;
		return take_piece(x, piece);
	}
	switch (atomic_load(&x->stage)) {
	case STAGE_RUNNING: return ask_house(x);
	case STAGE_FINISHED: return send_finished(x);
	default: leave_house(x); return respond_sorry(x);
	}
}

void
wire_end(void *server, struct MHD_Connection *wire, void **context,
	enum MHD_RequestTerminationCode how)
{
	struct exchange *x = *context;
	struct server *s = server;

	(void)wire, (void)how;
	if (!x)
		return;
	*context = NULL;
	leave_house(x);
	allow(x, s->waits.idle);
	exchange_give(x);
	atomic_fetch_sub(&s->in_flight, 1);
}

static bool
is_loopback(const struct guard_peer *p)
{
	static const unsigned char v4[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127};

	/* ::1 counts as its /64 network, which holds nobody else. */
	return memcmp(p->at, v4, sizeof v4) == 0 ||
	       memcmp(p->at, (unsigned char[16]){0}, 16) == 0;
}

bool
wire_is_exempt(struct server *s, const struct guard_peer *peer, const char *address)
{
	bool is_exempt;
	struct arena *a;

	if (!s->config.guard_loopback && is_loopback(peer))
		return true;
	if (!s->config.trusted_proxy)
		return false;
	a = arena_new();
	is_exempt = fields_lists_address(a, s->config.trusted_proxy, address);
	arena_free(a);
	return is_exempt;
}

void
wire_write_address(const struct sockaddr *address, char to[static INET6_ADDRSTRLEN])
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	*to = 0;
	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof v4);
		inet_ntop(AF_INET, &v4.sin_addr, to, INET6_ADDRSTRLEN);
	} else if (address->sa_family == AF_INET6) {
		memcpy(&v6, address, sizeof v6);
		if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr))
			inet_ntop(
				AF_INET, v6.sin6_addr.s6_addr + 12, to, INET6_ADDRSTRLEN);
		else
			inet_ntop(AF_INET6, &v6.sin6_addr, to, INET6_ADDRSTRLEN);
	}
}

static struct line *
line_new(struct server *s, struct MHD_Connection *wire)
{
	const struct sockaddr *address = MHD_get_connection_info(
		wire, MHD_CONNECTION_INFO_CLIENT_ADDRESS)
						 ->client_addr;
	struct line *l = calloc(1, sizeof *l);

	if (!l)
		log_fatal("out of memory");
	l->server = s;
	l->fd = MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CONNECTION_FD)
			->connect_fd;
	l->peer = guard_peer_of(address);
	wire_write_address(address, l->address);
	l->is_exempt = wire_is_exempt(s, &l->peer, l->address);
	atomic_init(&l->deadline, server_clock() + s->waits.headers);
	return l;
}

static void
list(struct server *s, struct line *l)
{
	pthread_mutex_lock(&s->lines_lock);
	l->next = s->lines;
	if (l->next)
		l->next->previous = l;
	s->lines = l;
	pthread_mutex_unlock(&s->lines_lock);
}

static void
unlist(struct server *s, struct line *l)
{
	pthread_mutex_lock(&s->lines_lock);
	if (l->next)
		l->next->previous = l->previous;
	if (l->previous)
		l->previous->next = l->next;
	else
		s->lines = l->next;
	pthread_mutex_unlock(&s->lines_lock);
}

void
wire_line(void *server, struct MHD_Connection *wire, void **context,
	enum MHD_ConnectionNotificationCode what)
{
	struct server *s = server;
	struct line *l;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = line_new(s, wire);
		list(s, *context);
		return;
	}
	l = *context;
	unlist(s, l);
	if (!l->is_exempt)
		guard_disconnect(s->guard, &l->peer);
	atomic_fetch_sub(&s->connections, 1);
	free(l);
}
