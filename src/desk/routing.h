/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_ROUTING_H
#define DESK_ROUTING_H

/*
 * Where a ticket goes and what it is promised: a fold over the organisation's live
 * tables, priority, then route, then target (clock.md section 8). Each decision is kept
 * with the version and row that decided and the values it saw.
 */

#include "rule/fold.h"
#include "store/contact.h"
#include "store/decision.h"
#include "store/person.h"
#include "store/service.h"
#include "store/ticket.h"

struct promise_terms {
	int64_t response; /* in its unit; 0: no such clock */
	enum clock_unit response_unit;
	int64_t resolution; /* in its unit; 0: none */
	enum clock_unit unit;
	int64_t extended; /* what it may be extended to (desk/extend); 0: nothing */
	int64_t calendar;
	enum table_mode mode; /* what becomes of a clock whose target changes to this */
	bool midnight;	      /* a due working day ends at midnight, not at closing */
	bool no_pause;	      /* waiting for the customer does not stop it */
};

struct routed {
	int64_t priority; /* 1..4 */
	int64_t team;
	struct promise_terms terms;
	struct decision decisions[FOLD_STEPS];
};

/* The live tables of an organisation. */
void routing_tables(struct work *w, int64_t org, struct fold_tables *tables);

/* The fold, with what is kept of it; writes nothing. */
void routing_fold(struct work *w, const struct fold_tables *tables,
	const struct fold_input *in, struct routed *r);

/* Decides; writes nothing. */
void routing_decide(struct work *w, const struct service *s, const struct contact *c,
	const struct person *p, struct routed *r);

/* Decides the terms alone, for a ticket whose priority was changed. */
void routing_terms(struct work *w, const struct ticket *t, struct promise_terms *terms,
	struct decision *d);

/* Decides what the team that the ticket is with owes it, by the table `leg`: an
 * operational agreement or a contract. Terms without a resolution when that says nothing;
 * false, with no decision, when the organisation has no such table. */
bool routing_leg(struct work *w, const struct ticket *t, struct promise_terms *terms,
	struct decision *d);

/* What is kept when somebody of staff sets the priority or the team of a ticket
 * themselves: no row decided, and `gave` has "hand", who did. Until the rules are asked
 * again it holds against every row that does not stand over hands. */
struct decision routing_by_hand(
	struct work *w, const struct ticket *t, enum fold_step step);

#endif
