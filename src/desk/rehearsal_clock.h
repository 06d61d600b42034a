/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_REHEARSAL_CLOCK_H
#define DESK_REHEARSAL_CLOCK_H

/*
 * The resolution clock of one ticket, counted over its events under other terms. It is
 * the fold of rule/promise over what really happened; only the terms that the events
 * brought are those of the table that is tried: when it came, at each later priority, and
 * where the customer was told of a longer time.
 */

#include "desk/rehearsal.h"
#include "rule/promise.h"
#include "store/received.h"

enum { REHEARSAL_EVENTS = 500, REHEARSAL_PAUSES = 64 };

/* The events of one ticket after the other, with room to count them in. */
struct rehearsal_events {
	struct promise_fact at[REHEARSAL_EVENTS];
	int64_t priority[REHEARSAL_EVENTS]; /* event priority: which; else 0 */
	int count;

	struct promise_fact told[REHEARSAL_EVENTS];
	struct promise_state state;
	struct promise_pause pauses[REHEARSAL_PAUSES];
};

/* Adds one; more than REHEARSAL_EVENTS are left out. */
void rehearsal_clock_add(
	struct work *w, struct rehearsal_events *all, const struct received_event *e);

/* How the promise goes, as of w->now: terms are asked of `target` with these facts. */
enum rehearsal_verdict rehearsal_clock_run(struct work *w, struct rehearsal_events *all,
	const struct table *target, const struct table_facts *facts);

#endif
