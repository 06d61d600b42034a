/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_TICKET_ROW_H
#define STORE_TICKET_ROW_H

/* How a ticket is read from a row, for store/ticket and store/ticket_list alone. */

#include "store/person.h"
#include "store/ticket.h"

/* The columns in the order ticket_row_read wants them. */
#define TICKET_COLUMNS                                                                   \
	"select t.org, t.id, t.reference, t.kind, t.service, t.form_version, t.subject," \
	" t.status, t.priority, t.impact, t.urgency, t.team, t.assignee, t.customer,"    \
	" t.restricted, t.channel, t.place, t.waiting_for, t.created, t.updated,"        \
	" t.solved, t.closed, t.due, t.handovers, t.reopened, t.events, t.version,"      \
	" s.name, g.name, " PERSON_NAME("a", "t.assignee") ", c.name, g.push, g.kind,"   \
							   " s.category"
#define TICKET_FROM                                                    \
	" from ticket t"                                               \
	" left join service s on s.org = t.org and s.code = t.service" \
	" left join team g on g.org = t.org and g.id = t.team"         \
	" left join person a on a.org = t.org and a.id = t.assignee"   \
	" left join person c on c.org = t.org and c.id = t.customer"

void ticket_row_read(struct work *w, const struct rows *r, struct ticket *t);

#endif
