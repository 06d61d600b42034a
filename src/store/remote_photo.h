/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_REMOTE_PHOTO_H
#define STORE_REMOTE_PHOTO_H

/* Photographs of which only the address came (Open311's media_url). They are written in
 * the transaction of what they came with and fetched later (app/photos), each kept once.
 */

#include "store/ticket.h"

struct remote_photo {
	int64_t org, id, ticket, seq, tries;
	const char *address; /* http, https or data */
};

struct remote_photo_list {
	struct remote_photo *at;
	int count;
};

/* To be fetched from now on, for the event numbered `seq`. */
void remote_photo_insert(
	struct work *w, const struct ticket *t, int64_t seq, const char *address);

/* Is there one whose time it is? Cheap: asked before taking. */
bool remote_photo_due(struct work *w);

/* Takes up to `limit` that are due and hides them from other takers for `lease` seconds;
 * when no verdict follows they are due again. */
void remote_photo_take(
	struct work *w, int limit, int64_t lease, struct remote_photo_list *list);

/* It is here: true for the one who may keep it, false when another node was first. */
bool remote_photo_kept(struct work *w, const struct remote_photo *p);

/* It may come later: 30 s, 1 min, 2 min ... to an hour, REMOTE_PHOTO_TRIES times; true
 * when that was the last time. */
enum { REMOTE_PHOTO_TRIES = 20 };
bool remote_photo_failed(struct work *w, const struct remote_photo *p, const char *error);

/* It will never come. */
void remote_photo_refused(
	struct work *w, const struct remote_photo *p, const char *error);

#endif
