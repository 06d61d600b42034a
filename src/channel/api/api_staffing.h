/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_STAFFING_H
#define CHANNEL_API_STAFFING_H

/* The handlers of /api/v1 for how work is given out: how a team gets its work, what
 * people carry, who is there, and which skills they have and services ask for. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_staffing_team(struct work *w, const struct request *q, struct reply *r);
enum outcome api_staffing_workers(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_staffing_worker(
	struct work *w, const struct request *q, struct reply *r);

/* Of the token's own person. */
enum outcome api_staffing_presence(
	struct work *w, const struct request *q, struct reply *r);

enum outcome api_staffing_skills(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_staffing_add_skill(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_staffing_give_skill(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_staffing_ask_skill(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_staffing_size(struct work *w, const struct request *q, struct reply *r);

#endif
