/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/ticket_row.h"

static const char *
text(const struct rows *r, int column, struct arena *a)
{
	const char *copy = row_copy(r, column, a);

	return copy ? copy : "";
}

void
ticket_row_read(struct work *w, const struct rows *r, struct ticket *t)
{
	struct arena *a = w->arena;

	*t = (struct ticket){
		.org = row_int(r, 0),
		.id = row_int(r, 1),
		.reference = text(r, 2, a),
		.kind = text(r, 3, a),
		.service = text(r, 4, a),
		.form_version = row_int(r, 5),
		.subject = text(r, 6, a),
		.status = ticket_status_named(row_text(r, 7)),
		.priority = row_int(r, 8),
		.impact = row_int(r, 9),
		.urgency = row_int(r, 10),
		.team = row_int(r, 11),
		.assignee = row_int(r, 12),
		.customer = row_int(r, 13),
		.restricted = row_int(r, 14),
		.channel = text(r, 15, a),
		.place = text(r, 16, a),
		.waiting_for = text(r, 17, a),
		.created = row_int(r, 18),
		.updated = row_int(r, 19),
		.solved = row_int(r, 20),
		.closed = row_int(r, 21),
		.due = row_int(r, 22),
		.handovers = row_int(r, 23),
		.reopened = row_int(r, 24),
		.events = row_int(r, 25),
		.version = row_int(r, 26),
		.service_name = text(r, 27, a),
		.team_name = text(r, 28, a),
		.assignee_name = text(r, 29, a),
		.customer_name = text(r, 30, a),
		.push = row_int(r, 31) != 0,
		.team_kind = text(r, 32, a),
		.category = text(r, 33, a),
	};
}
