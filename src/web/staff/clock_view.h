/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CLOCK_VIEW_H
#define WEB_CLOCK_VIEW_H

/* A clock and its account, as the page prints it. */

#include "web/moment.h"
#include "web/page.h"
#include "web/parts.h"

/* Open hours of a stretch: "2 June 2026, 10am to 5pm", "7 hours". */
struct clock_opening {
	const char *when, *length;
};

struct clock_openings {
	const struct clock_opening *at;
	int count;
};

struct clock_row {
	const char *class;
	struct moment from, to;
	enum word did;	  /* ran, waited, stood still */
	const char *open; /* working time in between */
	const char *counted;
	const char *spent;   /* of the target, after it */
	const char *what;    /* what then happened, or that it is still so */
	const char *effect;  /* what that did to the clock; "" */
	const char *reason;  /* what a person wrote about it, or NULL */
	const char *href;    /* the event on the timeline, or NULL */
	const char *proof;   /* address of what proves a pause, or NULL */
	const char *amended; /* "Recorded for ..., corrected by Lee: reason", or NULL */
	const char *broken;  /* when in it the promise was broken, or NULL */
	struct clock_openings openings;
	const char *more; /* how many openings are not listed, or NULL */
};

struct clock_rows {
	const struct clock_row *at;
	int count;
};

struct clock_page_view {
	struct page page;
	const char *reference, *subject, *ticket; /* address */
	const char *kind, *state, *class;
	struct part_summary facts;
	enum word between; /* what passes between two lines */
	struct clock_rows rows;
	const char *printed; /* on paper: when, and of whose desk */

	/* Saying that something happened at another time. */
	bool may_amend;
	const char *action;
	int64_t version;
	struct part_problems problems;
	struct part_input which, day, time, reason;
};

#endif
