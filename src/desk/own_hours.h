/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_OWN_HOURS_H
#define DESK_OWN_HOURS_H

/*
 * When somebody of staff is next at work, for what they are told (clock.md section 7:
 * notifications wait for the recipient's own working hours).
 *
 * It is the first open instant of their own shifts, in whichever team; who has none works
 * by the shift of their team, or by its calendar. Days off do not count. Where nothing of
 * that opens within 14 days (away for long, shifts that are no longer planned) the
 * team's calendar holds as if there were no days off: a notice is not kept for weeks
 * (decision).
 */

#include "store/work.h"

/* `calendar` is the team's. w->now while they are at work, and when it never opens. */
int64_t own_hours_next(struct work *w, int64_t org, int64_t person, int64_t calendar);

#endif
