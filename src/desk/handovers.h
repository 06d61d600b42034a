/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_HANDOVERS_H
#define DESK_HANDOVERS_H

/* The list of hand-overs (store/handover) and what a ticket counts of itself are a cache:
 * the events `moved` and `reopened` say the same. */

#include "store/work.h"

/* Rebuilds the hand-overs of tickets from their events alone and compares them with the
 * rows, text for text; and how often each was handed over and reopened, and where it is,
 * with the ticket. Only reads. `ids` in order; those that are wrong come first then; how
 * many. */
int handovers_check_page(struct work *w, int64_t org, int64_t *ids, int count);

#endif
