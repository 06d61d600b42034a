/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

/*
 * One table says which addresses there are: method, pattern, who may, how large a body,
 * and who answers. Patterns are made of segments:
 *
 *     /staff/queue            these words
 *     /staff/tickets/:ref     one segment of any text, not empty
 *     /requests/:id.json      one segment that ends so
 *     /assets/ *path          the rest of the address, slashes and all (without the
 * blank)
 *
 * Where several fit, words win over a part with an ending, that over a part, and that
 * over the rest. An address with a '/' at its end is another address.
 */

#include "base/buffer.h"
#include "base/outcome.h"
#include "http/reply.h"
#include "http/request.h"
#include "http/server.h"

struct work;
struct router;

enum route_flags {
	ROUTE_SLOW = 1,	  /* reads long: runs in the side pool, not on a web thread */
	ROUTE_STREAM = 2, /* answers with server-sent events */
	ROUTE_OPEN = 4,	  /* other sites may send to it: no origin check, no form token */
	ROUTE_FIRST_FREE = 16, /* from here on the house's own */
};

struct route {
	enum method method;
	const char *pattern;
	unsigned who; /* bits that the house defines; 0 is nobody */
	unsigned flags;
	struct body_rule body;
	uint64_t needs;	 /* rights as the house counts them: any of these; 0: none */
	uint64_t scopes; /* words of a token, of which it needs one; 0: any token */

	/* Answers. */
	enum outcome (*handle)(struct work *w, const struct request *q, struct reply *r);

	/* May be NULL. Costly work of a write, done in the side pool before it enters
	 * its lane; anything but DONE is the end and `handle` does not run. */
	enum outcome (*prepare)(struct work *w, struct request *q, struct reply *r);

	/* May be NULL: every write of the route is prepared. Else only those it says. */
	bool (*aside)(const struct request *q);
};

/* Compiles the table, which must outlive the router. A pattern that is ill formed or
 * stands there twice with one method ends the process: it is a mistake in the program. */
struct router *router_new(struct arena *a, const struct route *routes, int count);

/* The route of q's method and path, its parts put into q->parts; a HEAD without its own
 * route gets that of GET. NULL when there is none. */
const struct route *router_match(const struct router *r, struct request *q);

/* The same for a reader who has no use for the parts. */
const struct route *router_find(const struct router *r, const struct request *q);

/* What Allow must say when the method was wrong: "GET, HEAD, POST". NULL when no method
 * has that path: 404. */
const char *router_allow(const struct router *r, const struct request *q);

/* A line a route: method, pattern, who, flags. `who` may be NULL, then the bits are
 * written as a number. */
void router_print(const struct router *r, struct buffer *out,
	void (*who)(struct buffer *out, unsigned bits));

#endif
