/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

/*
 * What is answered. A handler fills it in; the server adds the security headers, the
 * length, the compression and sends it.
 *
 * Headers the server sets unless the handler did: Content-Security-Policy (from
 * `policy`), Cache-Control: no-store, Referrer-Policy, Permissions-Policy,
 * Cross-Origin-Opener-Policy, X-Frame-Options. X-Content-Type-Options, Vary,
 * Content-Length, Date and Strict-Transport-Security are always its own.
 */

#include "base/buffer.h"
#include "base/outcome.h"
#include "http/request.h"

struct stream_end;

struct reply {
	struct arena *arena;
	int status;	  /* 200 until said otherwise */
	const char *type; /* text/html; charset=utf-8 until said otherwise */
	struct buffer body;
	struct pairs headers; /* further ones; written through reply_header */
	const char *policy;   /* Content-Security-Policy; NULL: the server's default */
	const char *tag;      /* the entity tag; written through reply_etag */
	bool secure;	      /* the base address is https: cookies are Secure */
	struct stream_end *stream; /* not NULL: server-sent events follow (http/stream) */
};

/* An empty reply whose texts and body live in the arena. */
struct reply reply_in(struct arena *a);

/* Forgets what a handler wrote, so that it can be run again. */
void reply_restart(struct reply *r);

/* Adds a header. The value must hold no CR, LF or NUL: asserted. Both are kept, not
 * copied. */
void reply_header(struct reply *r, const char *name, const char *value);

/* The value of a header added so far, or NULL. */
const char *reply_has_header(const struct reply *r, const char *name);

/* A cookie: HttpOnly, SameSite=Lax, Path=/; when the base address is https also Secure,
 * and REQUEST_HOST_COOKIE stands before its name. max_age in seconds; 0 deletes it,
 * negative lasts as long as the browser. The value must be of cookie characters (RFC
 * 6265: no blank, quote, comma, semicolon or backslash): asserted. */
void reply_cookie(struct reply *r, const char *name, const char *value, int64_t max_age);

/* 303 to a local address made by printf. Each %s is percent-encoded as a path segment;
 * only %s, %ld (int64_t) and %% are understood. The result always begins with one '/'. */
enum outcome reply_see_other(struct reply *r, const char *format, ...);

/* 303 to an address that came from outside ("return to"), when it is a local path that
 * target_parse accepts; to `otherwise` when it is not. NULL and "" are not. */
enum outcome reply_return_to(struct reply *r, const char *address, const char *otherwise);

/* JSON or another body, whole. The bytes are not copied: they must stay as they are
 * until the answer is sent, as those of the arena and of the program do. */
enum outcome reply_bytes(struct reply *r, const char *type, struct bytes body);

/* A file to save: attachment, nosniff, its own sandboxing policy (RFC 6266 name). The
 * bytes are not copied. */
enum outcome reply_attachment(
	struct reply *r, const char *type, const char *filename, struct bytes body);

/* Weak or strong validator: W/"x" or "x"; without quotes it is made weak. When
 * If-None-Match has it the server answers 304. A browser keeps a page, and sends its tag,
 * only when Cache-Control is set too ("private, no-cache"): no-store is the default. */
void reply_etag(struct reply *r, const char *tag);

#endif
