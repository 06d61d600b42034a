/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_TRACK_H
#define STORE_TRACK_H

/* Tracking without an account: a one-time code goes to the address we know; whoever
 * types it opens that one ticket for their session, for a while. */

#include "store/ticket.h"

enum { TRACK_CODE_LIFETIME = 10 * 60, TRACK_GRANT_LIFETIME = 12 * 3600, TRACK_TRIES = 5 };

/* Keeps the hash of a code for a ticket. */
void track_put_code(struct work *w, const struct ticket *t, const char *code);

/* Uses a code: DONE once, then MISSING. Every wrong try counts against all codes of the
 * ticket; after TRACK_TRIES they are worth nothing. */
enum outcome track_use_code(
	struct work *w, const struct ticket *t, const char *code) must_check;

/* The session of the work may open the ticket from now on. */
void track_grant(struct work *w, const struct ticket *t);

/* May it? The ticket, when it may and the reference is that of such a ticket. */
enum outcome track_open(
	struct work *w, const char *reference, struct ticket *t) must_check;

/* Tickets with that reference, in any organisation: usually one. Only to send a code to
 * the address on record; what is found is never shown. */
enum outcome track_find(
	struct work *w, const char *reference, struct ticket *t) must_check;

#endif
