/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_PROMISE_SET_H
#define RULE_PROMISE_SET_H

/*
 * The clocks of one ticket together, with what became of their pauses and, when it is
 * wanted, a trace of one of them for its account. Which event does what is
 * rule/promise's; here one clock takes one event and the rest is noted.
 */

#include "rule/clock.h"

enum promise_kind {
	PROMISE_RESPONSE,
	PROMISE_RESOLUTION,
	PROMISE_UPDATE,
	PROMISE_TEAM,
	PROMISE_SUPPLIER,
	PROMISE_KINDS
};

/* "response", "resolution", "update", "team", "supplier", and back; PROMISE_KINDS when
 * there is no such kind. */
const char *promise_kind_name(enum promise_kind k);
enum promise_kind promise_kind_named(const char *name);

struct promise_state {
	enum promise_kind kind;
	int64_t subject; /* the team of a leg, else 0 */
	struct clock clock;
	int64_t calendar_id, calendar_version;
	bool no_pause;
	int64_t terms;	/* seq of the event whose terms it runs under */
	int64_t paused; /* seq of the event that paused it; 0: it is not paused */
	int64_t until;	/* while it is: when it goes on by itself, or TIMES_NONE */
	bool until_chase;
	int64_t next_target; /* came while it was stopped: for the next cycle; 0: none */

	/* Kept beside the fold: see store/kept_clock. */
	bool changed;	   /* since it was read */
	int64_t next_at;   /* TIMES_NONE: nothing is to come */
	const char *fired; /* steps of this cycle that have fired */
};

/* A pause that began or ended, for the ledger. */
struct promise_pause {
	enum promise_kind kind;
	int64_t subject, seq;
	int64_t began; /* TIMES_NONE: before what is at hand; only its end is told */
	int64_t ended; /* TIMES_NONE: it lasts */
	const char *why;
	int64_t spent, target; /* as it began; of a target in months, days */
	enum clock_unit unit;
	bool late; /* it began in the last tenth of the target, or beyond it: see
		    * promise_set_late */
};

/* A cycle that is over for good: a new one began with nothing spent. Its verdict stands.
 */
struct promise_ended {
	enum promise_kind kind;
	int64_t subject, cycle;
	int64_t stopped;
	bool met, tightened;
};

/* What happened to one clock, for its account: give it to the set before folding. */
struct promise_trace {
	enum promise_kind kind;
	int64_t subject;
	struct clock_policy policy;
	struct clock_event *events; /* id: seq of the ticket's event; 0: by itself */
	size_t count, size;
};

/* The clocks of a ticket, and what happened to their pauses. */
struct promise_set {
	struct arena *arena;
	struct promise_state *at;
	int count, size;
	struct promise_pause *pauses;
	int pause_count, pause_size;
	struct promise_ended *ended;
	int ended_count, ended_size;
	bool whole; /* `ended` is of all events, not of those that came last */
	struct promise_trace *trace; /* NULL: not wanted */
};

struct promise_state *promise_set_find(
	const struct promise_set *set, enum promise_kind k, int64_t subject);

/* Adds one; valid until the next is added. */
struct promise_state *promise_set_add(
	struct promise_set *set, enum promise_kind k, int64_t subject);

/* Where an event of a clock comes from. */
struct promise_cause {
	int64_t seq;	   /* of the ticket's event */
	int64_t recorded;  /* the time it was recorded with */
	int64_t amendment; /* seq of the event that gave it another; 0: none */
	int64_t amended;   /* when that was said */
	int64_t at;	   /* the time that counts */
	const char *why;   /* in case it ends a pause */
};

/* Gives a clock its next event, which happens at e.at. */
void promise_set_apply(struct promise_set *set, struct promise_state *s,
	const struct promise_cause *cause, struct clock_event e);

/* Begins a trace anew, when it is of this clock. */
void promise_set_traced(struct promise_set *set, const struct promise_state *s,
	const struct clock_policy *p);

/* Ends a pause that was to end by itself before an instant. */
void promise_set_settle(struct promise_set *set, struct promise_state *s, int64_t at);

/*
 * Is the last tenth of a clock's target begun, as of its last event? Nine tenths or more
 * are used up. A working day is used up at its last closing, so of a target below ten
 * working days the last one is the last tenth (decision): it begins when one day less
 * than the target is used up, though never on the date of receipt. Of months and days
 * the date it is counts as used: on the last day all of them are.
 */
bool promise_set_late(const struct clock *c);

/* Forgets the pauses and the ended cycles of one clock: it is folded once more. */
void promise_set_forget(struct promise_set *set, const struct promise_state *s);

#endif
