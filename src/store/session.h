/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

/* Sessions in the database, by the hash of their cookie: they survive a restart and any
 * node knows them. A session is anonymous until somebody signs in; signing in makes a
 * new one (no fixation). */

#include "store/work.h"

enum { SESSION_ANONYMOUS = 30 * 86400, SESSION_SIGNED_IN = 12 * 3600 };

/* Makes a session and returns the cookie's value. `person` 0: nobody. */
const char *session_start(struct work *w, int64_t org, int64_t person, int64_t lifetime,
	const char *peer, struct session *s);

/* By cookie; MISSING when there is none or it has ended. */
enum outcome session_find(
	struct work *w, const char *cookie, struct session *s) must_check;

void session_end(struct work *w, const char *hash);

/* All of a person's, at a change of password. */
void session_end_all(struct work *w, int64_t person);

/* Where a person with several organisations works now. */
void session_set_org(struct work *w, const char *hash, int64_t org);

/* Removes what has ended. */
void session_sweep(struct work *w);

#endif
