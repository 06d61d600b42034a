/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_EXTEND_H
#define DESK_EXTEND_H

/*
 * An agreement may allow a solution a longer time, if the customer is told so with the
 * reason before the first time is over (privacy.md 2 and 4: "one month, three if it is
 * complex"). The column `extended` of table "target" says how long; the public reply that
 * tells them gives it, once. The clock then has another target, which carries what
 * was spent and waited; in months its last day is laid from the date of receipt.
 */

#include "desk/routing.h"

/* The longer time that the live table offers a ticket as it stands, or 0: it has none,
 * has it already, or is over or stopped. *unit is its unit. */
int64_t extend_offered(struct work *w, const struct ticket *t, enum clock_unit *unit);

/* Terms as they hold for a ticket: whoever was told of a longer time has the one that
 * these terms offer. */
void extend_keep(struct work *w, const struct ticket *t, struct promise_terms *terms);

/* Gives it to a ticket that is held, in the same breath as a public reply; the caller
 * saves. INVALID (extend) where none is offered. */
enum outcome extend_with_reply(struct work *w, struct ticket *t) must_check;

#endif
