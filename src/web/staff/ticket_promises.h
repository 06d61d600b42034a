/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TICKET_PROMISES_H
#define WEB_TICKET_PROMISES_H

/* What the page of a ticket offers about promises: news by then, why we wait, a call that
 * was made, handing work back. */

#include "store/ticket.h"
#include "web/staff/ticket_page.h"
#include "web/staff/ticket_sheet.h"

/* After the rights of the page are filled in. */
void ticket_promises_fill(struct work *w, const struct ticket *t,
	const struct ticket_typed *typed, struct ticket_sheet *v);

#endif
