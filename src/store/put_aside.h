/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_PUT_ASIDE_H
#define STORE_PUT_ASIDE_H

/*
 * Tickets for whose clocks something could not be done (desk/escalate): the alarm, and
 * when each is tried again. They are no part of what is due to all (kept_clock_due) until
 * it was done. Rows, so that they outlive a restart and hold for every node. One whose
 * clocks no longer want anything (a person solved it) is not read, and goes with the next
 * that is put aside.
 */

#include "store/kept_clock.h"

/* It failed, now or once more: again after 30 s, 1 min, 2 min ... 1 h. False: another
 * node has said so of the same attempt. */
bool put_aside_add(struct work *w, int64_t org, int64_t ticket);

/* It was done. */
void put_aside_remove(struct work *w, int64_t org, int64_t ticket);

/* At most `limit` that are to be tried again at w->now, the longest waiting first. How
 * many. */
int put_aside_due(struct work *w, int limit, struct kept_clock_due *due);

struct put_aside {
	const char *reference;
	int64_t since, attempts, retry_at;
};

struct put_aside_list {
	struct put_aside *at;
	int count;
};

/* The first `most` of an organisation, the longest waiting first. */
void put_aside_read(struct work *w, int64_t org, int most, struct put_aside_list *list);

/* How many there are in all organisations, for /metrics. */
int64_t put_aside_count(struct work *w);

#endif
