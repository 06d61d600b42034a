/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_BELL_H
#define DB_BELL_H

/*
 * How the processes on one PostgreSQL database call each other (LISTEN and NOTIFY). A
 * bell is one connection; one thread at a time uses it. A call is heard by everybody who
 * listens at that moment, in the order of the commits, and by nobody else: who was away
 * must look for themselves.
 */

#include <stdbool.h>
#include <stdint.h>

enum { BELL_LONGEST = 7900 }; /* bytes of one call */

struct bell;

/* Connects and listens to the channel, a plain word. NULL: logged. Only for
 * "postgresql://...". */
struct bell *bell_open(const char *url, const char *channel);
void bell_close(struct bell *b);

/* Waits until there is a call, `also` (a descriptor) can be read, or that many
 * milliseconds have passed; gives each call of somebody else to `heard`. False: the
 * connection is lost, and the bell of no more use. */
bool bell_wait(struct bell *b, int also, int milliseconds,
	void (*heard)(void *context, const char *text), void *context);

/* Calls the others. False: the connection is lost. */
bool bell_ring(struct bell *b, const char *text);

#endif
