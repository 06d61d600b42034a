/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_DRY_RUN_H
#define WEB_RULES_DRY_RUN_H

/* What a draft would have done with the tickets of last month. For WHO_ADMIN. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/rules/:table/draft/dry-run: reads long. */
enum outcome rules_dry_run_show(struct work *w, const struct request *q, struct reply *r);

/* POST the same: it was looked at; leads to publishing. */
enum outcome rules_dry_run_seen(struct work *w, const struct request *q, struct reply *r);

#endif
