/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_PAGE_H
#define WEB_RULES_PAGE_H

/* The rule tables to read: each with its live version, every version that ever was, and
 * what changed from one to another. All for WHO_ADMIN. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/rules */
enum outcome rules_page_overview(
	struct work *w, const struct request *q, struct reply *r);

/* GET /admin/rules/:table; ?service=CODE shows the rows that can decide for it. */
enum outcome rules_page_live(struct work *w, const struct request *q, struct reply *r);

/* GET /admin/rules/:table/versions */
enum outcome rules_page_versions(
	struct work *w, const struct request *q, struct reply *r);

/* GET /admin/rules/:table/versions/:version; ?row=N marks the row that decided. */
enum outcome rules_page_version(struct work *w, const struct request *q, struct reply *r);

/* GET /admin/rules/:table/versions/:version/changes: since the one before, or since
 * ?from=N. */
enum outcome rules_page_changes(struct work *w, const struct request *q, struct reply *r);

#endif
