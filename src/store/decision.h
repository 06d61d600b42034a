/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_DECISION_H
#define STORE_DECISION_H

/* Why a ticket is where it is: the table row that decided, what it saw, what it gave. */

#include "format/pairs.h"
#include "store/ticket.h"

struct decision {
	const char *name;	   /* priority route target */
	int64_t version, position; /* position 0: the service's own value decided */
	struct pairs saw, gave;
	int64_t seq; /* of the event that caused it; set when read */
};

struct decision_list {
	struct decision *at;
	int count;
};

/* With the event numbered `seq`. */
void decision_insert(
	struct work *w, const struct ticket *t, int64_t seq, const struct decision *d);

/* All of a ticket that was read through a scope, oldest first. */
void decision_read(struct work *w, const struct ticket *t, struct decision_list *list);

#endif
