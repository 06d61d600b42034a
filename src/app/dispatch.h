/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DISPATCH_H
#define APP_DISPATCH_H

/*
 * From a complete request to its answer. A request is a transaction: dispatch begins,
 * finds out who asks, runs the handler, commits, and only then answers.
 *
 *	GET, HEAD	at once on the web thread, on a read-only snapshot;
 *			ROUTE_SLOW in the side pool
 *	all others	`prepare` in the side pool, `handle` in a write lane
 *
 * A read that noted what was seen (store/audit) leaves it for the audit: after a GET that
 * showed a restricted ticket a write lane takes it before the answer leaves; other looks
 * are collected (app/sights).
 *
 * A handler that ends DONE is committed, whatever the status of its page (a form that is
 * shown again with its problems was kept as a draft); any other outcome undoes what it
 * wrote. It may be run again, so it has no effect outside the database.
 */

#include "app/house.h"

/* The bits of struct route.who. Default deny: a route without a bit answers nobody. */
enum who {
	WHO_ANYONE = 1, /* no account needed */
	WHO_PERSON = 2, /* signed in: a customer or staff */
	WHO_STAFF = 4,	/* signed in, with a role beyond customer */
	WHO_TOKEN = 8,	/* a bearer token */
	WHO_ADMIN = 16, /* staff with RIGHT_ADMIN where they work now */
};

/* For server_config. */
struct body_rule dispatch_body(void *house, const struct request *q);
void dispatch_answer(void *house, struct exchange *x);
void dispatch_error(void *house, const struct request *q, int status, struct reply *r);

/* "staff", "anyone, token": for the printed table. */
void dispatch_who(struct buffer *out, unsigned bits);

#endif
