/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/followup.h"

#include "desk/routing.h"
#include "desk/status.h"
#include "desk/timeline.h"
#include "store/service.h"

#include <string.h>

enum outcome
followup_reopen(struct work *w, struct ticket *t, struct event *e, const char *why)
{
	struct promise_terms leg;
	struct decision by;
	bool decided;

	if (status_change(w, t, TICKET_OPEN, e->body) != DONE)
		return INVALID;
	pairs_add(w->arena, &e->data, "why", why);
	pairs_add_int(
		w->arena, &e->data, "within", service_reopen_days(w, t->org, t->service));
	/* It may have been handed over when it was done, and nothing was owed. */
	decided = routing_leg(w, t, &leg, &by);
	timeline_leg(w, t, e, &leg);
	t->reopened++;
	timeline_add(w, t, e);
	if (decided)
		decision_insert(w, t, e->seq, &by);
	return DONE;
}

bool
followup_takes(struct work *w, const struct ticket *t)
{
	return ticket_is_open(t->status) ||
	       status_among(status_choices(w, t), TICKET_OPEN);
}

void
followup_add(struct work *w, struct ticket *t, struct event *message)
{
	struct event then = {
		.actor_kind = ACTOR_SYSTEM,
		.public = true,
	};

	timeline_add(w, t, message);
	if (strcmp(message->kind, "automatic") == 0)
		return;
	if (t->status == TICKET_WAITING) {
		then.kind = "resumed";
		pairs_add(w->arena, &then.data, "why", "message");
		if (status_change(w, t, TICKET_OPEN, NULL) == DONE)
			timeline_add(w, t, &then);
	} else if (!ticket_is_open(t->status)) {
		then.kind = "reopened";
		then.body = "";
		if (followup_takes(w, t))
			(void)!followup_reopen(w, t, &then, "message");
	}
}
