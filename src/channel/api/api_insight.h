/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_INSIGHT_H
#define CHANNEL_API_INSIGHT_H

/* The handlers of /api/v1 for why somebody can see a ticket, and for the lists of work as
 * somebody else sees them. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_insight_access(struct work *w, const struct request *q, struct reply *r);
enum outcome api_insight_simulate(
	struct work *w, const struct request *q, struct reply *r);

#endif
