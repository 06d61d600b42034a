/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_STATUS_H
#define DESK_STATUS_H

/*
 * The one place where a ticket gets another status, for pages, the API, other systems and
 * jobs alike (tools/lint sees to that; an import writes what was long ago). What may
 * follow what is the organisation's table `status` (rule/status_rule); a right that a row
 * asks for is asked of people, not of the customer or the house.
 */

#include "store/ticket.h"

/* Sets the status of a held ticket and what goes with it: when it was solved or closed,
 * what is waited for. `words` is what is said with the change, or NULL. DONE; INVALID
 * with a problem of the field "status" which says what would be allowed. */
enum outcome status_change(struct work *w, struct ticket *t, enum ticket_status to,
	const char *words) must_check;

/* A person began to work on it: what was new is open. */
enum outcome status_begin(struct work *w, struct ticket *t) must_check;

/* The statuses that the actor could give it now, as bits (1 << TICKET_OPEN); what a row
 * demands is asked for only when it happens. */
unsigned status_choices(struct work *w, const struct ticket *t);

static inline bool
status_among(unsigned choices, enum ticket_status s)
{
	return choices >> s & 1;
}

#endif
