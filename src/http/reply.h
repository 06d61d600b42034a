/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

/*
 * What is answered. A handler fills it in; the server adds the security headers, the
 * length, the compression and sends it.
 */

#include "base/buffer.h"
#include "base/outcome.h"
#include "http/request.h"

struct stream_end;

struct reply {
	struct arena *arena;
	int status;	     /* 200 until said otherwise */
	const char *type;    /* text/html; charset=utf-8 until said otherwise */
	struct buffer body;
	struct pairs headers; /* further ones; written through reply_header */
	const char *policy;   /* Content-Security-Policy; NULL: the server's default */
	struct stream_end *stream; /* not NULL: server-sent events follow (http/stream) */
};

/* Adds a header. The value must hold no CR, LF or NUL: asserted. */
void reply_header(struct reply *r, const char *name, const char *value);

/* A cookie: HttpOnly, SameSite=Lax, Path=/, Secure when the base address is https.
 * max_age in seconds; 0 deletes it, negative lasts as long as the browser. */
void reply_cookie(struct reply *r, const char *name, const char *value, int64_t max_age);

/* 303 to a local address made by printf. Each %s is percent-encoded as a path segment;
 * only %s and %ld (int64_t) are understood. The result always begins with one '/'. */
enum outcome reply_see_other(struct reply *r, const char *format, ...);

/* JSON or another body, whole. */
enum outcome reply_bytes(struct reply *r, const char *type, struct bytes body);

/* A file to save: attachment, nosniff, its own sandboxing policy (RFC 6266 name). */
enum outcome reply_attachment(struct reply *r, const char *type, const char *filename,
	struct bytes body);

/* Weak or strong validator; when If-None-Match has it the server answers 304. */
void reply_etag(struct reply *r, const char *tag);

#endif
