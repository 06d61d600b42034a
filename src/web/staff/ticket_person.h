/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TICKET_PERSON_H
#define WEB_TICKET_PERSON_H

/* Why a ticket is with a person, in words: what the decision "person" saw of each. */

#include "store/decision.h"
#include "web/staff/ticket_sheet.h"

void ticket_person_why(struct work *w, const struct ticket *t, const struct decision *d,
	struct ticket_why *why);

#endif
