/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/simulation.h"

#include "store/account.h"
#include "store/audit.h"

bool
simulation_meet(struct work *w, const char *email, struct actor *who)
{
	struct account a;

	if (account_find(w, email, &a) != DONE || a.disabled)
		return false;
	*who = (struct actor){.kind = ACTOR_STAFF,
		.org = w->actor->org,
		.person = a.person,
		.name = a.name};
	account_grants(w, a.person, a.org, who);
	return access_rights(who, w->actor->org) != 0;
}

void
simulation_note(struct work *w, const char *email, const char *view)
{
	audit_glance(w, &(struct glance){.org = w->actor->org,
				.first = true,
				.action = "simulate",
				.subject = arena_printf(w->arena, "account %s", email),
				.detail = arena_printf(w->arena, "view=%s", view)});
}
