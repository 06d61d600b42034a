/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_REHEARSAL_DEEDS_H
#define DESK_REHEARSAL_DEEDS_H

/*
 * The dry run of the tables `status` and `field`: every change of status, or of a field,
 * that was made in the last month, asked once more of the live version and of the draft.
 *
 * The status before a change is folded from the ticket's events; what a row demands is
 * looked for in what was said with the change, in who had the ticket then, and in the
 * customer and place it has now; a right is asked of the roles that whoever did it has
 * now. Imported changes are left out, and reading, which leaves no event.
 */

#include "desk/rehearsal.h"

/* `name` is "status" or "field". */
void rehearsal_deeds_run(
	struct work *w, const char *name, const struct table *draft, struct rehearsal *r);

#endif
