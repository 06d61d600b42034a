/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/side.h"

#include "base/arena.h"
#include "base/log.h"

#include <pthread.h>

struct side {
	struct arena *arena;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct chore *first, **last;
	int waiting, bound;
	bool closing;
	pthread_t *threads;
	int thread_count;
};

static struct chore *
take(struct side *s)
{
	struct chore *c;

	pthread_mutex_lock(&s->lock);
	while (!s->first && !s->closing)
		pthread_cond_wait(&s->wake, &s->lock);
	c = s->first;
	if (c) {
		s->first = c->next;
		if (!s->first)
			s->last = &s->first;
		s->waiting--;
	}
	pthread_mutex_unlock(&s->lock);
	return c;
}

static void *
work(void *context)
{
	struct side *s = context;

	for (struct chore *c = take(s); c; c = take(s))
		c->run(c);
	return NULL;
}

struct side *
side_open(int threads, int bound)
{
	struct arena *a = arena_new();
	struct side *s = arena_alloc(a, sizeof *s);

	*s = (struct side){
		.arena = a,
		.bound = bound,
		.threads = arena_array(a, (size_t)threads, sizeof(pthread_t)),
		.last = &s->first,
	};
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->wake, NULL);
	for (; s->thread_count < threads; s->thread_count++)
		if (pthread_create(&s->threads[s->thread_count], NULL, work, s) != 0)
			log_fatal("no thread can be started");
	return s;
}

bool
side_submit(struct side *s, struct chore *c)
{
	bool room;

	pthread_mutex_lock(&s->lock);
	room = s->waiting < s->bound && !s->closing;
	if (room) {
		c->next = NULL;
		*s->last = c;
		s->last = &c->next;
		s->waiting++;
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
