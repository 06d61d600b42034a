/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/sights.h"

#include "store/audit.h"

enum { MOST_WAITING = 20000 };

/* One noted thing, and by whom. */
struct sight {
	struct glance seen;
	struct actor actor;
	int64_t at;
	struct sight *next;
};

/* What was collected in one stretch, oldest last. */
struct batch {
	struct arena *arena;
	struct sight *first;
	int count;
};

struct sights {
	pthread_mutex_t lock;
	struct arena *arena;
	struct batch collecting; /* under the lock */
	struct batch writing;	 /* the round's own */
};

struct sights *
sights_new(void)
{
	struct arena *a = arena_new();
	struct sights *s = arena_alloc(a, sizeof *s);

	*s = (struct sights){
		.arena = a,
		.collecting = {.arena = arena_new()},
		.writing = {.arena = arena_new()},
	};
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

void
sights_free(struct sights *s)
{
	pthread_mutex_destroy(&s->lock);
	arena_free(s->collecting.arena);
	arena_free(s->writing.arena);
	arena_free(s->arena);
}

static void
collect(struct batch *b, const struct work *w, const struct glance *seen)
{
	struct sight *s = arena_alloc(b->arena, sizeof *s);

	*s = (struct sight){
		.seen = {.org = seen->org,
			.action = arena_copy(b->arena, seen->action),
			.subject = arena_copy(b->arena, seen->subject),
			.detail = seen->detail ? arena_copy(b->arena, seen->detail) : ""},
		.actor = {.kind = w->actor->kind,
			.org = w->actor->org,
			.person = w->actor->person},
		.at = w->now,
		.next = b->first,
	};
	b->first = s;
	b->count++;
}

bool
sights_add(struct sights *s, const struct work *w)
{
	bool room;

	pthread_mutex_lock(&s->lock);
	room = s->collecting.count < MOST_WAITING;
	for (const struct glance *seen = w->glances; room && seen; seen = seen->next)
		collect(&s->collecting, w, seen);
	pthread_mutex_unlock(&s->lock);
	return room;
}

static enum outcome
write_batch(struct work *w, void *context)
{
	const struct batch *b = context;

	for (const struct sight *s = b->first; s; s = s->next) {
		struct work then = *w;

		then.actor = &s->actor;
		then.now = s->at;
		audit_write_glances(&then, &s->seen);
	}
	return db_failed(w->db) ? FAULT : DONE;
}

bool
sights_round(struct house *h)
{
	struct sights *s = h->sights;

	if (s->writing.count == 0) {
		struct batch swap = s->writing;

		pthread_mutex_lock(&s->lock);
		s->writing = s->collecting;
		s->collecting = swap;
		pthread_mutex_unlock(&s->lock);
	}
	if (s->writing.count == 0)
		return true;
	if (house_write(h, 0, write_batch, &s->writing) != DB_KEPT)
		return false;
	arena_reset(s->writing.arena);
	s->writing.first = NULL;
	s->writing.count = 0;
	return true;
}
