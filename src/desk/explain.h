/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_EXPLAIN_H
#define DESK_EXPLAIN_H

/* How a clock came to stand as it does: its account line by line (rule/clock_account),
 * each line with the event of the ticket that ended it, and why it has the target it has.
 */

#include "desk/promises.h"
#include "rule/clock_account.h"
#include "store/decision.h"

struct explain_line {
	const struct clock_line *line;
	const struct event *event;   /* NULL: the clock went on by itself, or `open` */
	const struct event *amended; /* the event that gave it another time, or NULL */
	bool open;		     /* up to now: nothing has ended it */
	bool fact; /* of an event of several acts only the first is told */
};

struct explained {
	struct promise promise;
	const struct explain_line *lines;
	int count;
	const struct event *terms;	 /* the event that brought the target, or NULL */
	const struct decision *decision; /* the row that gave it, or NULL */
};

/* The clock of that kind, and for a leg of that team (else 0). DONE, or MISSING when the
 * ticket has none or its reader may not see the inner timeline. */
enum outcome explain_clock(struct work *w, const struct ticket *t, const char *kind,
	int64_t team, struct explained *x) must_check;

#endif
