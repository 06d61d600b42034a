/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_RECEIVED_H
#define STORE_RECEIVED_H

/*
 * Tickets as they were when they came: what the first decision saw of them, and the words
 * of the contact. Newest first, page by page, for going through many at once (dry runs).
 */

#include "base/buffer.h"
#include "format/pairs.h"
#include "store/ticket.h"

struct received {
	int64_t ticket, created;
	const char *reference, *service, *channel;
	bool restricted;
	bool kept;	  /* what was seen of it */
	struct pairs saw; /* see desk/routing */
	const char *text; /* the subject and the words of the contact */
};

/* Where a page begins or ends; created 0: at the newest. */
struct received_place {
	int64_t created, ticket;
};

/* A page that is read row by row. */
struct received_page {
	struct rows rows;
	struct buffer text;
};

/* At most `limit` tickets of the scope after a place, none from before `since`. */
struct received_page received_read(struct work *w, const struct scope *s, int64_t since,
	struct received_place after, int limit);

/* The next one; its texts stay until the next call. */
bool received_next(struct work *w, struct received_page *p, struct received *r);

/* The subject and the words of the contact that a ticket began with, as above. */
const char *received_text(struct work *w, const struct ticket *t);

/* What happened to the tickets of a page, in the same order, each ticket's events by seq:
 * of those kinds alone that the clock of the solution cares for. */
struct received_event {
	int64_t ticket, seq, at;
	const char *kind;
	struct pairs data; /* in the arena */
};

struct rows received_events(struct work *w, const struct scope *s,
	struct received_place first, struct received_place last);
bool received_event(struct work *w, struct rows *r, struct received_event *e);

#endif
