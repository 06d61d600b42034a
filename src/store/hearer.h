/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_HEARER_H
#define STORE_HEARER_H

/* What we do about a ticket, for the other bodies (store/body) that know it and want to
 * hear of it: letters of a kind of their own in the outbox. */

#include "store/outbox.h"
#include "store/ticket.h"

#define HEARER_KIND "open311-update"

enum { HEARER_MOST = 20 };

/* Those that are to hear of a ticket which they know under an id of theirs, or which is
 * on its way to them. */
struct hearer {
	int64_t body;
	const char *told; /* the status they were told last; "" : none */
};

struct hearer_list {
	struct hearer *at;
	int count;
};

void hearer_list(struct work *w, const struct ticket *t, struct hearer_list *list);

/* An update: what the event `seq` did, and the status that holds `then`. */
struct hearer_telling {
	int64_t seq;
	const char *status, *then;
};

/* Puts it into the outbox, once for ever. */
void hearer_tell(struct work *w, const struct ticket *t, int64_t body,
	const struct hearer_telling *what);

/* One as it was put there, without `then`. */
struct hearer_telling hearer_telling_of(struct work *w, const struct letter *l);

/* Their id of a ticket; "" while they have none. */
const char *hearer_id(struct work *w, int64_t org, int64_t body, int64_t ticket);

#endif
