/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_FACTS_H
#define DESK_FACTS_H

/* Events of a ticket as the fold over its clocks sees them (rule/promise): what the data
 * of an event says, read into numbers. desk/timeline has the kinds and their data. */

#include "rule/promise.h"
#include "store/event.h"

struct promise_fact facts_of(struct work *w, int64_t org, const struct event *e);

/* Of several, in their order. */
struct promise_fact *facts_of_all(
	struct work *w, int64_t org, const struct event *events, int count);

/* A number of an event's data; 0 when it is not there. */
int64_t facts_number(const struct event *e, const char *name);

#endif
