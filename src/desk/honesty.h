/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_HONESTY_H
#define DESK_HONESTY_H

/* How many promises of a period were kept, and how many would have been without any
 * pause: the difference is what pauses are worth. */

#include "store/truth.h"

struct honesty {
	int64_t stopped;   /* resolution clocks that stopped in the period */
	int64_t cancelled; /* tickets: neither met nor missed, and not among these */
	int64_t tightened; /* of those missed: a shorter target broke them, not time */
	int64_t met;	   /* as counted, pauses deducted */
	int64_t unpaused;  /* met also when no pause is deducted */
	int64_t *gained;   /* tickets met only because of their pauses, once a cycle */
	int gained_count;
	bool more; /* too many paused ones to look at all: `unpaused` is too high */
};

void honesty_read(struct work *w, const struct scope *s, const struct figures_period *p,
	struct honesty *h);

/* The tickets behind a figure, of those that the actor may see: "met", "missed",
 * "tightened", "cancelled", "gained" (met only because of their pauses), "pauses",
 * "late", "moves", "back", "refused", "touched". q->what is set. MISSING when there is no
 * such figure. */
enum outcome honesty_tickets(struct work *w, const char *figure, struct truth_question *q,
	struct truth_tickets *list) must_check;

#endif
