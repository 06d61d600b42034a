/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_PAUSE_H
#define STORE_PAUSE_H

/*
 * The ledger of pauses: each time a clock was paused, why, by whom, with what proof, and
 * how the clock stood. It is kept in the transaction of the event and can be rebuilt from
 * the events alone (desk/promises), which `portreeve check` does. Reports read the table
 * `pause` of sql/0002_promises.sql by (org, began).
 *
 * What the customer keeps us waiting for pauses the resolution clock, and the leg of the
 * team or supplier that holds the work; there is one row for each clock paused, and one
 * more each time the work comes back to a team while the customer is still waited for.
 */

#include "rule/clock_unit.h"
#include "store/ticket.h"

struct pause {
	int64_t ticket;	   /* read along */
	int64_t seq;	   /* of the event `waiting` */
	const char *clock; /* resolution team supplier */
	int64_t subject;   /* the team of a leg, else 0 */
	const char *reason;
	int64_t person, team;  /* who said so; with whom the work was */
	bool supplier;	       /* that is a supplier or partner */
	int64_t question;      /* seq of the outbound question, or 0 */
	const char *evidence;  /* "": the question is the proof */
	int64_t began, ended;  /* TIMES_NONE: it lasts */
	int64_t until;	       /* ends by itself then; TIMES_NONE: it does not */
	const char *why;       /* message chase review staff resolved closed cancelled */
	int64_t spent, target; /* of the clock when it began */
	enum clock_unit unit;  /* theirs; never months */
	bool late;	       /* begun in the last tenth: see rule/promise_set */
};

/* Writes what began, and what ended. */
void pause_insert(struct work *w, const struct ticket *t, const struct pause *p);
void pause_end(struct work *w, const struct ticket *t, const struct pause *p);

struct pause_list {
	struct pause *at;
	int count;
};

/* All of a ticket, in the order of their events. */
void pause_read(struct work *w, const struct ticket *t, struct pause_list *list);

/* All of an organisation's tickets from `first` to `last`, by ticket and event. */
void pause_read_run(struct work *w, int64_t org, int64_t first, int64_t last,
	struct pause_list *list);

/* Tickets of a scope whose resolution is paused and goes on by itself before `before`,
 * the soonest first; how many, at most `most`. */
int pause_ending(struct work *w, const struct scope *s, int64_t before, int most,
	int64_t *tickets);

/* Forgets all of a ticket, to write them anew: an earlier event was amended. */
void pause_forget(struct work *w, const struct ticket *t);

#endif
