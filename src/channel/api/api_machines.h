/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_MACHINES_H
#define CHANNEL_API_MACHINES_H

/* The handlers of /api/v1 for tokens, webhooks and what is public: for administrators,
 * but for api_machines_me. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_machines_me(struct work *w, const struct request *q, struct reply *r);

enum outcome api_machines_tokens(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_add_token(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_end_token(
	struct work *w, const struct request *q, struct reply *r);

enum outcome api_machines_hooks(struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_hook(struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_add_hook(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_change_hook(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_end_hook(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_try_hook(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_tries(struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_replay(
	struct work *w, const struct request *q, struct reply *r);

/* Other bodies' Open311 endpoints (store/body). */
enum outcome api_machines_bodies(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_body(struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_change_body(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_ask_body(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_add_body(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_machines_end_body(
	struct work *w, const struct request *q, struct reply *r);

#endif
