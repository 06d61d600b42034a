/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ADMIN_MACHINES_H
#define WEB_ADMIN_MACHINES_H

/* Pages for administrators about other systems: their tokens, and the webhooks that tell
 * them of events. */

#include "http/reply.h"
#include "store/work.h"

enum outcome admin_machines_tokens(
	struct work *w, const struct request *q, struct reply *r);
enum outcome admin_machines_save_token(
	struct work *w, const struct request *q, struct reply *r);

enum outcome admin_machines_hooks(
	struct work *w, const struct request *q, struct reply *r);
enum outcome admin_machines_save_hook(
	struct work *w, const struct request *q, struct reply *r);
enum outcome admin_machines_do_hook(
	struct work *w, const struct request *q, struct reply *r);
enum outcome admin_machines_replay(
	struct work *w, const struct request *q, struct reply *r);

#endif
