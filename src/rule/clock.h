/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_CLOCK_H
#define RULE_CLOCK_H

/*
 * One promise about time, running on one ticket or task: a fold over its events.
 *
 * The list of events is the truth, append-only and ordered by (time, sequence). A
 * `struct clock` is what they add up to: a cache that may be stored in columns, moved on
 * by one event at a time (clock_apply), or made anew from the whole list
 * (rule/clock_account), with the same result in every field (clock_same).
 *
 * Asking a clock how it stands (clock_read) never changes it. The due instant, the breach
 * and what is left follow from the events and the calendars alone, never from the time at
 * which somebody looked or a timer ran.
 *
 * Lengths are counted in the clock's unit: open seconds of its calendar, working dates
 * (rule/workdays), or dates of the wall calendar (rule/clock_dates), where the target is
 * in months or days and everything else in days. Source: clock.md 2 to 5 and privacy.md 1
 * to 3. Where they leave room, this was decided:
 *
 *   - An event without effect does not settle the account, so it cannot move a breach.
 *   - `from_start` gives back the pauses of the running cycle only; what was carried into
 *     it by a reopening stays spent. Each part counts under the calendar it ran under.
 *   - A restart by a new target closes the old cycle as missed if it had been breached,
 *     else as replaced.
 */

#include "rule/calendar.h"
#include "rule/clock_unit.h"
#include "rule/workdays.h"

/* What was agreed, as the policy row had it when the clock was made. The unit and the
 * end of a day stay for the clock's life (rule/promise begins another for others); target
 * and calendar are changed by events. */
struct clock_policy {
	enum clock_unit unit;
	enum workdays_end day_end; /* CLOCK_WORKING_DAYS: when a due date is over */
	int64_t target;		   /* seconds >= 0; working days, months, days >= 1 */
	const struct calendar *calendar;
};

/* What can happen, and the phases in which it has an effect; in others it is logged. */
enum clock_act {
	CLOCK_START,	/* none */
	CLOCK_PAUSE,	/* running */
	CLOCK_RESUME,	/* paused */
	CLOCK_TARGET,	/* none, running, paused; mode carry, from_start or restart */
	CLOCK_CALENDAR, /* none, running, paused: later time counts under this version */
	CLOCK_STOP,	/* running, paused */
	CLOCK_REOPEN,	/* stopped; mode resume or restart */
	CLOCK_CANCEL,	/* none, running, paused */
	CLOCK_AMEND,	/* any: an earlier event happened at another time than recorded */
};

enum clock_mode {
	CLOCK_MODE_CARRY,      /* target: spent time and earlier pauses stay */
	CLOCK_MODE_FROM_START, /* target: as if the pauses of this cycle had not been */
	CLOCK_MODE_RESTART,    /* target, reopen: a new cycle with nothing spent */
	CLOCK_MODE_RESUME,     /* reopen: a new cycle that goes on where the last ended */
};

/* The words that the event list, the database and the interfaces use: "from_start". The
 * reading direction is false for any other word. */
const char *clock_act_text(enum clock_act act);
bool clock_act_read(struct bytes text, enum clock_act *act);
const char *clock_mode_text(enum clock_mode mode);
bool clock_mode_read(struct bytes text, enum clock_mode *mode);

/*
 * Something that happened to a clock. Who did it, why, and the evidence are kept with the
 * event's row; the fold does not need them.
 *
 * An amendment leaves the event it amends as it was recorded, but the fold takes the new
 * time for it; of several amendments of one event the one recorded last counts. That is
 * how a telephone call logged late is back-dated, and how a closure is made to count in
 * the past (a snow day): record a calendar event with the new version, then amend its
 * time to the morning of that day.
 */
struct clock_event {
	int64_t id;
	int64_t sequence; /* order of recording within the clock, strictly rising */
	int64_t at;	  /* see clock_stamp */
	enum clock_act act;
	enum clock_mode mode;
	int64_t target; /* CLOCK_TARGET: the new one */
	bool judged;	/* CLOCK_TARGET: it was counted in another unit until now; then */
	int64_t breach; /* ... this is the breach that was recorded, or TIMES_NONE, */
	bool tightened; /* ... which came from a shorter target */
	const struct calendar *calendar; /* CLOCK_CALENDAR */
	int64_t amends;			 /* CLOCK_AMEND: an event's id, */
	int64_t amended_at;		 /* and when it really happened */
};

enum clock_phase {
	CLOCK_NONE,
	CLOCK_RUNNING,
	CLOCK_PAUSED,
	CLOCK_STOPPED,
	CLOCK_CANCELLED,
};

/*
 * A clock as it stood right after the last event that changed it. Read it through
 * clock_read; the fields are for storing. An instant that is not there is TIMES_NONE.
 */
struct clock {
	enum clock_unit unit;
	enum workdays_end day_end;
	enum clock_phase phase;
	bool tightened; /* the breach came from a shorter target, not from time */
	int64_t cycle;	/* 0 before the start, then 1, 2, ... */
	int64_t target;
	int64_t spent;	  /* up to `since`, carried time included */
	int64_t since;	  /* up to here time is accounted for; when stopped, the stop */
	int64_t breach;	  /* the due instant that was missed */
	int64_t began;	  /* this cycle */
	int64_t carried;  /* spent when this cycle began */
	int64_t whole;	  /* time of this cycle up to `since`, pauses not deducted */
	int64_t day_zero; /* working days: the end of the date of receipt; months and
			   * days: that date, since 1970-01-01 */
	int64_t last;	  /* the latest time of any event, with or without effect */
	const struct calendar *calendar;
};

/* How a cycle ended. */
enum clock_result {
	CLOCK_UNDECIDED, /* it has not ended */
	CLOCK_MET,
	CLOCK_MISSED,
	CLOCK_VOID, /* cancelled: neither met nor missed, left out of figures, listed */
	CLOCK_REPLACED, /* a new target restarted it before it was decided */
};

/* A cycle that is over, kept and linked to the clock. */
struct clock_cycle {
	int64_t number; /* 0: no cycle */
	int64_t began, ended;
	int64_t target, carried, spent;
	int64_t breach;
	bool tightened;
	enum clock_result result;
};

enum clock_effect {
	CLOCK_APPLIED,
	CLOCK_IGNORED, /* logged, but it has no effect in this phase */
	CLOCK_REBUILD, /* nothing done: an amendment, or an event from before the last
			* one; rebuild from the list */
};

/* A clock that has not been started. */
struct clock clock_new(const struct clock_policy *p);

/* The time to record for something that happens now: the machine's clock may have been
 * set back, the order of events may not. */
int64_t clock_stamp(const struct clock *c, int64_t now);

/* Moves a clock on by one event. An ignored event changes nothing but `last`. *ended is
 * the cycle that this event brought to an end, for keeping; number 0 when it did not. */
enum clock_effect clock_apply(struct clock *c, const struct clock_event *e,
	struct clock_cycle *ended) must_check;

/* True when two clocks agree in every field. */
bool clock_same(const struct clock *a, const struct clock *b);

/* How a clock stands at an instant. */
struct clock_reading {
	enum clock_phase phase;
	enum clock_result result;
	/* left = clock_length - spent: negative when over. Months and days: from the date
	 * of `now` to the last day in time. */
	int64_t spent, left;
	int64_t due;	/* running without a breach; else TIMES_NONE */
	bool too_far;	/* ... and TIMES_NONE too when it is more than ten years ahead */
	int64_t breach; /* or TIMES_NONE */
	bool tightened;
	int64_t revised_due; /* after a breach, when the target was loosened since and is
			      * not used up: for showing beside the breach only */
};

/* `now` before the clock's last event reads as of that event. */
struct clock_reading clock_read(const struct clock *c, int64_t now);

/* What passes in the clock's unit between two instants, whether it runs or not. */
int64_t clock_passed(const struct clock *c, int64_t from, int64_t to);

/* What is spent when the target is used up: the target or, of one in months or days, days
 * up to the last day in time as it now stands. */
int64_t clock_length(const struct clock *c);

/* Accounts for the time up to an instant that is not before the last event. For rule/ and
 * for copies only: a clock that is kept is moved on by its events. */
void clock_settle(struct clock *c, int64_t at);

/* When a running clock will have spent that much of its unit (spent: >= 0); not before
 * its last event. False when it is not running or that is more than ten years ahead. */
bool clock_when(const struct clock *c, int64_t spent, int64_t *at) must_check;

/* The first instant at which a running clock without a breach is over: then the breach
 * can be seen, and it is recorded as of the due instant. False as for clock_when. */
bool clock_over(const struct clock *c, int64_t *at) must_check;

/* Which way a stopped clock is reopened: it resumes within `days` working days of the
 * stop, and restarts after that. */
enum clock_mode clock_reopening(const struct clock *c, int64_t days, int64_t at);

#endif
