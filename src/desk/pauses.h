/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_PAUSES_H
#define DESK_PAUSES_H

/* The ledger of pauses (store/pause), kept with the events that begin and end them. */

#include "rule/promise.h"
#include "store/event.h"
#include "store/pause.h"

/* What a pause of a clock says, with the event `waiting` that began it. */
struct pause pauses_row(const struct promise_pause *p, const struct event *waiting);

/* Writes what a step of the clocks did to their pauses; `e` is the event of the step. */
void pauses_keep(struct work *w, const struct ticket *t, const struct promise_set *set,
	const struct event *e);

/* Writes all pauses of a ticket anew, from the events that they were folded from. */
void pauses_rewrite(struct work *w, const struct ticket *t, const struct promise_set *set,
	const struct event_list *events);

/* Everything that is written of a pause as one text: equal when every field agrees. */
const char *pauses_text(struct arena *a, const struct pause *p);

#endif
