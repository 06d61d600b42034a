/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/head_letter.h"

#include "base/times.h"
#include "desk/recognise.h"
#include "format/urlencoded.h"
#include "format/words.h"
#include "store/audit.h"
#include "store/audit_watch.h"
#include "store/outbox.h"
#include "store/team.h"

#include <inttypes.h>

const char *
head_letter_line(struct work *w, const char *code, int64_t seq, const char *hash)
{
	return arena_printf(w->arena, "%s\t%s\t%" PRId64 "\t%s",
		times_iso(w->arena, w->now), code, seq, hash);
}

static void
send(struct work *w, const struct organisation *o)
{
	const char *to, *hash;
	struct letter l = {.org = o->id, .kind = "email", .automatic = true};
	int64_t seq;

	audit_head(w, o->id, &seq, &hash);
	/* Nothing is sealed yet: the letter of today waits until something is. */
	if (seq == 0)
		return;
	to = audit_watch_take(w, o->id, times_day(w->now));
	if (!to)
		return;
	l.recipient = to;
	l.sender = o->email;
	l.subject = words_text(w->arena, w->words, WORD_audit_letter_subject,
		words_values(word_value("organisation", o->name)));
	l.body = arena_printf(w->arena, "%s\n\n%s\n\n%s\n",
		words_text(w->arena, w->words, WORD_audit_letter_body, NULL),
		head_letter_line(w, o->code, seq, hash), o->name);
	outbox_insert(w, &l);
}

void
head_letter_send(struct work *w)
{
	struct organisation_list orgs;

	team_organisations(w, &orgs);
	for (int i = 0; i < orgs.count; i++)
		send(w, &orgs.at[i]);
}

enum outcome
head_letter_to(struct work *w, const char *email)
{
	const char *normal = *email ? recognise_email(w->arena, email) : "";
	struct pairs detail = {.count = 0};

	if (!access_may(w->actor, w->actor->org, RIGHT_AUDIT))
		return DENIED;
	if (!normal)
		return work_problem(w, "watch", "problem.audit.watch");
	audit_watch_set(w, w->actor->org, normal);
	pairs_add(w->arena, &detail, "to", normal);
	audit_add(w, "audit.watch", "audit", urlencoded_write(w->arena, &detail));
	return DONE;
}
