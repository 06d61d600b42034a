/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_BODIES_H
#define APP_BODIES_H

/*
 * Tickets of ours that stand with another body are posted to its Open311 endpoint
 * (open311.md section 5): from the outbox after the commit, at least once, with what they
 * ask for and nothing of a person. Our reference goes as attribute[fixmystreet_id] where
 * they ask for that, else as account_id. Until their list of services has been seen
 * (app/pulling) a ticket waits.
 */

#include "app/house.h"

/* Sends what is due; the number of tickets handled. The arena is reset. */
int bodies_send(struct house *h, struct arena *a);

#endif
