/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_RULE_APPLY_H
#define STORE_RULE_APPLY_H

/* Versions of rule tables that were published for open tickets too, and how far the job
 * has come with each. */

#include "store/work.h"

struct rule_apply {
	int64_t org;
	const char *name;
	int64_t version;
	int64_t reached; /* the last ticket id that was looked at */
	int64_t looked, changed, kept;
	int64_t begun, ended; /* 0: it is not over */
	int64_t author;
};

void rule_apply_begin(struct work *w, int64_t org, const char *name, int64_t version);

/* The oldest that is not over; MISSING when nothing waits. */
enum outcome rule_apply_next(struct work *w, struct rule_apply *a) must_check;

/* DONE or MISSING. */
enum outcome rule_apply_get(struct work *w, int64_t org, const char *name,
	int64_t version, struct rule_apply *a) must_check;

/* Notes the next batch as done by this transaction; false when another process has taken
 * it. `from` is where it began. */
bool rule_apply_step(struct work *w, const struct rule_apply *a, int64_t from);

/* The next open tickets of the organisation after a->reached, by id. */
int rule_apply_tickets(
	struct work *w, const struct rule_apply *a, int most, int64_t *ids);

#endif
