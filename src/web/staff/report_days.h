/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_REPORT_DAYS_H
#define WEB_REPORT_DAYS_H

/* The days a report is about, as the address says them (?days=30, ?from=&to=) and as the
 * page lets one choose them: {part report_days p.days}. */

#include "http/request.h"
#include "store/figures.h"
#include "web/moment.h"
#include "web/page.h"
#include "web/parts.h"

struct report_days {
	int64_t first, last; /* days since 1970, both included */
	int64_t span;	     /* 7, 30, 90; 0: by dates */
	bool wrong;	     /* the dates typed cannot be used; the span of 30 is shown */
	struct figures_period period;

	/* For the page. */
	const char *address; /* of the report: "/staff/reports" */
	const char *query;   /* "days=30" */
	struct page_links spans;
	const char *text;      /* "1 March 2026 to 7 March 2026" */
	const char *from, *to; /* as typed or chosen: YYYY-MM-DD */
	struct part_problems problems;
};

void report_days_read(struct work *w, const struct request *q, const char *address,
	struct report_days *d);

/* YYYY-MM-DD */
const char *report_days_date(struct work *w, int64_t day);

#endif
