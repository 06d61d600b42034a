/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_HANDOVER_H
#define STORE_HANDOVER_H

/* Where tickets have been: a row for each time one went to another team, so that reports
 * need not read timelines. The legs of a ticket are its hand-overs and one. */

#include "store/ticket.h"

struct handover {
	int64_t seq, at; /* of the event */
	int64_t from, to, actor;
	bool back;    /* that team had it before */
	bool refused; /* it went straight back to who had just handed it over */
};

/* Sets `back` and `refused` from what the ticket's earlier rows say. */
void handover_insert(struct work *w, const struct ticket *t, struct handover *h);

struct handover_list {
	struct handover *at;
	int count;
};

/* Of a ticket that was read through a scope, oldest first. */
void handover_read(struct work *w, const struct ticket *t, struct handover_list *list);

#endif
