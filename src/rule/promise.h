/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_PROMISE_H
#define RULE_PROMISE_H

/*
 * Which event of a ticket does what to which of its clocks (clock.md section 6).
 *
 * Response runs from the oldest unanswered customer message and is met by a person's
 * public answer or completed call alone: not by an acknowledgement, a note or a change of
 * status. After an answer the next message begins a new cycle with the full target.
 *
 * Resolution runs from receipt until resolved. Reopened within some working days (of the
 * service) it goes on where it stopped, later it begins anew. What was cancelled and is
 * reopened begins anew too, as another clock under the terms agreed last.
 *
 * What a later priority promises for the first time runs from that instant: nobody was
 * late before it was promised.
 *
 * Update runs from "we will tell you by ..." to the next public message of a person. What
 * was promised is an instant, whatever way it was said ("within two working days"), so it
 * is counted round the clock up to that instant: no calendar that changes later moves it.
 *
 * Team and supplier are legs: one clock for each team that was handed the work, from the
 * hand-over to the hand-back, whether or not anybody accepts. A leg goes on where it
 * stopped when the work comes back, and keeps the terms it began with.
 *
 * Clocks pause only while the customer keeps us waiting, never for a team or a supplier;
 * response and update never. A leg pauses with the customer too (decision): what nobody
 * here can do counts against nobody here. A pause ends with the customer's message, when
 * staff say so, or by itself at `until`: the chase limit or the review date, whichever is
 * first; that instant is part of the pause and does not depend on a timer.
 */

#include "rule/promise_set.h"

enum { PROMISE_REOPEN_DAYS = 10 };

/* What one clock is promised. */
struct promise_offer {
	int64_t target; /* in its unit; 0: no such clock */
	enum clock_unit unit;
	enum workdays_end day_end;
	enum clock_mode mode; /* when it replaces the target of a clock that is there */
	bool no_pause;
	int64_t calendar_id, calendar_version;
	const struct calendar *calendar;
};

/* One event of a ticket, as far as clocks care. */
struct promise_fact {
	int64_t seq;
	int64_t at; /* when it happened, as far as is known by now: see promise_fold */
	int64_t recorded;  /* the time it was recorded with */
	int64_t amendment; /* seq of the event that says so; 0: none */
	int64_t amended;   /* when that was said */
	const char *kind;  /* see desk/timeline */
	const char *why;   /* resumed: message, staff, ...; "" */
	bool by_person;	   /* staff, or a system speaking for them; not the house */

	/* received, priority */
	struct promise_offer response, resolution;

	/* received, moved, reopened, priority: with whom the work now is; 0: not said */
	int64_t team;
	bool supplier;
	struct promise_offer leg;

	int64_t within;	  /* reopened: working days in which a clock resumes */
	int64_t until;	  /* waiting: when the pause ends by itself, or TIMES_NONE */
	bool until_chase; /* that is the chase limit, not the review date */

	/* promised: by then, on a calendar that is always open. */
	int64_t by;
	const struct calendar *always;

	/* calendar: the version that holds from then on */
	int64_t calendar_id, calendar_version;
	const struct calendar *calendar;

	/* amended: which event, and when it really happened */
	int64_t amends, amended_at;
};

/* Does any clock care for this kind of event? Others need not be shown to the fold. */
bool promise_matters(const char *kind);

/* Moves the clocks on by one event. False when that is not enough (an amendment; the unit
 * of a target or the end of its days changed; something promised for the first time): the
 * set is as before and promise_fold says what it is. */
bool promise_step(struct promise_set *set, const struct promise_fact *f) must_check;

/*
 * What all events of a ticket add up to; the set must be empty. The facts come in order
 * of seq, are put in order of time here, and events that were amended get the time that
 * counts.
 *
 * A target in another unit, or in working days that end at another hour, holds for the
 * whole time since the start: pauses are kept, time is counted in the new way from the
 * start. A breach that was recorded stays as it
 * is; what is over only under the new target is broken by the change. A clock that has
 * stopped keeps its unit, and its target too when it is reopened.
 */
void promise_fold(struct promise_set *set, struct promise_fact *facts, int count);

/* A clock as it is at an instant: a pause that ended by itself has ended. */
struct promise_state promise_settled(const struct promise_state *s, int64_t now);

/*
 * The place of a ticket in a work list: by the instant a promise was broken, whether its
 * clock runs or is paused by now, or is due; then paused ones by what is left (a day of
 * whatever unit as 24 hours), then the rest. Less is more urgent. So what lies before now
 * is broken, in every list and figure.
 */
int64_t promise_sort(const struct promise_set *set, int64_t now);

/*
 * When the first promise of a ticket will break if nobody touches it: the due instant of
 * what runs, and of what is paused that after it has gone on by itself, with the calendar
 * of each. *paused says that it is the latter. TIMES_NONE: none will, or one is broken
 * already.
 */
int64_t promise_breaks(const struct promise_set *set, int64_t now, bool *paused);

/* What such a place says: it is an instant, the due time or, when that is past, since
 * when the promise is broken; or the clock is paused; or nothing is promised. */
enum promise_place { PROMISE_PLACE_INSTANT, PROMISE_PLACE_PAUSED, PROMISE_PLACE_NONE };
enum promise_place promise_place(int64_t sort);

#endif
