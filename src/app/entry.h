/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_ENTRY_H
#define APP_ENTRY_H

/*
 * Who is at the door, and may they come in this way: session cookie or bearer token to
 * actor, the route's `who`, the origin of a changing request and its form token.
 */

#include "http/router.h"
#include "store/work.h"

/* Sets actor, session and words of the work. DONE, or the reply already says what to do
 * instead (sign in, 401, 403) and the outcome is DENIED. */
enum outcome entry_admit(struct work *w, const struct route *route,
	const struct request *q, struct reply *r) must_check;

/* The token that a machine sent: as "Authorization: Bearer", or on /open311/ also as
 * api_key in the body or the query, or bare in Authorization (open311.md O8). NULL when
 * there is none. */
const char *entry_secret(const struct request *q);

/* Is the address one for machines: below /api/v1/ or /open311/? */
bool entry_is_machine(const struct request *q);

#endif
