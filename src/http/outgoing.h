/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_OUTGOING_H
#define HTTP_OUTGOING_H

/*
 * The one way in which the house asks somebody else's server: webhooks, other bodies'
 * Open311, photographs by address, identity providers. Addresses come from people, so:
 *
 *	http and https only, no name and password in the address
 *	the address that is really connected to is looked at, after the name was resolved
 *	and however it was written: public hosts only (format/network), and the networks
 *	that the configuration allows beside them ("outgoing-allow")
 *	redirects are not followed; proxies of the environment are not used
 *	time and size are bounded
 *
 * It blocks: call it from a job or from a route's `prepare`, never from a write lane.
 * Safe from several threads.
 */

#include "base/outcome.h"
#include "format/network.h"
#include "format/pairs.h"

/* Which networks may be reached beside the public ones; NULL is none. */
struct outgoing {
	struct network_list allowed;
};

struct outgoing_call {
	const char *method; /* GET POST PUT PATCH DELETE */
	const char *url;
	struct pairs headers; /* no CR or LF in them: else INVALID */
	struct bytes body;
	size_t most; /* bytes of the answer that are kept; 0: 1 MiB */
	int seconds; /* for all of it; 0: 15 */
};

struct outgoing_answer {
	int status;
	const char *type;     /* Content-Type, "" when there was none */
	struct pairs headers; /* names in small letters */
	struct bytes body;
	bool cut;	     /* there was more than `most` */
	const char *problem; /* in English, for the log: never NULL unless DONE */
};

/* DONE: an answer came, of whatever status. INVALID: the address or a header cannot be
 * sent. DENIED: it leads where we do not go. FAULT: no answer (refused, time, TLS): may
 * work later. */
enum outcome outgoing_send(const struct outgoing *o, struct arena *a,
	const struct outgoing_call *c, struct outgoing_answer *got) must_check;

/* Could the address be asked at all: for forms, before anything is resolved. An address
 * that is written as a number must be public or allowed. */
bool outgoing_may(const struct outgoing *o, struct arena *a, const char *url);

/* Where a Location leads that was said at that address: it may leave out what stays the
 * same (RFC 9110, section 10.2.2). NULL: nowhere. Whether it may be asked, outgoing_send
 * judges. */
const char *outgoing_onward(struct arena *a, const char *from, const char *location);

#endif
