/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_APPLY_CALENDAR_H
#define APP_APPLY_CALENDAR_H

/* `portreeve apply-calendar ID [--org CODE]`: what runs under an older version of a
 * calendar goes on under the newest (desk/recount). Without ID it lists the calendars.
 * May run while the house serves, and again: what is done is not done twice. */

#include "app/errand.h"

int apply_calendar_command(const struct config *c);

/* The same with an errand that is open; how many tickets, or -1. */
int64_t apply_calendar(struct errand *e, int64_t org, int64_t calendar);

#endif
