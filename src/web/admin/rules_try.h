/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_TRY_H
#define WEB_RULES_TRY_H

/* GET /admin/rules/:table/try: a ticket as it might come, and which row of each table
 * decides, live and with the drafts. For WHO_ADMIN. */

#include "http/reply.h"
#include "store/work.h"

enum outcome rules_try_show(struct work *w, const struct request *q, struct reply *r);

#endif
