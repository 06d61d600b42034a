/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/publishing.h"

#include "store/publication.h"

#include <string.h>

/* What each event tells, and what holds afterwards (NULL: the same). A status that was
 * told last is not told again, unless there are new words to read. */
static const struct {
	const char *kind, *status, *then;
	bool words;
} tellings[] = {
	{"claimed", "investigating", NULL, false},
	{"assigned", "investigating", NULL, false},
	{"reply", NULL, NULL, true},
	{"resolved", "fixed", NULL, true},
	{"closed", "closed", NULL, false},
	{"cancelled", "cancelled", NULL, false},
	{"reopened", "reopen", "open", false},
};

void
publishing_begin(struct work *w, const struct ticket *t, const struct service *s,
	const struct contact *c)
{
	struct offer o;

	if (!s->open311 || t->restricted ||
		publication_offer(w, t->org, s->code, &o) != DONE)
		return;
	publication_insert(w, t, o.words && !o.moderate && c->words ? c->words : "",
		o.photos && !o.moderate, c->token);
}

void
publishing_follow(struct work *w, const struct ticket *t, const struct event *e)
{
	const char *told = NULL;

	/* Not for history that is being imported, nor what the house itself arranges. */
	if (t->history ||
		(e->actor_kind == ACTOR_SYSTEM && strcmp(e->kind, "reopened") != 0))
		return;
	for (size_t i = 0; i < sizeof tellings / sizeof *tellings; i++) {
		const char *status = tellings[i].status;

		if (strcmp(tellings[i].kind, e->kind) != 0)
			continue;
		told = publication_told(w, t);
		if (!told)
			return;
		if (!status)
			status = told;
		/* What was dealt with and is then closed stays fixed. */
		if (strcmp(e->kind, "closed") == 0 && strcmp(told, "fixed") == 0)
			return;
		if (strcmp(status, told) != 0 || tellings[i].words)
			publication_tell(w, t, e->seq, status,
				tellings[i].then ? tellings[i].then : status);
		return;
	}
}
