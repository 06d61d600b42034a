/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/look.h"

#include "format/urlencoded.h"
#include "rule/typed.h"
#include "store/audit.h"
#include "store/hiding.h"

#include <string.h>

enum { SHORTEST = 5, LONGEST = 500 };

enum outcome
look_give(struct work *w, const struct ticket *t, const char *reason)
{
	struct actor there = *w->actor;
	struct pairs detail = {.count = 0};
	const struct actor *here = w->actor;

	if (typed_length(reason) < SHORTEST)
		return work_problem(w, "reason", "problem.look.reason");
	if (strlen(reason) > LONGEST)
		return work_problem(w, "reason", "problem.look.long");
	hiding_look(w, t, reason);
	pairs_add(w->arena, &detail, "reason", reason);
	pairs_add_int(w->arena, &detail, "seconds", HIDING_LOOK_SECONDS);
	/* It belongs to the audit of whose ticket it is. */
	there.org = t->org;
	w->actor = &there;
	audit_add(w, "look", arena_printf(w->arena, "ticket %s", t->reference),
		urlencoded_write(w->arena, &detail));
	w->actor = here;
	return DONE;
}
