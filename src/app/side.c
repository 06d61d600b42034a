/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/side.h"

#include "base/arena.h"
#include "base/log.h"

#include <pthread.h>

struct line {
	struct chore *first, **last;
	int waiting, bound;
};

struct side {
	struct arena *arena;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct line soon, later;
	int running; /* of the later ones */
	bool closing;
	pthread_t *threads;
	int thread_count;
};

static struct chore *
cut(struct line *l)
{
	struct chore *c = l->first;

	if (!c)
		return NULL;
	l->first = c->next;
	if (!l->first)
		l->last = &l->first;
	l->waiting--;
	return c;
}

/* Under the lock. One thread stays for what comes soon; at the end all help. */
static bool
may_run_later(const struct side *s)
{
	return s->closing || s->thread_count == 1 || s->running < s->thread_count - 1;
}

static bool
is_over(const struct side *s)
{
	return s->closing && !s->soon.first && !s->later.first;
}

static struct chore *
take(struct side *s)
{
	struct chore *c = NULL;

	pthread_mutex_lock(&s->lock);
	while (!c && !is_over(s)) {
		c = cut(&s->soon);
		if (!c && may_run_later(s)) {
			c = cut(&s->later);
			s->running += c != NULL;
		}
		if (!c && !is_over(s))
			pthread_cond_wait(&s->wake, &s->lock);
	}
	pthread_mutex_unlock(&s->lock);
	return c;
}

static void
ran_later(struct side *s)
{
	pthread_mutex_lock(&s->lock);
	s->running--;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
}

static void *
work(void *context)
{
	struct side *s = context;

	for (struct chore *c = take(s); c; c = take(s)) {
		bool last = c->last; /* it may be gone when it has run */

		c->run(c);
		if (last)
			ran_later(s);
	}
	return NULL;
}

struct side *
side_open(int threads, int bound)
{
	struct arena *a = arena_new();
	struct side *s = arena_alloc(a, sizeof *s);

	*s = (struct side){
		.arena = a,
		.soon = {.last = &s->soon.first, .bound = bound},
		.later = {.last = &s->later.first, .bound = bound / 2},
		.threads = arena_array(a, (size_t)threads, sizeof(pthread_t)),
		.thread_count = threads,
	};
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->wake, NULL);
	for (int i = 0; i < threads; i++)
		if (pthread_create(&s->threads[i], NULL, work, s) != 0)
			log_fatal("no thread can be started");
	return s;
}

bool
side_submit(struct side *s, struct chore *c)
{
	struct line *l = c->last ? &s->later : &s->soon;
	bool room;

	pthread_mutex_lock(&s->lock);
	room = l->waiting < l->bound && !s->closing;
	if (room) {
		c->next = NULL;
		*l->last = c;
		l->last = &c->next;
		l->waiting++;
		pthread_cond_signal(&s->wake);
	}
	pthread_mutex_unlock(&s->lock);
	return room;
}

void
side_close(struct side *s)
{
	pthread_mutex_lock(&s->lock);
	s->closing = true;
	pthread_cond_broadcast(&s->wake);
	pthread_mutex_unlock(&s->lock);
	for (int i = 0; i < s->thread_count; i++)
		pthread_join(s->threads[i], NULL);
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->lock);
	arena_free(s->arena);
}
