/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_AUDIT_PAGE_H
#define WEB_AUDIT_PAGE_H

/* Who did and who saw what, to read: RIGHT_AUDIT. Reading it leaves a row of its own. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/audit?who=&action=&subject=&from=&to=&before=ID */
enum outcome audit_page_show(struct work *w, const struct request *q, struct reply *r);

/* GET /admin/audit.csv, the same filters: the newest 10,000. Also RIGHT_EXPORT. */
enum outcome audit_page_csv(struct work *w, const struct request *q, struct reply *r);
/* POST: where the head goes every day. */
enum outcome audit_page_watch(struct work *w, const struct request *q, struct reply *r);

#endif
