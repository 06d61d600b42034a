/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_FORECAST_VIEW_H
#define WEB_FORECAST_VIEW_H

#include "web/moment.h"
#include "web/page.h"
#include "web/staff/figure_view.h"

struct forecast_line {
	const char *reference, *subject, *service;
	struct moment due;
	const char *due_text;
	const char *resumes; /* "Waits, goes on at 2pm"; NULL: it runs */
	enum word chance;    /* almost certain, likely, possible */
	const char *class;
	int64_t percent;
};

struct forecast_lines {
	const struct forecast_line *at;
	int count;
};

/* A ticket that waits for its customer. */
struct forecast_wait {
	const char *reference, *subject, *service;
	const char *until; /* when it goes on by itself, or that it does not */
	const char *left;
};

struct forecast_waits {
	const struct forecast_wait *at;
	int count;
};

/* A team with something to save or to fear. */
struct forecast_part {
	const char *name, *summary;
	struct page_links rescue; /* sentences */
	struct forecast_lines lines;
	const char *hidden; /* how many are not named to the reader, or NULL */
	struct forecast_waits waits;
	const char *waiting;	  /* a sentence about those that wait, or NULL */
	const char *waits_hidden; /* how many of them are not named, or NULL */
};

struct forecast_parts {
	const struct forecast_part *at;
	int count;
};

struct forecast_view {
	struct page page;
	const char *shift; /* a sentence; NULL: none is coming */
	bool more, unmeasured;
	struct figure_table teams;
	struct forecast_parts parts;
};

#endif
