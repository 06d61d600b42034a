/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_TIMELINE_H
#define DESK_TIMELINE_H

/*
 * The one way to write what happened to a ticket. It gives the event its number, moves
 * the clocks (rule/promise says how), and notes the change for open pages.
 *
 * Kinds of event, with their data:
 *
 *   received      channel, by (who wrote it down for them), and the terms promised:
 *                 response, resolution, unit, calendar
 *   acknowledged  an automatic letter left; never stops a clock
 *   message       the customer wrote again
 *   reply         a person answered; stops the response clock
 *   note          internal
 *   claimed       to
 *   assigned      to, from, why (desk: by the house)
 *   unplaced      team: nobody of it can take it
 *   moved         to, from (teams), reason
 *   priority      to, from, reason, and the new terms
 *   waiting       reason, question (seq of the reply that asks the customer)
 *   resumed       why: message, staff
 *   resolved      body is the solution as the customer reads it
 *   reopened      why: message, staff
 *   closed
 *   scored        score
 *   imported      what another system said
 */

#include "desk/routing.h"
#include "store/event.h"

/* The ticket must be held; it is changed in memory, and ticket_save is the caller's. */
void timeline_add(struct work *w, struct ticket *t, struct event *e);

/* Puts the terms of a promise into an event, as `received` and `priority` carry them: the
 * fold over the events needs nothing else. `at` chooses the calendar version. */
void timeline_terms(struct work *w, int64_t org, struct event *e,
	const struct promise_terms *terms, int64_t at);

#endif
