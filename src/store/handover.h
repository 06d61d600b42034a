/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_HANDOVER_H
#define STORE_HANDOVER_H

/* Where tickets have been: a row for each time one went to another team, so that reports
 * need not read timelines. The legs of a ticket are its hand-overs and one. */

#include "store/event.h"

struct handover {
	int64_t seq, at; /* of the event */
	int64_t from, to, actor;
	bool back;	/* that team had it before */
	bool refused;	/* it went straight back to who had just handed it over */
	int64_t ticket; /* read along by handover_read_run */
};

/* Sets `back` and `refused` from what the ticket's earlier rows say. */
void handover_insert(struct work *w, const struct ticket *t, struct handover *h);

struct handover_list {
	struct handover *at;
	int count;
};

/* Of a ticket that was read through a scope, oldest first. */
void handover_read(struct work *w, const struct ticket *t, struct handover_list *list);

/* --- for `check` -- */

/* Everything that is written of one as one text: equal when every field agrees. */
const char *handover_text(struct arena *a, const struct handover *h);

/* Of an organisation's tickets from `first` to `last`, by ticket and seq. */
void handover_read_run(struct work *w, int64_t org, int64_t first, int64_t last,
	struct handover_list *list);

/* What the tickets themselves say. */
struct handover_count {
	int64_t ticket, team, handovers, reopened;
};

struct handover_count_list {
	struct handover_count *at;
	int count;
};

void handover_counts(struct work *w, int64_t org, int64_t first, int64_t last,
	struct handover_count_list *list);

#endif
