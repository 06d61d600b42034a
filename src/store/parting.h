/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_PARTING_H
#define STORE_PARTING_H

/*
 * Whose live pages end, because what they may see has changed: a role was given or taken,
 * an account disabled, a session ended. Whoever changes such a thing says so here, in the
 * same transaction; after the commit the streams end (app/live) and browsers ask anew.
 *
 * Other processes hear of it too. On PostgreSQL the transaction itself notifies the nodes
 * (app/nodes), so that no crash can come between; on SQLite, where only commands run
 * beside the one that serves, a row stays for a day and is looked for every second.
 */

#include "store/work.h"

struct parting {
	int64_t id;
	int64_t person;	     /* 0: everybody */
	const char *session; /* hash: of this session alone; "" : of all they have */
	const struct parting *next;
};

void parting_of_everybody(struct work *w);
void parting_of_person(struct work *w, int64_t person);
void parting_of_session(struct work *w, const char *hash);

/* The channel on which nodes hear, and how a parting reads there. False: it is none. */
#define PARTING_CHANNEL "portreeve"
const char *parting_write(struct arena *a, const struct parting *p);
bool parting_read(struct arena *a, const char *text, struct parting *p);

/* Those that stand in the table since *after, which moves on; newest first. Read by who
 * serves on SQLite. -1 as *after: begins with what comes from now on. */
const struct parting *parting_since(struct work *w, int64_t *after);

/* Removes what everybody has heard of. */
void parting_sweep(struct work *w);

#endif
