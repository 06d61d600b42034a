/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/telling.h"

#include "desk/telling_message.h"

#include <string.h>

static const char *const kinds[] = {"received", "acknowledged", "message", "reply",
	"note", "claimed", "assigned", "moved", "priority", "waiting", "resumed",
	"resolved", "reopened", "closed", "cancelled", "scored"};

bool
telling_known(const char *kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

/* Is the word one of the list? An empty list has all. */
static bool
has(const char *list, const char *word)
{
	size_t n = strlen(word);

	if (!*list)
		return true;
	while (*(list += strspn(list, " "))) {
		size_t length = strcspn(list, " ");

		if (length == n && memcmp(list, word, n) == 0)
			return true;
		list += length;
	}
	return false;
}

void
telling_follow(struct work *w, const struct ticket *t, const struct event *e)
{
	const char *body = NULL;
	struct webhook_list list;

	if (t->history)
		return;
	webhook_list(w, t->org, &list);
	for (int i = 0; i < list.count; i++) {
		const struct webhook *h = &list.at[i];

		if (!h->active || !has(h->events, e->kind) ||
			!has(h->services, t->service) ||
			(t->restricted && !h->restricted))
			continue;
		if (!body)
			body = telling_message(w, t, e);
		webhook_send(w, h, t->id, e->kind, body);
	}
}

int64_t
telling_try(struct work *w, const struct webhook *h)
{
	return webhook_send(w, h, 0, "test", telling_message_test(w, h));
}
