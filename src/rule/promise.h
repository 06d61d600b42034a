/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_PROMISE_H
#define RULE_PROMISE_H

/*
 * Which event of a ticket does what to which of its clocks (clock.md section 6).
 *
 * Response runs from the oldest unanswered customer message and is met by a person's
 * public answer alone: not by an acknowledgement, a note or a change of status. After an
 * answer the next message begins a new cycle with the full target.
 *
 * Resolution runs from receipt until resolved. It is paused only while the customer is
 * asked something, never for a team or a supplier. Reopened within ten working days it
 * goes on where it stopped, later it begins anew.
 */

#include "rule/clock.h"

enum promise_kind { PROMISE_RESPONSE, PROMISE_RESOLUTION, PROMISE_KINDS };

enum { PROMISE_REOPEN_DAYS = 10 };

/* "response", "resolution". */
const char *promise_kind_name(enum promise_kind k);

/* One event of a ticket, as far as clocks care. */
struct promise_fact {
	int64_t seq, at;
	const char *kind; /* see desk/timeline */
	bool by_person;	  /* staff, or a system speaking for them; not the house */

	/* The terms that `received` and `priority` carry. */
	bool terms;
	int64_t response;   /* seconds; 0: no such clock */
	int64_t resolution; /* in its unit; 0: no such clock */
	bool working_days;
	int64_t calendar_id, calendar_version;
	const struct calendar *calendar;
};

struct promise_state {
	bool made;
	struct clock clock;
	int64_t calendar_id, calendar_version;
};

/* Moves a clock on by one event. False when the unit of the target changed: the state is
 * as before and promise_fold over all events says what it is. */
bool promise_step(enum promise_kind k, struct promise_state *s,
	const struct promise_fact *f) must_check;

/* What all events of a ticket add up to. A target in another unit holds for the whole
 * time since receipt: pauses are kept, time is counted in the new unit from the start. */
struct promise_state promise_fold(
	enum promise_kind k, const struct promise_fact *facts, int count);

/*
 * The place of a ticket in a work list: running clocks by due (or by the instant they
 * were broken), then paused ones by what is left, then the rest. Less is more urgent.
 */
int64_t promise_sort(const struct promise_state states[PROMISE_KINDS], int64_t now);

/* What such a place says: it is an instant, the due time or, when that is past, since
 * when the promise is broken; or the clock is paused; or nothing is promised. */
enum promise_place { PROMISE_PLACE_INSTANT, PROMISE_PLACE_PAUSED, PROMISE_PLACE_NONE };
enum promise_place promise_place(int64_t sort);

#endif
