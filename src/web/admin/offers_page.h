/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_OFFERS_PAGE_H
#define WEB_OFFERS_PAGE_H

/* Which services are offered over Open311, how, and what stops a report. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/open311 */
enum outcome offers_page_list(struct work *w, const struct request *q, struct reply *r);

/* GET /admin/open311/:code */
enum outcome offers_page_show(struct work *w, const struct request *q, struct reply *r);

/* POST the same {offered, type, keywords, words, photos, moderate, stopper} */
enum outcome offers_page_save(struct work *w, const struct request *q, struct reply *r);

/* POST /admin/open311/:code/stoppers {kind, field, value, area, words, until} or {end} */
enum outcome offers_page_stop(struct work *w, const struct request *q, struct reply *r);

#endif
