/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_TIMERS_H
#define APP_TIMERS_H

/* Does what clocks want at their next instant (desk/escalate): asks the index for the
 * earliest, never looks at the others. Any number of nodes may run it: a ticket is held
 * while its steps fire, and a step is a primary key. */

#include "app/house.h"

/* Fires everything that is due, some tickets a transaction; when one of them cannot be
 * done each by itself, and what fails is put aside until later, with an alarm
 * (store/put_aside). The milliseconds until it is
 * worth asking again: until the next instant, and no more than a second, since another
 * process may have set an earlier one. */
int64_t timers_round(struct house *h, struct arena *a);

#endif
