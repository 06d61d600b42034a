/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TICKET_ASIDE_H
#define WEB_TICKET_ASIDE_H

/* What stands beside a ticket's timeline: what this actor may do with it, the customer,
 * and what the form asked. */

#include "base/buffer.h"
#include "web/staff/ticket_page.h"
#include "web/staff/ticket_sheet.h"

void ticket_aside_fill(struct work *w, const struct ticket *t,
	const struct ticket_typed *typed, struct ticket_sheet *v);

/* Prints the choice of a team's people. */
void ticket_aside_people(
	struct work *w, const struct ticket *t, int64_t team, struct buffer *out);

/* The id of the input that a problem's field is asked in; NULL: there is none. */
const char *ticket_aside_field(const char *field);

#endif
