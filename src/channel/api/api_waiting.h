/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_WAITING_H
#define CHANNEL_API_WAITING_H

/* The handlers of /api/v1 for what customers are waited for, and for how long a clock
 * goes on when a ticket is reopened. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_waiting_list(struct work *w, const struct request *q, struct reply *r);
enum outcome api_waiting_add(struct work *w, const struct request *q, struct reply *r);
enum outcome api_waiting_change(struct work *w, const struct request *q, struct reply *r);
enum outcome api_waiting_end(struct work *w, const struct request *q, struct reply *r);
enum outcome api_waiting_reopening(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_waiting_reopen(struct work *w, const struct request *q, struct reply *r);

#endif
