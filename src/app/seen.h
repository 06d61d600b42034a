/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_SEEN_H
#define APP_SEEN_H

/*
 * When sessions were last used. A request that only reads writes nothing, so what it says
 * of its session is kept here and written once a minute by a job. The table has a fixed
 * size; when it is full what is new is not noted. Safe from several threads.
 */

#include <stdint.h>

struct house;
struct seen;

enum { SEEN_EVERY = 60 }; /* seconds between two notes of one session */

struct seen *seen_new(void);
void seen_free(struct seen *s);

/* `hash` is the session's. */
void seen_note(struct seen *s, const char *hash, int64_t at);

/* Writes what was noted. */
void seen_write(struct house *h);

#endif
