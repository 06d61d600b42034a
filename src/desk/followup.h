/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_FOLLOWUP_H
#define DESK_FOLLOWUP_H

/* The customer has written again about a ticket: it goes on the timeline, ends a wait,
 * and reopens what was resolved; except that what a machine of theirs wrote (an event
 * `automatic`: out of office, undeliverable) does neither. The ticket must be held;
 * saving is the caller's. */

#include "store/event.h"

void followup_add(struct work *w, struct ticket *t, struct event *message);

/* May the customer's message join it? False where the organisation's rules keep what was
 * solved or closed as it is: then the message is a ticket of its own. */
bool followup_takes(struct work *w, const struct ticket *t);

/* Takes a resolved or closed ticket back into work, for the customer or for staff. DONE,
 * or INVALID with a problem (desk/status). */
enum outcome followup_reopen(
	struct work *w, struct ticket *t, struct event *e, const char *why) must_check;

#endif
