/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_PRESENCE_H
#define STORE_PRESENCE_H

/*
 * Whether somebody is there to be given work, as they said it. It ends with their shift,
 * and with the session they said it in; then nobody knows, and they are given nothing.
 */

#include "store/work.h"

enum presence_state { PRESENCE_UNKNOWN, PRESENCE_HERE, PRESENCE_BUSY, PRESENCE_AWAY };

/* "present", "busy", "away", and back; PRESENCE_UNKNOWN for anything else. */
const char *presence_name(enum presence_state s);
enum presence_state presence_named(const char *name);

struct presence {
	enum presence_state state;
	int64_t since, until;
};

/* As it holds at w->now. */
struct presence presence_of(struct work *w, int64_t person);

/* Who says it: the person in a session, or somebody for them (a leader, the telephone).
 */
enum presence_by { PRESENCE_IN_SESSION, PRESENCE_FOR_THEM };
void presence_set(struct work *w, int64_t person, enum presence_state state,
	int64_t until, enum presence_by by);

/* The columns of a query over `presence as said` left-joined, for lists: state, since,
 * until; all null when nothing holds at $now. */
#define PRESENCE_HOLDS(now)                                                     \
	"said.until > " now " and (said.session = 0 or exists (select 1 from"   \
	" session open where open.person = said.person and open.expires > " now \
	" and open.created <= said.since))"

#endif
