/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_HAPPENED_H
#define STORE_HAPPENED_H

/*
 * Everything that happened to the tickets that something happened to since an instant, or
 * whose clocks are not all at their end: for going through what people did (dry runs).
 * Tickets from the newest, page by page; each ticket's events by seq, from its beginning.
 */

#include "format/pairs.h"
#include "store/ticket.h"

struct happened {
	int64_t ticket, created;
	const char *reference, *service, *category, *ticket_kind, *channel;
	int64_t priority, team; /* as they are now, like these: */
	bool restricted, has_customer, has_place, vip, vulnerable;

	int64_t seq, at;
	const char *kind;
	int64_t actor;
	const char *actor_kind;
	bool said; /* somebody wrote something with it */
	struct pairs data;
};

/* At most `limit` tickets of the scope below an id (0: the newest). */
struct rows happened_read(
	struct work *w, const struct scope *s, int64_t since, int64_t below, int limit);

/* The next one; its texts are in the arena. */
bool happened_next(struct work *w, struct rows *r, struct happened *h);

#endif
