/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H

/*
 * Server-sent events (WHATWG HTML, section "Server-sent events"). A hub holds the open
 * streams; telling it something wakes those whose owner may see it. A stream that does
 * not read is dropped when 64 notices wait for it; its browser reconnects and reloads.
 * A comment line every 20 s keeps proxies from closing it.
 */

#include "http/reply.h"

struct streams;

struct notice {
	const char *event;   /* "ticket" */
	const char *data;    /* one line of JSON */
	const void *subject; /* what `sees` judges; not sent */
};

/* May the owner of a stream see this? Called on the teller's thread, under a lock: it
 * must be quick and tell nobody anything. */
typedef bool stream_sees(const void *owner, const void *subject);

struct streams *streams_new(void);

/* After every server that has streams of it was stopped. */
void streams_free(struct streams *s);

/* Turns the reply into a stream. `owner` (owner_size bytes) is copied. `sees` may be
 * NULL: everybody sees everything. What was told before the answer went out is not heard.
 */
enum outcome reply_stream(struct reply *r, struct streams *s, stream_sees *sees,
	const void *owner, size_t owner_size);

/* Ends every open stream; browsers come back by themselves and are asked anew what they
 * may see. From any thread. */
void streams_end(struct streams *s);

/* From any thread. */
void streams_tell(struct streams *s, const struct notice *n);

#endif
