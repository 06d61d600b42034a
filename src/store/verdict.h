/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_VERDICT_H
#define STORE_VERDICT_H

/* Table `verdict`: how promises ended, for figures. It follows the clocks of a ticket
 * (store/kept_clock) and can be made anew from them. */

#include "store/kept_clock.h"

/* Writes what the clocks of a ticket came to since they were `was`: what stopped is
 * there, what goes on is not, and what began anew leaves its old verdict standing. */
void verdict_follow(
	struct work *w, const struct ticket *t, const struct promise_set *was);

/* The rows that belong to a set, in one text. */
const char *verdict_text(struct arena *a, const struct promise_set *set);

/* The rows that there are, as such a text each, for a list of tickets in rising order. */
void verdict_read(struct work *w, int64_t org, int64_t first, int64_t last,
	struct kept_clock_list *list);

#endif
