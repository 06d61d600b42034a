/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_PROMISES_H
#define DESK_PROMISES_H

/*
 * The clocks of a ticket, kept beside its events. The rule which event does what to which
 * clock is rule/promise; counting is rule/clock; here the stored state is moved on by one
 * event (timeline_add; ticket_save writes it), rebuilt from all of them (`check`), and
 * shown.
 */

#include "format/words.h"
#include "rule/clock_dates.h"
#include "rule/promise.h"
#include "store/event.h"

/* Moves the clocks on by an event that was just added, and sets t->due. */
void promises_apply(struct work *w, struct ticket *t, const struct event *e);

/* Where a ticket gets many events of long ago in one go (the import of history): marks it
 * so, and at their end arms its clocks and writes its ledger of pauses. */
void promises_hold(struct ticket *t);
void promises_keep(struct work *w, struct ticket *t);

struct promise {
	const char *kind;      /* response resolution update team supplier */
	int64_t subject;       /* the team of a leg, else 0 */
	const char *team_name; /* of a leg, else "" */
	enum clock_unit unit;
	int64_t target; /* in its unit */
	const struct calendar *calendar;
	int64_t calendar_id, calendar_version; /* 0: always open */
	const char *state;		       /* running paused stopped cancelled */
	int64_t due;	     /* TIMES_NONE while paused, stopped or breached */
	int64_t breach;	     /* TIMES_NONE: none */
	bool tightened;	     /* it came from a shorter target, not from time */
	int64_t revised_due; /* broken, and the target was loosened since; or TIMES_NONE
			      */
	int64_t spent, left; /* in its unit; of months in days (rule/clock) */
	struct clock_dates dates; /* of months and days alone */
	int64_t cycle, started, stopped;
	int64_t until; /* paused: when it goes on by itself, or TIMES_NONE */
	bool met;      /* of a stopped one */
};

struct promise_list {
	struct promise *at;
	int count;
};

/* The clocks of a ticket as they stand at w->now: the customer's, then the legs. Without
 * those that have not begun. */
void promises_read(struct work *w, const struct ticket *t, struct promise_list *list);

/* The local date by which the customer was promised a result ("4 March 2026"), or NULL.
 */
const char *promises_due_date(
	struct work *w, const struct ticket *t, const struct words *words);

/* Folds all events of a ticket once more: into a set with the facts they were read as. */
void promises_rebuild(struct work *w, const struct ticket *t, struct promise_set *set);

/* The resolution alone, as if nobody had ever been waited for: for figures that stand
 * beside ours. */
void promises_rebuild_unpaused(
	struct work *w, const struct ticket *t, struct promise_set *set);

/* Rebuilds the clocks and the ledger of pauses of a ticket from its events alone and
 * compares with what is stored: true when every byte agrees. */
bool promises_check(struct work *w, const struct ticket *t);

/* The same of a page of an organisation's tickets, all that lie between the first and the
 * last, in rising order. How many are wrong; their ids come first in `ids`. Reads each
 * table once, so that a whole desk is checked in linear time. */
int promises_check_page(struct work *w, int64_t org, int64_t *ids, int count);

#endif
