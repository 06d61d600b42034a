/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_UPDATES_H
#define APP_UPDATES_H

/*
 * What we do about requests that another body knows is posted to the update extension of
 * its Open311 endpoint (open311.md section 4), where that is switched on: from the outbox
 * after the commit, at least once and always under the same update_id, in the order in
 * which it was done, each only after the request itself has an id there. It says the
 * status, when, and the words that the customer reads; no name of anybody.
 *
 * Any 2xx is success. What they refuse is noted on the ticket and kept as given up; all
 * else is tried again after a growing delay, for two days.
 */

#include "app/house.h"

/* Sends what is due; the number of updates handled. The arena is reset. */
int updates_send(struct house *h, struct arena *a);

#endif
