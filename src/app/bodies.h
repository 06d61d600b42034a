/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_BODIES_H
#define APP_BODIES_H

/*
 * The Open311 client (open311.md section 5). Tickets leave from the outbox after the
 * commit, at least once, with our reference as account_id; updates are pulled with an
 * overlap of one full period and applied once each. XML is spoken. A list of services
 * that is shorter than the last right one by more than half is refused and raises an
 * alarm.
 */

#include "app/house.h"

/* Sends what is due; the number of tickets handled. The arena is reset. */
int bodies_send(struct house *h, struct arena *a);

/* Asks those whose time it is; the number of them. The arena is reset. */
int bodies_pull(struct house *h, struct arena *a);

#endif
