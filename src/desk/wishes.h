/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_WISHES_H
#define DESK_WISHES_H

/*
 * An update about a ticket from another system: a public message, and a status of the
 * mySociety extension as a wish (open311.md O36). It becomes an event; it changes the
 * ticket only where our own flow allows that: a message ends a wait, "open" and "reopen"
 * take a resolved ticket back into work; everything else is for people to decide.
 */

#include "store/contact.h"
#include "store/event.h"

struct wish {
	int64_t org, ticket;
	const char *key;    /* of the contact */
	const char *status; /* small letters, one that wishes_known knows */
	const char *words;  /* "" */
	const char *name;   /* who wrote it, "" */
	const struct contact_file *files;
	int file_count;
	struct pairs addresses; /* of photographs; the names say nothing */
};

/* Is it a status of the extension: "in_progress"? */
bool wishes_known(const char *status);

/* DONE with the ticket as it is now, MISSING, or CONFLICT when the key is taken. */
enum outcome wishes_apply(
	struct work *w, const struct wish *wish, struct ticket *t) must_check;

#endif
