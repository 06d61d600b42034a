/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_TELLING_MESSAGE_H
#define DESK_TELLING_MESSAGE_H

/* The body of a message to a subscription: JSON with type, timestamp and data. It says
 * which ticket and what happened, and nothing of a person. */

#include "store/event.h"
#include "store/webhook.h"

const char *telling_message(
	struct work *w, const struct ticket *t, const struct event *e);
const char *telling_message_test(struct work *w, const struct webhook *h);

#endif
