/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_TICKETS_H
#define APP_DEMO_TICKETS_H

/*
 * The tickets of the demonstration, seed/tickets.csv, played through the same doors as
 * real ones, with the clock set back. Columns:
 *
 *	org when service channel who words place urgency then
 *
 * `when` is "12d 09:40", working days ago at that time in London, or "40m", "3h" before
 * now. `who` is a key of seed/staff.csv or "Name <address>". `then` is what followed,
 * parted by " / ": TIME WHO VERB TEXT, with TIME "+20m", "+2h" or "+1d 10:05" (working
 * days) after what was before. VERB is claim, reply, note, wait, resolve, reopen,
 * priority ("2 why"), give (to a team), message or score ("5 comment") by "customer".
 * What would lie in the future is left out.
 */

#include "app/demo/demo_cast.h"

struct demo_tickets {
	const struct demo_cast *cast;
	struct happening *at; /* all, by time */
	int count;
	int64_t made; /* out: tickets that were not there */
};

/* Reads the seed file as seen at `now`; false after saying what is wrong. */
bool demo_tickets_read(struct arena *a, int64_t now, struct demo_tickets *t);

/* Plays it, in one transaction; context is the struct demo_tickets. Tickets that are
 * there already are left alone. */
enum outcome demo_tickets_play(struct work *w, void *context) must_check;

#endif
