/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_TRUTH_H
#define STORE_TRUTH_H

/*
 * Figures that cannot be gamed: promises with their pauses beside them, pauses, and
 * hand-overs, of a period. Counts take the scope of access_figures; the tickets behind
 * them that of reading. Every query reads the period's rows of an index, not all there
 * ever was.
 *
 * Pauses are those of the customer's own clock (resolution), by when they began.
 */

#include "store/figures.h"
#include "store/ticket.h"

struct truth_promises {
	int64_t stopped, met; /* resolution clocks that stopped in the period */
	int64_t tightened; /* of those not met: broken by a shorter target, not by time */
	int64_t cancelled; /* tickets: neither met nor missed, and no part of these */
};

void truth_promises(struct work *w, const struct scope *s, const struct figures_period *p,
	struct truth_promises *out);

/* One round of a ticket's clock: it is counted by itself when the next began anew. */
struct truth_cycle {
	int64_t ticket, cycle;
};

/* Those that stopped in the period, were met, and had been paused, by ticket. */
struct truth_paused {
	struct truth_cycle *at;
	int count;
	bool more; /* there were more than are looked at */
};

void truth_paused(struct work *w, const struct scope *s, const struct figures_period *p,
	struct truth_paused *list);

enum truth_key { TRUTH_REASON, TRUTH_PERSON, TRUTH_SUPPLIER };

struct truth_row {
	int64_t id;	  /* person or team; 0 for a reason */
	const char *name; /* the reason's code, or a name */
	int64_t pauses, late, tickets;
	int64_t seconds; /* on the wall; what lasts is counted up to now */
};

struct truth_rows {
	struct truth_row *at;
	int count;
};

/* Pauses that began in the period, most first; TRUTH_SUPPLIER: those while the work was
 * with a supplier or partner. */
void truth_pauses(struct work *w, const struct scope *s, const struct figures_period *p,
	enum truth_key key, struct truth_rows *rows);

struct truth_move {
	int64_t from, to;
	const char *from_name, *to_name;
	int64_t moves, back, refused;
};

struct truth_moves {
	struct truth_move *at;
	int count;
	struct truth_move all;	   /* of every pair */
	int64_t tickets, returned; /* tickets that moved; that came back to a team */
};

/* Hand-overs of the period by pair of teams, most first, at most 50 pairs. */
void truth_moves(struct work *w, const struct scope *s, const struct figures_period *p,
	struct truth_moves *moves);

/* What a figure counted, for opening it: the tickets behind it. */
enum truth_what {
	TRUTH_MET,
	TRUTH_MISSED,
	TRUTH_TIGHTENED, /* of those missed: by a change of target */
	TRUTH_CANCELLED,
	TRUTH_PAUSES,
	TRUTH_LATE,
	TRUTH_MOVES,
	TRUTH_BACK,
	TRUTH_REFUSED,
	TRUTH_TOUCHED, /* most teams first */
};

struct truth_question {
	enum truth_what what;
	struct figures_period period;
	const char *reason; /* NULL: any */
	int64_t person;	    /* who paused; 0: any */
	int64_t from, to;   /* teams; 0: any. For pauses `from` is the supplier. */
	int64_t after;	    /* the last id of the page before; 0: the beginning */
	int limit;
};

struct truth_ticket {
	int64_t id;
	const char *reference, *subject, *service_name, *team_name;
	enum ticket_status status;
	int64_t count; /* pauses, hand-overs, or teams: what made it count */
};

struct truth_tickets {
	struct truth_ticket *at;
	int count;
	bool more;
};

/* By id; TRUTH_TOUCHED by teams, first page only. */
void truth_tickets(struct work *w, const struct scope *s, const struct truth_question *q,
	struct truth_tickets *list);

/* Those of some ids that are in the scope, in the order of their ids. */
void truth_tickets_of(struct work *w, const struct scope *s, const int64_t *ids,
	int count, struct truth_tickets *list);

#endif
