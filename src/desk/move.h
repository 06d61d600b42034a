/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_MOVE_H
#define DESK_MOVE_H

/* A held ticket goes to another team: onto the timeline (`e`, kind moved, with who did
 * it; from and to are added), into the count and the list of hand-overs. Nobody has it
 * then. Saving is the caller's. */

#include "store/event.h"
#include "store/team.h"

void move_to_team(
	struct work *w, struct ticket *t, struct event *e, const struct team *to);

#endif
