/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_HOOKS_H
#define APP_HOOKS_H

/*
 * Messages to other systems leave: taken from the outbox under a lease, signed as
 * Standard Webhooks says, posted, noted. At least once, under one webhook-id. A receiver
 * that fails is tried again after a growing delay for two days a message; one that fails
 * for five days, or says 410, is switched off and its organisation told by letter.
 */

#include "app/house.h"

/* Sends what is due, a batch at the most; the number of messages handled. The arena is
 * reset. */
int hooks_round(struct house *h, struct arena *a);

/* The value of webhook-signature: "v1,...", over "ID.TIMESTAMP.BODY". NULL when the
 * secret is none ("whsec_" and base64). */
const char *hooks_signature(struct arena *a, const char *secret, const char *id,
	int64_t timestamp, const char *body);

#endif
