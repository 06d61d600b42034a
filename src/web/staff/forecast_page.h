/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_FORECAST_PAGE_H
#define WEB_FORECAST_PAGE_H

/* GET /staff/forecast: the coming shift, for who may see figures; tickets are named to
 * who may read them. */

#include "http/reply.h"
#include "store/work.h"

enum outcome forecast_page_show(struct work *w, const struct request *q, struct reply *r);

#endif
