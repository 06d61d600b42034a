/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_REHEARSAL_H
#define DESK_REHEARSAL_H

/*
 * The dry run: the tickets of the last month folded once more, as they were when they
 * came, with the tables that are live and with a draft in the place of one of them
 * (clock.md section 7). Nothing is written.
 *
 * What is compared is the live version and the draft, not what happened then: a ticket
 * may have been decided by an older version. Values set by hand are left aside, except
 * that a priority set by hand asks the table of targets again, as it did.
 *
 * The tables `status` and `field` are tried on what people did (desk/rehearsal_deeds),
 * `escalation` on the clocks of that month (desk/rehearsal_steps).
 *
 * Where the promise changes, the resolution clock is counted once more over the ticket's
 * events, under the live and under the draft's terms, as of now.
 */

#include "rule/fold.h"
#include "rule/promise_set.h"
#include "store/ticket.h"

enum {
	REHEARSAL_DAYS = 30,
	REHEARSAL_MOST = 20000,
	REHEARSAL_SHOWN = 200,
};

enum rehearsal_kind {
	REHEARSAL_PRIORITY = 1,
	REHEARSAL_TEAM = 2,
	REHEARSAL_TERMS = 4,
	REHEARSAL_LEG = 8, /* what the first team promises */
};

enum rehearsal_verdict {
	REHEARSAL_NONE, /* no such promise */
	REHEARSAL_OPEN, /* still running or paused, in time so far */
	REHEARSAL_MET,
	REHEARSAL_MISSED, /* or running, and over already */
	REHEARSAL_VERDICTS
};

struct rehearsal_side {
	struct folded fold;
	const struct table_row *leg;
	enum rehearsal_verdict verdict; /* of the resolution, where the terms change */
};

struct rehearsal_change {
	int64_t ticket, created;
	const char *reference; /* NULL: whoever looks may not see this ticket */
	const char *service, *channel;
	unsigned kinds;
	struct rehearsal_side was, is;
};

/* How a table answers what somebody did. */
struct rehearsal_answer {
	enum {
		REHEARSAL_ALLOWED,
		REHEARSAL_REFUSED,
		REHEARSAL_RIGHT, /* who did it has not the right that a row takes */
		REHEARSAL_LACKS, /* what a row demands was not there */
		REHEARSAL_ANSWERS
	} kind;
	const struct table_row *row; /* or NULL */
};

/* Tables `status` and `field`: one change that would be answered otherwise. */
struct rehearsal_deed {
	int64_t at;
	const char *reference; /* NULL: whoever looks may not see this ticket */
	const char *service, *channel;
	const char *from, *to; /* statuses */
	const char *field;     /* what was changed; NULL: the status */
	struct rehearsal_answer was, is;
};

/* Table `escalation`: a step of a clock that fires by the live version [0], by the draft
 * [1], or by both. */
struct rehearsal_firing {
	enum promise_kind clock;
	int64_t subject, cycle;
	enum table_threshold threshold;
	int64_t amount;
	int64_t at[2];	    /* when; 0: not */
	unsigned notify[2]; /* TABLE_NOTIFY_... */
	bool any_hour[2];
};

/* How often one step fires, whatever the ticket. */
struct rehearsal_step {
	struct rehearsal_firing step; /* whom it tells: all of them together */
	int fired[2];
	int otherwise; /* of these by one alone, or telling somebody else */
};

/* A ticket with the steps that would go otherwise. */
struct rehearsal_stepped {
	int64_t created;
	const char *reference; /* NULL: whoever looks may not see this ticket */
	const char *service, *channel;
	const struct rehearsal_firing *at;
	int count;
};

/* Over what a table is tried: tickets that came, or what was done to tickets. */
enum rehearsal_over { REHEARSAL_TICKETS, REHEARSAL_DEEDS, REHEARSAL_STEPS };

struct rehearsal {
	int64_t since; /* tickets received, or changes made, from then on */
	enum rehearsal_over over;
	bool computable; /* false: nothing about this table can be tried this way */
	int looked;
	bool cut;    /* there were more: only the newest REHEARSAL_MOST */
	int without; /* tickets left out: what was seen of them was not kept */
	int changed; /* tickets */
	int of_kind[REHEARSAL_LEG + 1]; /* by kind */
	/* How the resolution would have gone, of tickets whose promise changes. */
	int verdicts[REHEARSAL_VERDICTS][REHEARSAL_VERDICTS]; /* [was][is] */

	/* The newest REHEARSAL_SHOWN of them; restricted ones that may not be seen are
	 * counted alone. */
	struct rehearsal_change *changes;
	int shown;

	/* REHEARSAL_DEEDS (desk/rehearsal_deeds): looked, changed and shown count these.
	 */
	int answers[REHEARSAL_ANSWERS][REHEARSAL_ANSWERS]; /* [was][is] */
	struct rehearsal_deed *deeds;

	/* REHEARSAL_STEPS (desk/rehearsal_steps): looked, changed and shown count
	 * tickets.
	 */
	int firings[2]; /* by the live version, by the draft */
	struct rehearsal_step *steps;
	int step_count;
	struct rehearsal_stepped *stepped;
};

/* `draft` stands in the place of the live table `name`. RIGHT_ADMIN is the caller's to
 * ask. */
void rehearsal_run(
	struct work *w, const char *name, const struct table *draft, struct rehearsal *r);

#endif
