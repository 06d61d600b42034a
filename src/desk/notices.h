/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_NOTICES_H
#define DESK_NOTICES_H

/* What staff hear by e-mail, in their language: put into the outbox in the transaction of
 * its cause, to leave in the working hours of whom it is for
 * (desk/own_hours), unless what they say is over by then (desk/outdated). */

#include "rule/escalation.h"
#include "rule/promise.h"
#include "store/escalation_row.h"
#include "store/ticket.h"

struct notice {
	const struct promise_state *clock;
	const struct escalation_step *step; /* NULL: the breach */
	unsigned notify;		    /* TABLE_NOTIFY_... */
	bool any_hour;
};

/* Tells everybody whom a step names, each once. The names of those who are told, with
 * commas; "" when it is nobody. */
const char *notices_step(struct work *w, const struct ticket *t, const struct notice *n);

/* Nobody can take a ticket of a team that the desk assigns to: to the team's leaders. At
 * any hour only when it is urgent. */
void notices_unplaced(struct work *w, const struct ticket *t, bool any_hour);

/* Machines act on each other over a ticket (desk/loop): to the leaders, in their hours.
 */
void notices_looped(struct work *w, const struct ticket *t);

/* A day declared closed afterwards, to who is named as having approved it. */
struct notice_closure {
	int64_t org, calendar;
	struct date date;
	const char *reason, *references; /* those on a line each */
};

/* In their hours. False: there is no address to tell them by. */
bool notices_closure(struct work *w, const struct notice_closure *c,
	const struct escalation_person *approver);

#endif
