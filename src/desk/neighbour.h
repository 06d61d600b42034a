/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_NEIGHBOUR_H
#define DESK_NEIGHBOUR_H

/* A ticket that comes to a team which stands for another body is sent to that body's
 * Open311 endpoint; what they say of it is noted on the ticket. */

#include "store/body.h"
#include "store/event.h"

/* After an event was added to a ticket. */
void neighbour_follow(struct work *w, const struct ticket *t, const struct event *e);

/* It was taken there, under that id or token. DONE or MISSING. */
enum outcome neighbour_taken(struct work *w, const struct body *b, int64_t ticket,
	const char *theirs, const char *token) must_check;

/* An update of theirs: applied once, as a note with their words and the status they wish;
 * the ticket's own state is for people to change. One for an id that we do not know is
 * kept. */
void neighbour_told(struct work *w, const struct body *b, const struct body_update *u);

#endif
