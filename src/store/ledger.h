/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

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

struct ledger_promises {
	int64_t stopped, met; /* resolution clocks that stopped in the period */
};

void ledger_promises(struct work *w, const struct scope *s,
	const struct figures_period *p, struct ledger_promises *out);

/* Tickets whose clock stopped in the period, was met, and had been paused, by id. */
struct ledger_paused {
	int64_t *at;
	int count;
	bool more; /* there were more than are looked at */
};

void ledger_paused(struct work *w, const struct scope *s, const struct figures_period *p,
	struct ledger_paused *list);

enum ledger_key { LEDGER_REASON, LEDGER_PERSON, LEDGER_SUPPLIER };

struct ledger_row {
	int64_t id;	  /* person or team; 0 for a reason */
	const char *name; /* the reason's code, or a name */
	int64_t pauses, late, tickets;
	int64_t seconds; /* on the wall; what lasts is counted up to now */
};

struct ledger_rows {
	struct ledger_row *at;
	int count;
};

/* Pauses that began in the period, most first; LEDGER_SUPPLIER: those while the work was
 * with a supplier or partner. */
void ledger_pauses(struct work *w, const struct scope *s, const struct figures_period *p,
	enum ledger_key key, struct ledger_rows *rows);

struct ledger_move {
	int64_t from, to;
	const char *from_name, *to_name;
	int64_t moves, back, refused;
};

struct ledger_moves {
	struct ledger_move *at;
	int count;
	struct ledger_move all;	   /* of every pair */
	int64_t tickets, returned; /* tickets that moved; that came back to a team */
};

/* Hand-overs of the period by pair of teams, most first, at most 50 pairs. */
void ledger_moves(struct work *w, const struct scope *s, const struct figures_period *p,
	struct ledger_moves *moves);

/* What a figure counted, for opening it: the tickets behind it. */
enum ledger_what {
	LEDGER_MET,
	LEDGER_MISSED,
	LEDGER_PAUSES,
	LEDGER_LATE,
	LEDGER_MOVES,
	LEDGER_BACK,
	LEDGER_REFUSED,
	LEDGER_TOUCHED, /* most teams first */
};

struct ledger_question {
	enum ledger_what what;
	struct figures_period period;
	const char *reason; /* NULL: any */
	int64_t person;	    /* who paused; 0: any */
	int64_t from, to;   /* teams; 0: any. For pauses `from` is the supplier. */
	int64_t after;	    /* the last id of the page before; 0: the beginning */
	int limit;
};

struct ledger_ticket {
	int64_t id;
	const char *reference, *subject, *service_name, *team_name;
	enum ticket_status status;
	int64_t count; /* pauses, hand-overs, or teams: what made it count */
};

struct ledger_tickets {
	struct ledger_ticket *at;
	int count;
	bool more;
};

/* By id; LEDGER_TOUCHED by teams, first page only. */
void ledger_tickets(struct work *w, const struct scope *s,
	const struct ledger_question *q, struct ledger_tickets *list);

/* Those of some ids that are in the scope, in the order of their ids. */
void ledger_tickets_of(struct work *w, const struct scope *s, const int64_t *ids,
	int count, struct ledger_tickets *list);

#endif
