/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SAVED_REPLY_H
#define STORE_SAVED_REPLY_H

#include "store/ticket.h"

/* A half-written reply of the actor on a ticket: it lives on the server and survives a
 * change of owner, a sign-out and a crash. "" when there is none. */
const char *saved_reply_get(struct work *w, const struct ticket *t);

/* Keeps it; "" forgets it. */
void saved_reply_put(struct work *w, const struct ticket *t, const char *body);

#endif
