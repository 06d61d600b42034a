/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/followup.h"

#include "desk/timeline.h"
#include "store/service.h"

#include <string.h>

void
followup_reopen(struct work *w, struct ticket *t, struct event *e, const char *why)
{
	pairs_add(w->arena, &e->data, "why", why);
	pairs_add_int(
		w->arena, &e->data, "within", service_reopen_days(w, t->org, t->service));
	timeline_with(w, t, e);
	t->status = TICKET_OPEN;
	t->solved = 0;
	t->closed = 0;
	t->reopened++;
	timeline_add(w, t, e);
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
		t->status = TICKET_OPEN;
		t->waiting_for = "";
		timeline_add(w, t, &then);
	} else if (!ticket_is_open(t->status)) {
		then.kind = "reopened";
		followup_reopen(w, t, &then, "message");
	}
}
