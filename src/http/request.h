/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

/*
 * What was asked, read-only. The server has checked framing, sizes and UTF-8 before a
 * handler sees it; names and values are text (no NUL, valid UTF-8).
 */

#include "base/arena.h"
#include "base/bytes.h"
#include "format/pairs.h"

enum method { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS };

/* A file that came with a form: its bytes are in an unlinked temporary file. */
struct upload {
	const char *field;
	const char *filename; /* as the client said: data, never a path */
	const char *type;     /* as the client said: data, never trusted */
	int fd;		      /* rewound; closed by the server after the answer */
	int64_t size;
};

struct request {
	struct arena *arena;
	enum method method;
	const char *path;   /* percent-decoded, begins with '/' */
	const char *target; /* path and query as they were sent */
	const char *peer;   /* the client's address: "127.0.0.1" */
	const char *id;	    /* of this request, for the log: 16 letters */
	struct pairs query; /* in order, repeats kept */
	struct pairs form;  /* urlencoded or multipart text fields, in order */
	struct pairs cookies;
	struct pairs headers;
	struct pairs parts; /* filled by the router from the pattern's :names */
	struct bytes body;  /* of types other than forms, up to the route's limit */
	struct upload *uploads;
	int upload_count;
};

/* The first value, or "" : a form's text is never NULL. Trimmed of blanks at both ends.
 */
const char *form_text(const struct request *q, const char *name);
const char *query_text(const struct request *q, const char *name);
const char *path_part(const struct request *q, const char *name);

/* The whole number that such a text begins with, as ids and choices are sent; 0 when it
 * begins with none. */
int64_t form_int(const struct request *q, const char *name);
int64_t path_int(const struct request *q, const char *name);

/*
 * Stands before the name of each cookie where the base address is https: a browser takes
 * such a cookie from this host alone, over TLS (RFC 6265bis 4.1.3.2). The server puts it
 * there and takes it away; a cookie without it is then not read, so that neither another
 * host of the domain nor a request in the clear can plant one.
 */
#define REQUEST_HOST_COOKIE "__Host-"

/* NULL when absent. Header names without regard to case. */
const char *request_header(const struct request *q, const char *name);
const char *request_cookie(const struct request *q, const char *name);
const struct upload *request_upload(const struct request *q, const char *field);

/* The whole of an upload; fewer bytes than its size when it cannot be read. */
struct bytes request_upload_bytes(struct arena *a, const struct upload *u);

/* True when the client already holds the version with this tag (If-None-Match, weak
 * comparison): then rendering may be left out, reply_etag said and nothing more. */
bool request_holds(const struct request *q, const char *tag);

/* A whole number from the query, `otherwise` when absent or not a number in range. */
int64_t query_int(const struct request *q, const char *name, int64_t least, int64_t most,
	int64_t otherwise);

#endif
