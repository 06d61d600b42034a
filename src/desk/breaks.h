/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_BREAKS_H
#define DESK_BREAKS_H

/*
 * Which promises will break next if nobody touches them. A list by due alone leaves out
 * what waits for its customer: its clock has no due instant, but it goes on by itself at
 * the chase limit or the review date, and may then break sooner than what runs now. So
 * each is put where promise_breaks (rule/promise) says.
 */

#include "store/ticket.h"

struct breaks_ticket {
	struct ticket ticket;
	int64_t at;  /* the instant of the breach */
	bool paused; /* it waits now */
};

struct breaks_list {
	struct breaks_ticket *at;
	int count;
};

/* At most `most` of a scope, the soonest first; what is broken already is not among
 * them. Looks at `most` running tickets, and at the paused ones that go on before the
 * last of these breaks. */
void breaks_next(
	struct work *w, const struct scope *s, int most, struct breaks_list *list);

#endif
