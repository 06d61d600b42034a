/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_WAIT_REASON_H
#define STORE_WAIT_REASON_H

/*
 * Why an organisation may wait for a customer: its list of reasons, all of them on the
 * customer's side, since a clock of theirs never stops for a team or a supplier. An
 * organisation without a list of its own has one reason, "customer": we asked them.
 */

#include "store/work.h"

struct wait_reason {
	int64_t org;
	const char *code;  /* "customer" */
	const char *words; /* as staff read it; "": the house's own words for it */
	/* What proves it: a question that is sent to them, or what staff write down (a
	 * visit agreed for a day they chose). */
	enum wait_proof { WAIT_QUESTION, WAIT_EVIDENCE } proof;
	int64_t chase_days;  /* working days between reminders; 0: none are sent */
	int64_t chase_limit; /* so many, and as long again after the last: it goes on */
	int64_t review_days; /* goes on after so many working days at the latest; 0: - */
};

struct wait_reason_list {
	const struct wait_reason *at;
	int count;
};

/* Those offered, in their order. Never empty. */
void wait_reason_list(struct work *w, int64_t org, struct wait_reason_list *list);

/* DONE or MISSING. */
enum outcome wait_reason_find(
	struct work *w, int64_t org, const char *code, struct wait_reason *r) must_check;

/* Adds or changes one. */
void wait_reason_save(struct work *w, const struct wait_reason *r, int position);

/* It is not offered any more; who waits for it goes on. DONE or MISSING. */
enum outcome wait_reason_end(struct work *w, int64_t org, const char *code) must_check;

/* The place and code for one more: "keys_at_the_office" of its words. */
void wait_reason_place(struct work *w, int64_t org, const char *words,
	struct wait_reason *r, int *position);

#endif
