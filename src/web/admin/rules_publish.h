/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_PUBLISH_H
#define WEB_RULES_PUBLISH_H

/* Making a draft live, and bringing an older version back. All for WHO_ADMIN. */

#include "http/reply.h"
#include "store/work.h"

/* GET and POST /admin/rules/:table/draft/publish */
enum outcome rules_publish_ask(struct work *w, const struct request *q, struct reply *r);
enum outcome rules_publish_do(struct work *w, const struct request *q, struct reply *r);

/* GET and POST /admin/rules/:table/versions/:version/restore */
enum outcome rules_publish_ask_restore(
	struct work *w, const struct request *q, struct reply *r);
enum outcome rules_publish_restore(
	struct work *w, const struct request *q, struct reply *r);

#endif
