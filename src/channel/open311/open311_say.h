/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_OPEN311_SAY_H
#define CHANNEL_OPEN311_SAY_H

/* What an update says. Everybody reads a sentence of ours for its status; what was
 * written to the customer stands in it only for a key that may read tickets (O27). */

#include "store/publication.h"

const char *open311_say(struct work *w, int64_t org, const struct publication_update *u);

/* The sentence for a status alone. */
const char *open311_say_status(struct work *w, const char *status);

#endif
