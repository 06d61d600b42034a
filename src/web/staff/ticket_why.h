/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TICKET_WHY_H
#define WEB_TICKET_WHY_H

/* "Why is it here?": which row of which table decided, what it saw, what it gave. */

#include "store/decision.h"
#include "web/staff/ticket_sheet.h"

/* One decision. */
struct ticket_why ticket_why_one(
	struct work *w, const struct ticket *t, const struct decision *d);

struct ticket_whys ticket_why_all(struct work *w, const struct ticket *t);

/* What the organisation's table keeps from the reader though their rights would let them,
 * and by which row. */
struct ticket_limits ticket_why_limits(struct work *w, const struct ticket *t);

#endif
