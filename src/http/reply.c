/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/reply.h"

#include "format/urlencoded.h"
#include "http/fields.h"
#include "http/target.h"
#include "weaken.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

enum { FIRST_ROOM = 4096 };

static const char sandbox[] = "default-src 'none'; object-src 'none'; base-uri 'none'; "
			      "frame-ancestors 'none'; sandbox";

struct reply
reply_in(struct arena *a)
{
	return (struct reply){
		.arena = a,
		.status = 200,
		.type = "text/html; charset=utf-8",
		.body = buffer_in(a, FIRST_ROOM),
	};
}

void
reply_restart(struct reply *r)
{
	bool secure = r->secure;

	*r = reply_in(r->arena);
	r->secure = secure;
}

void
reply_header(struct reply *r, const char *name, const char *value)
{
	assert(fields_is_token(bytes_of(name)) && fields_is_value(bytes_of(value)));
	fields_add(r->arena, &r->headers, name, value);
}

const char *
reply_has_header(const struct reply *r, const char *name)
{
	return fields_get(&r->headers, name);
}

static bool
is_cookie_value(const char *value)
{
	for (const unsigned char *p = (const unsigned char *)value; *p; p++)
		if (*p <= ' ' || *p >= 0x7F || strchr("\",;\\", *p))
			return false;
	return true;
}

void
reply_cookie(struct reply *r, const char *name, const char *value, int64_t max_age)
{
	struct buffer b = buffer_in(r->arena, 128);

	assert(fields_is_token(bytes_of(name)) && is_cookie_value(value));
	if (r->secure)
		buffer_literal(&b, REQUEST_HOST_COOKIE);
	buffer_text_add(&b, name);
	buffer_char(&b, '=');
	buffer_text_add(&b, value);
	buffer_literal(&b, "; Path=/; HttpOnly; SameSite=Lax");
	if (max_age >= 0) {
		buffer_literal(&b, "; Max-Age=");
		buffer_int(&b, max_age);
	}
	if (r->secure)
		buffer_literal(&b, "; Secure");
	reply_header(r, "Set-Cookie", buffer_text(&b));
}

static enum outcome
see_other(struct reply *r, const char *address)
{
	r->status = 303;
	r->body.len = 0;
	reply_header(r, "Location", address);
	return DONE;
}

static void
add_formatted(struct buffer *b, const char *format, va_list args)
{
	for (const char *p = format; *p; p++) {
		if (*p != '%') {
			buffer_char(b, *p);
		} else if (p[1] == 's') {
			urlencoded_add(b, va_arg(args, const char *));
			p++;
		} else if (p[1] == 'l' && p[2] == 'd') {
			buffer_int(b, va_arg(args, int64_t));
			p += 2;
		} else {
			assert(p[1] == '%');
			buffer_char(b, '%');
			p++;
		}
	}
}

enum outcome
reply_see_other(struct reply *r, const char *format, ...)
{
	struct buffer b = buffer_in(r->arena, 128);
	const char *address;
	va_list args;

	buffer_char(&b, '/');
	va_start(args, format);
	add_formatted(&b, format, args);
	va_end(args);
	address = buffer_text(&b);
	return see_other(r, address + strspn(address, "/\\") - 1);
}

enum outcome
reply_return_to(struct reply *r, const char *address, const char *otherwise)
{
	struct target t;

#ifdef WEAKEN_REDIRECT
	if (address && *address)
		return see_other(r, address);
#endif
	if (address && address[0] == '/' && address[1] != '/' && address[1] != '\\' &&
		target_parse(r->arena, bytes_of(address), &t))
		return see_other(r, t.text);
	return see_other(r, otherwise);
}

enum outcome
reply_bytes(struct reply *r, const char *type, struct bytes body)
{
	r->type = type;
	/* A full buffer: whoever adds to it moves it to the arena first. */
	r->body = (struct buffer){
		.arena = r->arena,
		.at = (char *)(uintptr_t)body.at,
		.len = body.len,
		.size = body.len,
	};
	return DONE;
}

/* RFC 6266: a plain name for old readers, and the true one percent-encoded. */
static const char *
disposition(struct arena *a, const char *filename)
{
	struct buffer b = buffer_in(a, 64 + strlen(filename) * 4);

	buffer_literal(&b, "attachment; filename=\"");
	for (const unsigned char *p = (const unsigned char *)filename; *p; p++) {
		bool plain = *p >= ' ' && *p < 0x7F && !strchr("\"\\/%;", *p);

		buffer_char(&b, plain ? (char)*p : '_');
	}
	buffer_literal(&b, "\"; filename*=UTF-8''");
	urlencoded_add(&b, filename);
	return buffer_text(&b);
}

enum outcome
reply_attachment(
	struct reply *r, const char *type, const char *filename, struct bytes body)
{
	const char *how = disposition(r->arena, filename);

#ifdef WEAKEN_ATTACHMENT
	how = "inline";
#endif
	r->policy = sandbox;
	reply_header(r, "Content-Disposition", how);
	return reply_bytes(r, type, body);
}

void
reply_etag(struct reply *r, const char *tag)
{
	r->tag = strchr(tag, '"') ? tag : arena_printf(r->arena, "W/\"%s\"", tag);
	assert(fields_is_value(bytes_of(r->tag)));
}
