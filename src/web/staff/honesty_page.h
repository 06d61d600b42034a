/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_HONESTY_PAGE_H
#define WEB_HONESTY_PAGE_H

/* Figures that cannot be gamed, for who may see figures; each leads to its tickets. */

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/reports/honesty, honesty.csv */
enum outcome honesty_page_show(struct work *w, const struct request *q, struct reply *r);
enum outcome honesty_page_csv(struct work *w, const struct request *q, struct reply *r);

#endif
