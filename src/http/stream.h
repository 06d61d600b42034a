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

/* Whose stream it is: `size` bytes, which are copied. `endings` is streams_endings() from
 * before it was asked what they may see. */
struct stream_owner {
	stream_sees *sees; /* NULL: everybody sees everything */
	const void *at;
	size_t size;
	uint64_t endings;
};

/* Turns the reply into a stream. What was told before the answer went out is not heard;
 * when any streams were ended meanwhile, this one ends at once. */
enum outcome reply_stream(
	struct reply *r, struct streams *s, const struct stream_owner *owner);

/* Ends the open streams whose owner it `is`, all when NULL; browsers come back by
 * themselves and are asked anew what they may see. From any thread; `is` is called as
 * stream_sees. */
typedef bool stream_is(const void *owner, const void *what);
void streams_end(struct streams *s, stream_is *is, const void *what);

/* How often that happened. */
uint64_t streams_endings(const struct streams *s);

/* From any thread. */
void streams_tell(struct streams *s, const struct notice *n);

#endif
