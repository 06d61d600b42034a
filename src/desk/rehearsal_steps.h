/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_REHEARSAL_STEPS_H
#define DESK_REHEARSAL_STEPS_H

/*
 * The dry run of the table `escalation`: the clocks of every ticket that something
 * happened to in the last month, or that is still counted, folded once more event by
 * event; between two events a clock's steps fire by the live version and by the draft, as
 * desk/escalate would have done it with a timer that is never late. A step fires once for
 * (clock, cycle, step), and only what fires in that month counts.
 *
 * Rows are asked with the priority and team the ticket had then, and with what is known
 * of its customer now. The breach is no step and is the same by both.
 */

#include "desk/rehearsal.h"

void rehearsal_steps_run(struct work *w, const struct table *draft, struct rehearsal *r);

#endif
