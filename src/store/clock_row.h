/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_CLOCK_ROW_H
#define STORE_CLOCK_ROW_H

/* The stored state of a ticket's clocks: a cache of the fold over its events. */

#include "rule/promise.h"
#include "store/ticket.h"

/* All clocks of a ticket; those that do not exist are not made. */
void clock_row_read(struct work *w, const struct ticket *t,
	struct promise_state states[PROMISE_KINDS]);

/* Writes one; `due` and so on are derived at w->now for lists and figures. */
void clock_row_write(struct work *w, const struct ticket *t, enum promise_kind k,
	const struct promise_state *s);

/* The exact text in which a state is kept: equal states, equal bytes. */
const char *clock_row_text(struct arena *a, const struct promise_state *s);

/* The text as stored now, or NULL. */
const char *clock_row_stored(struct work *w, const struct ticket *t, enum promise_kind k);

#endif
