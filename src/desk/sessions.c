/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/sessions.h"

#include "store/account.h"
#include "store/audit.h"

static enum outcome
find(struct work *w, int64_t person, struct account *a)
{
	if (!access_may(w->actor, w->actor->org, RIGHT_ADMIN))
		return DENIED;
	if (account_of(w, person, a) != DONE || a->org != w->actor->org)
		return MISSING;
	return DONE;
}

enum outcome
sessions_read(struct work *w, int64_t person, struct session_list *list)
{
	struct account a;
	enum outcome end = find(w, person, &a);

	if (end == DONE)
		session_list(w, person, list);
	return end;
}

enum outcome
sessions_end(struct work *w, int64_t person, const char *handle)
{
	struct account a;
	enum outcome end = find(w, person, &a);

	if (end != DONE)
		return end;
	if (!session_end_one(w, person, handle))
		return MISSING;
	audit_add(w, "session.end", arena_printf(w->arena, "account %s", a.email),
		"which=one");
	return DONE;
}
