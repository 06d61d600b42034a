/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_REPEAT_H
#define APP_REPEAT_H

/*
 * Idempotency keys for every changing request of a machine (trust.md section 3). A
 * request that says Idempotency-Key is done once: the same request again by the same
 * token gets the same answer with the same status, kept in the transaction of the change
 * and sealed with a key out of that token, of which the database knows the hash alone;
 * the same key with another request is refused with 422; one that is being answered just
 * now with 409. Requests that were refused changed nothing, so nothing is kept of them
 * and they are looked at again.
 */

#include "app/entry.h"

/* The key a machine gave its changing request, or NULL. */
const char *repeat_key(const struct request *q);

/* In the lane, before the handler: DONE, go on; else the reply says what there is to say.
 * *answered is set when it is the answer of the first time (the outcome is then DONE). */
enum outcome repeat_begin(struct work *w, const struct request *q, struct reply *r,
	bool *answered) must_check;

/* After the handler has ended DONE: keeps its answer. CONFLICT when another node was
 * faster; the reply then says so. */
enum outcome repeat_keep(
	struct work *w, const struct request *q, struct reply *r) must_check;

#endif
