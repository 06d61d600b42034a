/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/log.h"
#include "http/errors.h"
#include "http/fields.h"
#include "http/wire.h"

#include "assets_table.h"

#include <string.h>
#include <strings.h>

enum { LEAST_TO_PACK = 1024, STREAM_BLOCK = 512 };

/* GOV.UK Frontend needs one inline script, named by its hash; nothing else inline, and
 * nothing from anywhere else. */
static const char default_policy[] =
	"default-src 'none'; "
	"script-src 'self' '" ASSETS_SHELL_HASH "'; "
	"style-src 'self'; img-src 'self' data:; font-src 'self'; "
	"connect-src 'self'; object-src 'none'; form-action 'self'; "
	"frame-ancestors 'none'; base-uri 'none'";

/* What a handler may say otherwise. */
static const struct pair defaults[] = {
	{"Cache-Control", "no-store"},
	{"Referrer-Policy", "same-origin"},
	{"Permissions-Policy",
		"camera=(), geolocation=(self), microphone=(), payment=(), usb=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"X-Frame-Options", "DENY"},
};

/* A header that libmicrohttpd refuses (an empty value) is left out. */
static void
add(struct MHD_Response *m, const char *name, const char *value)
{
	(void)MHD_add_response_header(m, name, value);
}

static void
add_security(struct MHD_Response *m, const struct server *s, const struct reply *r)
{
	const char *policy = r->policy ? r->policy : s->config.policy;

	add(m, "Content-Security-Policy", policy ? policy : default_policy);
	add(m, "X-Content-Type-Options", "nosniff");
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
		if (!fields_get(&r->headers, defaults[i].name))
			add(m, defaults[i].name, defaults[i].value);
	if (s->is_https)
		add(m, "Strict-Transport-Security",
			"max-age=31536000; includeSubDomains");
}

static void
add_headers(struct MHD_Response *m, const struct server *s, const struct reply *r)
{
	add_security(m, s, r);
	for (int i = 0; i < r->headers.count; i++)
		add(m, r->headers.at[i].name, r->headers.at[i].value);
	/* A client that comes back on this connection would find it closed. */
	if (atomic_load_explicit(&s->orders, memory_order_relaxed) != PORTER_OPEN)
		add(m, "Connection", "close");
}

static bool
is_text(const char *type)
{
	static const char *const kinds[] = {"text/", "application/json",
		"application/problem+json", "application/geo+json", "application/xml",
		"application/rss+xml", "application/javascript", "image/svg+xml"};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(type, kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

static bool
may_pack(const struct reply *r)
{
	return r->body.len >= LEAST_TO_PACK && is_text(r->type) &&
	       !fields_get(&r->headers, "Content-Encoding") &&
	       !fields_get(&r->headers, "Content-Disposition");
}

/* The body as it goes out. Says so in the headers when it is compressed, and that it
 * might have been. */
static struct bytes
pack(struct exchange *x)
{
	struct reply *r = &x->reply;
	struct bytes body = buffer_bytes(&r->body), packed;
	const char *accept = request_header(&x->request, "Accept-Encoding");

	if (!may_pack(r))
		return body;
	reply_header(r, "Vary", "Accept-Encoding");
	if (!accept || !fields_accept_coding(accept, "gzip") ||
		!gzip_pack(x->server->gzips, x->arena, body, &packed))
		return body;
	reply_header(r, "Content-Encoding", "gzip");
	/* A strong tag names the bytes, and these are others. */
	if (r->tag && *r->tag == '"')
		r->tag = arena_printf(x->arena, "W/%s", r->tag);
	return packed;
}

static bool
is_unchanged(const struct exchange *x)
{
	const struct reply *r = &x->reply;
	enum method m = x->request.method;

	return r->tag && r->status == 200 && (m == GET || m == HEAD) &&
	       request_holds(&x->request, r->tag);
}

static enum MHD_Result
queue(struct exchange *x, int status, struct MHD_Response *m)
{
	enum MHD_Result result = MHD_queue_response(x->wire, (unsigned)status, m);

	if (result != MHD_YES)
		log_error("request %s: no answer with status %d can be sent", x->id,
			status);
	MHD_destroy_response(m);
	return result;
}

static enum MHD_Result
send_stream(struct exchange *x)
{
	struct stream *stream = stream_open(x);
	struct MHD_Response *m = MHD_create_response_from_callback(
		MHD_SIZE_UNKNOWN, STREAM_BLOCK, stream_read, stream, stream_close);
	enum MHD_Result result;

	if (!m) {
		stream_close(stream);
		return MHD_NO;
	}
	add(m, "Content-Type", "text/event-stream");
	add(m, "X-Accel-Buffering", "no"); /* a proxy must not collect it */
	add_headers(m, x->server, &x->reply);
	atomic_store_explicit(&x->line->deadline, WIRE_NO_DEADLINE, memory_order_relaxed);
	result = queue(x, 200, m);
	exchange_light(x);
	return result;
}

enum MHD_Result
respond_send(struct exchange *x)
{
	struct reply *r = &x->reply;
	struct bytes body = {0};
	struct MHD_Response *m;

	if (r->stream)
		return send_stream(x);
	if (is_unchanged(x))
		r->status = 304;
	else
		body = pack(x);
	m = MHD_create_response_from_buffer(
		body.len, (void *)(uintptr_t)body.at, MHD_RESPMEM_PERSISTENT);
	if (!m)
		return MHD_NO;
	if (body.len > 0)
		add(m, "Content-Type", r->type);
	if (r->tag)
		add(m, "ETag", r->tag);
	if (r->status >= 400)
		add(m, "X-Request-Id", x->id);
	add_headers(m, x->server, r);
	return queue(x, r->status, m);
}

enum MHD_Result
respond_refuse(struct exchange *x, int status)
{
	const struct server_config *c = &x->server->config;

	reply_restart(&x->reply);
	x->reply.status = status;
	if (c->error)
		c->error(c->house, &x->request, status, &x->reply);
	else
		errors_page(&x->request, status, &x->reply);
	if (x->retry)
		reply_header(&x->reply, "Retry-After", x->retry);
	atomic_store_explicit(&x->line->deadline,
		server_clock() + x->server->waits.answer, memory_order_relaxed);
	return respond_send(x);
}

struct MHD_Response *
respond_sorry_new(void)
{
	static char words[] = "The service is being restarted. Try again in a moment.\n";
	struct MHD_Response *m = MHD_create_response_from_buffer(
		sizeof words - 1, words, MHD_RESPMEM_PERSISTENT);

	if (!m)
		return NULL;
	add(m, "Content-Type", "text/plain; charset=utf-8");
	add(m, "Content-Security-Policy",
		"default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
	add(m, "X-Content-Type-Options", "nosniff");
	add(m, "Cache-Control", "no-store");
	add(m, "Retry-After", "2");
	add(m, "Connection", "close");
	return m;
}

/* The holder of an abandoned exchange may still be writing into it: nothing of it is
 * touched here. */
enum MHD_Result
respond_sorry(struct exchange *x)
{
	return MHD_queue_response(x->wire, 503, x->server->sorry);
}
