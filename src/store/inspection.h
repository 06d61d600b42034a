/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_INSPECTION_H
#define STORE_INSPECTION_H

/* What `check` asks of all rows at once: promises that no single constraint can keep. All
 * of it only reads. */

#include "store/ticket.h"

/* The ids of tickets after one, in order; returns how many, at most `most`. */
int inspection_ids(
	struct work *w, const struct scope *s, int64_t after, int most, int64_t *ids);

struct inspection_finding {
	int64_t count;	   /* how many rows are wrong */
	const char *first; /* what is wrong with the first, or NULL */
};

/* ticket.events is the number of the newest event, no number is left out, no event is
 * without a ticket. */
void inspection_timelines(
	struct work *w, const struct scope *s, struct inspection_finding *f);

/* ticket.open says whether something is owed; solved and closed ones say since when. */
void inspection_states(
	struct work *w, const struct scope *s, struct inspection_finding *f);

/* Waiting letters say when they are due, sent ones when they left. */
void inspection_outbox(struct work *w, int64_t org, struct inspection_finding *f);

/* Tickets, events and letters of an organisation, for the report. */
struct inspection_size {
	int64_t tickets, events, letters;
};

void inspection_size(struct work *w, const struct scope *s, struct inspection_size *size);

#endif
