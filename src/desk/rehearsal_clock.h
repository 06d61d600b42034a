/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_REHEARSAL_CLOCK_H
#define DESK_REHEARSAL_CLOCK_H

/* The resolution clock of one ticket, counted over its events under other terms. */

#include "desk/rehearsal.h"
#include "store/received.h"

/* One event, as far as the clock cares. */
struct rehearsal_event {
	int64_t seq, at;
	enum rehearsal_act {
		REHEARSAL_START,
		REHEARSAL_PAUSE,
		REHEARSAL_RESUME,
		REHEARSAL_STOP,
		REHEARSAL_REOPEN,
		REHEARSAL_CANCEL,
		REHEARSAL_EXTEND,
		REHEARSAL_PRIORITY_SET,
	} act;
	int64_t priority; /* REHEARSAL_PRIORITY_SET */
	int64_t until;	  /* REHEARSAL_PAUSE: it ends by itself then; 0: it does not */
	int64_t within;	  /* REHEARSAL_REOPEN: working days in which it resumes */
};

enum { REHEARSAL_EVENTS = 500 };

struct rehearsal_events {
	struct rehearsal_event at[REHEARSAL_EVENTS];
	int count;
};

/* Adds one; amendments move the event they amend. More than REHEARSAL_EVENTS are left
 * out. */
void rehearsal_clock_add(struct rehearsal_events *all, const struct received_event *e);

/* How the promise goes, as of w->now: terms are asked of `target` with these facts. */
enum rehearsal_verdict rehearsal_clock_run(struct work *w, struct rehearsal_events *all,
	const struct table *target, const struct table_facts *facts);

#endif
