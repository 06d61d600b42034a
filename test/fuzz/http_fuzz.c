/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "format/urlencoded.h"
#include "http/fields.h"
#include "http/framing.h"
#include "http/guard.h"
#include "http/origin.h"
#include "http/reply.h"
#include "http/router.h"
#include "http/target.h"

#include <string.h>

static enum outcome
answer(struct work *w, const struct request *q, struct reply *r)
{
	(void)w, (void)q, (void)r;
	return DONE;
}

static const struct route table[] = {
	{.method = GET, .pattern = "/", .handle = answer},
	{.method = GET, .pattern = "/a/:b", .handle = answer},
	{.method = POST, .pattern = "/a/:b/:c", .handle = answer},
	{.method = GET, .pattern = "/a/b/:c.json", .handle = answer},
	{.method = GET, .pattern = "/a/b/:c", .handle = answer},
	{.method = GET, .pattern = "/z/*rest", .handle = answer},
};

/* An address of our own: a browser that is sent there stays here. */
static void
require_local(const char *address)
{
	fuzz_require(address[0] == '/' && address[1] != '/' && address[1] != '\\');
	fuzz_require(fields_is_value(bytes_of(address)));
}

static void
try_target(struct arena *a, struct bytes raw, struct request *q)
{
	struct bytes rest;
	struct target t;

	q->path = "/";
	if (!target_parse(a, raw, &t))
		return;
	fuzz_require(t.path[0] == '/' && bytes_are_text(bytes_of(t.path)));
	fuzz_require(fields_is_value(bytes_of(t.path)));
	rest = bytes_of(t.path);
	while (rest.len > 0) {
		struct bytes segment = bytes_cut(&rest, '/');

		fuzz_require(!bytes_equal(segment, bytes_of("..")));
	}
	q->path = t.path;
	urlencoded_parse(a, t.query, &q->query);
}

static void
try_router(struct arena *a, struct request *q)
{
	struct router *r = router_new(a, table, sizeof table / sizeof *table);
	const struct route *route = router_match(r, q);

	fuzz_require(route == router_find(r, q));
	fuzz_require(!route || router_allow(r, q));
	for (int i = 0; i < q->parts.count; i++)
		fuzz_require(q->parts.at[i].value[0]);
}

/* Lines of "name: value", as libmicrohttpd would give them. */
static void
read_headers(struct arena *a, struct bytes in, struct request *q)
{
	while (in.len > 0) {
		struct bytes value = bytes_cut(&in, '\n');
		struct bytes name = bytes_cut(&value, ':');

		value = bytes_trim(value);
		if (!fields_is_token(name) || !fields_is_value(value))
			continue;
		fields_add(a, &q->headers, arena_text(a, name.at, name.len),
			bytes_text_lossy(a, value));
	}
}

static void
try_framing(struct request *q)
{
	struct framing f = framing_read(&q->headers, HTTP_1_1, q->method);
	int lengths = fields_count(&q->headers, "Content-Length");
	int codings = fields_count(&q->headers, "Transfer-Encoding");

	if (f.status)
		return;
	fuzz_require(lengths + codings <= 1);
	fuzz_require(fields_count(&q->headers, "Host") == 1);
	fuzz_require((f.length == FRAMING_CHUNKED) == (codings == 1));
	fuzz_require(f.length <= INT32_MAX && f.length >= FRAMING_CHUNKED);
}

static void
try_value(struct arena *a, const char *value, struct request *q)
{
	struct reply r = reply_in(a);
	const char *address = fields_address(a, bytes_of(value));

	fields_cookies(a, value, &q->cookies);
	fields_accept_coding(value, "gzip");
	fuzz_require(!address || fields_lists_address(a, address, address));
	if (address)
		guard_peer_named(address);
	(void)fields_match_tag(value, "W/\"v1\"");
	fuzz_require(!origin_token_fits("secret", value));
	require_local(
		(reply_return_to(&r, value, "/"), reply_has_header(&r, "Location")));
	reply_restart(&r);
	require_local((reply_see_other(&r, "/%s/%s?q=%s", value, value, value),
		reply_has_header(&r, "Location")));
	(void)reply_attachment(&r, "text/plain", value, bytes_of(""));
}

/* The first line is the target, the others are headers. */
void
fuzz_one(struct arena *a, struct bytes in)
{
	struct request q = {.arena = a, .id = "x"};

	q.method = (enum method)fuzz_take(&in, OPTIONS);
	try_target(a, bytes_cut(&in, '\n'), &q);
	try_router(a, &q);
	read_headers(a, in, &q);
	try_framing(&q);
	for (int i = 0; i < q.headers.count; i++)
		try_value(a, q.headers.at[i].value, &q);
	for (int i = 0; i < q.cookies.count; i++)
		fuzz_require(bytes_are_text(bytes_of(q.cookies.at[i].value)));
	fuzz_require(q.cookies.count <= FIELDS_COOKIES);
	(void)!origin_check(&q, "https://desk.example.org");
	fields_forwarded(a, &q.headers, "10.0.0.1,::1", "10.0.0.1");
}
