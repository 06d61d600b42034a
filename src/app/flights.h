/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_FLIGHTS_H
#define APP_FLIGHTS_H

#include <stdbool.h>

/* The requests with an idempotency key that this process is answering just now. Safe from
 * several threads. */
struct flights;

struct flight {
	struct flight *next;
	unsigned char at[16]; /* hash of token and key */
};

struct flights *flights_new(void);
void flights_free(struct flights *f);

/* False when a request of the same caller (by token; NULL: none) under the same key is on
 * its way. Else *one stays among them until flights_end, and must live as long. */
bool flights_begin(
	struct flights *all, struct flight *one, const char *secret, const char *key);
void flights_end(struct flights *all, struct flight *one);

#endif
