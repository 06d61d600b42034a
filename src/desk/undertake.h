/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_UNDERTAKE_H
#define DESK_UNDERTAKE_H

/*
 * What staff say to a customer by word of mouth, or promise for later.
 *
 * "We will tell you by ..." is kept as the instant that was named, whatever way it was
 * said: "within two working days" becomes the closing of that day when it is said. That
 * is what the customer heard, so a closure that is declared later does not move it, and
 * the clock counts round the clock (rule/promise).
 */

#include "desk/handle.h"

/* An instant from working time of the organisation's calendar, counted from now: so many
 * working days (to that day's closing), or seconds. TIMES_NONE when there is none. */
int64_t undertake_within(struct work *w, int64_t org, int64_t days, int64_t seconds);

/* Promises news by an instant, on its own: told on the telephone, say. A promise that is
 * still owed cannot be put off by another: INVALID (by: not in the future, or later than
 * what is owed; write to them first). Else as handle.h says. */
enum outcome undertake_promise(
	struct work *w, const struct handle *h, int64_t by, struct ticket *t) must_check;

/* The same for a ticket that is held, in the same breath as a public reply, whose verb
 * has asked desk/field. INVALID (by) when it is not in the future. */
enum outcome undertake_with_reply(
	struct work *w, struct ticket *t, int64_t by) must_check;

/* A completed call with the customer: answers them as a reply does. `words` is what was
 * said. `at`: when it was, with `reason` why it is written down only now; needs the right
 * to amend; 0: it has just ended. INVALID (words, at, reason). */
struct call {
	const char *words;
	int64_t at;
	const char *reason;
};
enum outcome undertake_call(struct work *w, const struct handle *h, const struct call *c,
	struct ticket *t) must_check;

#endif
