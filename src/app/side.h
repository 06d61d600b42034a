/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_SIDE_H
#define APP_SIDE_H

/* A few threads for what would hold up a web thread or a lane: long reads, password
 * hashing, reading uploads. The queue is bounded. What anybody may ask for comes last: it
 * waits until nothing else does, takes half of the queue at most, and leaves one thread
 * free, so that robots on costly pages do not keep out who works here. */

#include <stdbool.h>

struct side;

struct chore {
	void (*run)(struct chore *c); /* may be the end of it */
	bool last;		      /* anybody may ask for it */
	struct chore *next;	      /* the pool's */
};

struct side *side_open(int threads, int bound);

/* False when too much waits already. */
bool side_submit(struct side *s, struct chore *c) __attribute__((warn_unused_result));

/* Finishes what waits, then stops. */
void side_close(struct side *s);

#endif
