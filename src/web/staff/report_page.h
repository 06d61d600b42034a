/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_REPORT_PAGE_H
#define WEB_REPORT_PAGE_H

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/reports?days=7|30|90, or from=YYYY-MM-DD&to=YYYY-MM-DD (local dates, both
 * included): the figures of the organisation, its teams and services. RIGHT_FIGURES. */
enum outcome report_page_show(struct work *w, const struct request *q, struct reply *r);

/* GET /staff/reports/teams.csv and services.csv, with the same query. */
enum outcome report_page_csv(struct work *w, const struct request *q, struct reply *r);

#endif
