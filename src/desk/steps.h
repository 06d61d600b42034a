/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_STEPS_H
#define DESK_STEPS_H

/* Which steps of the table `escalation` a clock has: every row that matches, those with
 * one threshold as one step. */

#include "rule/escalation.h"
#include "rule/promise.h"
#include "rule/table.h"
#include "store/ticket.h"

/* A threshold with everybody who is told at it. */
struct step {
	struct escalation_step step;
	unsigned notify;
	bool any_hour;
};

/* As many as the table has: none is left out. */
struct steps {
	struct step *at;
	int count, size;
};

/* In the order of the table. */
void steps_find(struct work *w, const struct table *table, const struct ticket *t,
	const struct promise_state *s, struct steps *steps);

#endif
