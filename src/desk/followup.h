/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_FOLLOWUP_H
#define DESK_FOLLOWUP_H

/* The customer has written again about a ticket: it goes on the timeline, ends a wait,
 * and reopens what was resolved; except that what a machine of theirs wrote (an event
 * `automatic`: out of office, undeliverable) does neither. The ticket must be held;
 * saving is the caller's. */

#include "store/event.h"

void followup_add(struct work *w, struct ticket *t, struct event *message);

/* Takes a resolved or closed ticket back into work, for the customer or for staff. */
void followup_reopen(struct work *w, struct ticket *t, struct event *e, const char *why);

#endif
