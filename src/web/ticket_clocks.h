/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TICKET_CLOCKS_H
#define WEB_TICKET_CLOCKS_H

/* What was promised for a ticket and how it stands, in words; each time is local to the
 * calendar that the promise is counted in. */

#include "desk/promises.h"
#include "web/ticket_sheet.h"

struct ticket_clocks ticket_clocks_all(
	struct work *w, const struct zone *z, const struct promise_list *list);

/* A target: "4 hours of desk time", "2 working days". */
const char *ticket_clocks_target(struct work *w, bool working_days, int64_t target);

#endif
