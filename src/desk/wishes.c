/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/wishes.h"

#include "desk/followup.h"
#include "desk/timeline.h"
#include "store/attachment.h"
#include "store/remote_photo.h"

#include <string.h>

static const char *const statuses[] = {"unchanged", "open", "closed", "fixed",
	"in_progress", "planned", "action_scheduled", "investigating", "duplicate",
	"not_councils_responsibility", "no_further_action", "internal_referral",
	"cancelled", "reopen", "for_triage"};

bool
wishes_known(const char *status)
{
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
		if (strcmp(statuses[i], status) == 0)
			return true;
	return false;
}

/* Does the flow take the ticket back into work for this? */
static bool
takes_back(const struct ticket *t, const char *status)
{
	if (t->status != TICKET_RESOLVED && t->status != TICKET_CLOSED)
		return false;
	return strcmp(status, "open") == 0 || strcmp(status, "reopen") == 0;
}

static int64_t
keep_contact(struct work *w, const struct wish *wish, const struct ticket *t)
{
	struct contact c = {
		.org = t->org,
		.channel = CHANNEL_OPEN311,
		.key = wish->key,
		.reference = t->reference,
		.words = wish->words,
		.from.name = wish->name,
		.files = wish->files,
		.file_count = wish->file_count,
	};

	return contact_insert(w, &c, contact_digest(w, &c), t->id, 0);
}

enum outcome
wishes_apply(struct work *w, const struct wish *wish, struct ticket *t)
{
	struct event e = {
		.kind = "message",
		.actor_kind = ACTOR_API,
		.public = true,
		.body = wish->words,
	};

	if (ticket_hold_for_house(w, wish->org, wish->ticket, t) != DONE)
		return MISSING;
	e.contact = keep_contact(w, wish, t);
	if (e.contact == 0)
		return CONFLICT;
	pairs_add(w->arena, &e.data, "wish", wish->status);
	if (*wish->name)
		pairs_add(w->arena, &e.data, "name", wish->name);
	if (ticket_is_open(t->status) || takes_back(t, wish->status))
		followup_add(w, t, &e);
	else
		timeline_add(w, t, &e);
	for (int i = 0; i < wish->file_count; i++)
		attachment_insert(w, t, e.seq, &wish->files[i]);
	for (int i = 0; i < wish->addresses.count; i++)
		remote_photo_insert(w, t, e.seq, wish->addresses.at[i].value);
	ticket_save(w, t);
	return DONE;
}
