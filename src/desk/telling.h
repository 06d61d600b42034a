/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_TELLING_H
#define DESK_TELLING_H

/*
 * Other systems hear of an event: a message for each subscription that wants it, put into
 * the outbox in the transaction of the event. It says which ticket and what happened, and
 * nothing of a person: who wants more asks the API, with a token of their own.
 */

#include "store/event.h"
#include "store/webhook.h"

/* After an event was added to a ticket. */
void telling_follow(struct work *w, const struct ticket *t, const struct event *e);

/* A message to try a subscription out; the message's id. */
int64_t telling_try(struct work *w, const struct webhook *h);

/* Is it a kind of event that can be subscribed to? */
bool telling_known(const char *kind);

#endif
