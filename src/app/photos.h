/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_PHOTOS_H
#define APP_PHOTOS_H

/*
 * Fetches photographs of which only the address came and keeps them as files of their
 * ticket. Addresses come from strangers: http/outgoing decides where we go, each of at
 * most three redirects is looked at like the first address, 10 MiB are taken, and what it
 * is is found from the bytes: pictures alone are kept. `data:` addresses hold the picture
 * themselves. What cannot be had stands as a note on the ticket, without the address.
 */

#include "app/house.h"

/* One round; the number of photographs handled. The arena is reset. */
int photos_round(struct house *h, struct arena *a);

#endif
