/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_KEPT_ANSWER_H
#define STORE_KEPT_ANSWER_H

/* What a changing request of a machine was answered, for its retries. The caller is the
 * hash of the token it came with. */

#include "store/work.h"

enum { KEPT_ANSWER_LIFETIME = 25 * 3600 };

struct kept_answer {
	const char *digest; /* of what was asked */
	int64_t status;
	const char *type, *tag, *location; /* "" when there is none */
	struct bytes body;		   /* sealed (app/repeat) */
};

/* Nobody else answers a request of this caller under this key until the transaction
 * ends; false when somebody does just now. On PostgreSQL a lock of the transaction that
 * all nodes see; SQLite has one writer. */
bool kept_answer_claim(struct work *w, const char *key) must_check;

/* DONE or MISSING. */
enum outcome kept_answer_find(
	struct work *w, const char *key, struct kept_answer *k) must_check;

/* CONFLICT when there is one. */
enum outcome kept_answer_insert(
	struct work *w, const char *key, const struct kept_answer *k) must_check;

/* Forgets what is older than KEPT_ANSWER_LIFETIME. */
void kept_answer_sweep(struct work *w);

#endif
