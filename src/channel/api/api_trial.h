/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_TRIAL_H
#define CHANNEL_API_TRIAL_H

/* Asking before deciding: GET /api/v1/trial, what the tables would decide for a ticket
 * that is described, and GET /api/v1/rules/TABLE/draft/dry-run, what the draft would have
 * changed last month. Both write nothing. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_trial_ask(struct work *w, const struct request *q, struct reply *r);
enum outcome api_trial_dry_run(struct work *w, const struct request *q, struct reply *r);

#endif
