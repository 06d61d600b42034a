/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/seen.h"

#include "app/house.h"
#include "base/log.h"
#include "store/session.h"

#include <stdio.h>
#include <string.h>

enum { ROOM = 1024, HASH = 65 };

struct note {
	char hash[HASH];
	int64_t at;
};

struct notes {
	int count;
	struct note at[ROOM];
};

struct seen {
	struct arena *arena;
	pthread_mutex_t lock;
	struct notes notes;
};

struct seen *
seen_new(void)
{
	struct arena *a = arena_new();
	struct seen *s = arena_alloc(a, sizeof *s);

	s->arena = a;
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

void
seen_free(struct seen *s)
{
	if (!s)
		return;
	pthread_mutex_destroy(&s->lock);
	arena_free(s->arena);
}

void
seen_note(struct seen *s, const char *hash, int64_t at)
{
	struct note *n = NULL;

	pthread_mutex_lock(&s->lock);
	for (int i = 0; i < s->notes.count && !n; i++)
		if (strcmp(s->notes.at[i].hash, hash) == 0)
			n = &s->notes.at[i];
	if (!n && s->notes.count < ROOM) {
		n = &s->notes.at[s->notes.count++];
		snprintf(n->hash, sizeof n->hash, "%s", hash);
	}
	if (n)
		n->at = at;
	pthread_mutex_unlock(&s->lock);
}

static enum outcome
write_notes(struct work *w, void *context)
{
	const struct notes *n = context;

	for (int i = 0; i < n->count; i++)
		session_saw(w, n->at[i].hash, n->at[i].at);
	return DONE;
}

void
seen_write(struct house *h)
{
	struct arena *a = arena_new();
	struct notes *taken = arena_alloc(a, sizeof *taken);

	pthread_mutex_lock(&h->seen->lock);
	memcpy(taken, &h->seen->notes, sizeof *taken);
	h->seen->notes.count = 0;
	pthread_mutex_unlock(&h->seen->lock);
	if (taken->count > 0 && house_write(h, 0, write_notes, taken) != DB_KEPT)
		log_warning("it could not be noted which sessions are in use");
	arena_free(a);
}
