/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_CLOCKS_H
#define CHANNEL_API_CLOCKS_H

#include "http/reply.h"
#include "store/work.h"

/* GET /api/v1/tickets/:ref/clocks: each clock of a ticket with its account line by line.
 * A reader who may not see the inner timeline gets none. */
enum outcome api_clocks_show(struct work *w, const struct request *q, struct reply *r);

#endif
