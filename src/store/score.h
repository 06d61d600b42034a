/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SCORE_H
#define STORE_SCORE_H

/* The one-click survey after a ticket was resolved. The token in the letter is the only
 * way to it; it is kept as a hash. */

#include "store/ticket.h"

struct score {
	int64_t org, ticket, cycle;
	int64_t score; /* 1..5; 0: not answered */
	const char *comment;
	int64_t sent, answered;
};

/* Writes the question of this resolution and returns its token (26 letters). */
const char *score_ask(struct work *w, const struct ticket *t);

/* By token. DONE or MISSING. */
enum outcome score_find(struct work *w, const char *token, struct score *s) must_check;

/* Of a ticket that was read through a scope: its last question. DONE or MISSING. */
enum outcome score_of(struct work *w, const struct ticket *t, struct score *s) must_check;

void score_give(struct work *w, const struct score *s);

#endif
