/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_HONESTY_VIEW_H
#define WEB_HONESTY_VIEW_H

#include "web/page.h"
#include "web/staff/figure_view.h"
#include "web/staff/report_days.h"

/* A figure of the top: number, its share in words, and the way behind. */
struct honesty_tile {
	enum word name;
	const char *number, *share, *href;
};

struct honesty_tiles {
	const struct honesty_tile *at;
	int count;
};

struct honesty_view {
	struct page page;
	struct report_days days;
	struct honesty_tiles promises, moves;
	bool more; /* not all pauses were looked at */
	struct figure_table reasons, people, suppliers, pairs, touched;
	const char *csv;
};

struct honesty_ticket {
	const char *reference, *subject, *service, *team, *count;
	enum word status;
	const char *status_class;
};

struct honesty_tickets {
	const struct honesty_ticket *at;
	int count;
};

/* What is behind one figure. */
struct honesty_list {
	struct page page;
	const char *days, *back;
	enum word counted; /* what the last column counts */
	bool counts;
	struct honesty_tickets rows;
	const char *next;
};

#endif
