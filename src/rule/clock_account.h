/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_CLOCK_ACCOUNT_H
#define RULE_CLOCK_ACCOUNT_H

/*
 * A clock from its whole list of events, and its account line by line: what every due
 * time on a page opens to (clock.md 3 and 7).
 */

#include "rule/clock.h"

/*
 * What the clock did from one event to the next, and what the latter then did to it. The
 * page adds who and why from the event's row, and the openings of the stretch from
 * calendar_opening. Within a cycle the counted time of the lines adds up to what is
 * spent, unless a new target was taken from the start.
 */
struct clock_line {
	/* As recorded; NULL: nothing has happened up to now. */
	const struct clock_event *event;
	/* Why `to` is not event->at, or NULL. */
	const struct clock_event *amended_by;

	int64_t from, to;		 /* from is TIMES_NONE on the first line */
	enum clock_phase during;	 /* what the clock did in that stretch */
	const struct calendar *calendar; /* under which it was counted */
	int64_t open;			 /* working time that passed in it */
	int64_t counted; /* how much of that was spent: all when running, else 0 */
	int64_t breach;	 /* found in it or by the event, or TIMES_NONE */

	bool applied;		  /* the event had an effect */
	int64_t spent, target;	  /* after the event */
	struct clock_cycle ended; /* by the event; number 0: none was */
};

/* The lines stand in the order of the fold; amendments have none of their own. */
struct clock_account {
	struct clock clock;
	size_t n;
	const struct clock_line *lines;
};

/* What a list of events adds up to. They may be given in any order and stay the
 * caller's; the lines point to them. The figures before an amendment are those of the
 * list without it. */
struct clock_account clock_account(struct arena *a, const struct clock_policy *p,
	const struct clock_event *events, size_t n);

/* The line that is still being written: from the last event to now. */
struct clock_line clock_account_open_line(const struct clock_account *a, int64_t now);

#endif
