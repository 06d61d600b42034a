/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TICKET_CLOCKS_H
#define WEB_TICKET_CLOCKS_H

/* What was promised for a ticket and how it stands, in words; each time is local to the
 * calendar that the promise is counted in. */

#include "desk/promises.h"
#include "web/staff/ticket_sheet.h"

/* `here` is the address of the ticket's page. */
struct ticket_clocks ticket_clocks_all(struct work *w, const struct zone *z,
	const char *here, const struct promise_list *list);

/* The page on which a clock is explained. */
const char *ticket_clocks_href(
	struct work *w, const char *here, const char *kind, int64_t team);

/* A length to the second: "7 hours 30 minutes", "5 minutes 30 seconds". */
const char *ticket_clocks_exactly(struct work *w, int64_t seconds);

/* "First answer", "Solution", ... of a kind of clock. */
enum word ticket_clocks_kind(const char *kind);

/* A target: "4 hours of desk time", "2 working days", "1 month", "30 days". */
const char *ticket_clocks_target(struct work *w, enum clock_unit unit, int64_t target);

/* A length in which clocks of that unit are counted: those of months in days. */
const char *ticket_clocks_length(struct work *w, enum clock_unit unit, int64_t length);

#endif
