/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_MACHINES_H
#define DESK_MACHINES_H

/* What administrators decide about other systems: their tokens and their webhooks. Each
 * needs RIGHT_ADMIN in the organisation, is checked, and stands in the audit. */

#include "store/token.h"
#include "store/webhook.h"

enum { MACHINES_LONGEST_DAYS = 731 };

/* Checks and makes a token: name, role, scopes, rate, expires. *secret can be read this
 * once. INVALID (problems: name, role, scopes, rate, expires) or DENIED. */
enum outcome machines_add_token(
	struct work *w, struct token *t, const char **secret) must_check;

enum outcome machines_end_token(struct work *w, int64_t org, int64_t id) must_check;

/* Checks and writes a webhook; a new one when its id is 0, then h->secret can be read
 * this once. INVALID (problems: name, url, events, services) or DENIED. */
enum outcome machines_save_webhook(struct work *w, struct webhook *h) must_check;

enum outcome machines_end_webhook(struct work *w, int64_t org, int64_t id) must_check;

/* Once more, or a message to try it out. */
enum outcome machines_replay(
	struct work *w, int64_t org, int64_t id, int64_t message) must_check;
enum outcome machines_try_webhook(struct work *w, int64_t org, int64_t id) must_check;

#endif
