/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_PUBLISHING_H
#define DESK_PUBLISHING_H

/*
 * What everybody may follow: a ticket of a service marked for Open311 is published when
 * it is made, and what is done about it becomes an update with a status of the mySociety
 * extension (open311.md section 4). Both are written in the transaction of their cause,
 * at the time of publication.
 */

#include "store/contact.h"
#include "store/event.h"
#include "store/service.h"

/* For a new ticket. `token` is that of a batch service, else NULL. */
void publishing_begin(struct work *w, const struct ticket *t, const struct service *s,
	const struct contact *c);

/* After an event was added to a ticket. */
void publishing_follow(struct work *w, const struct ticket *t, const struct event *e);

#endif
