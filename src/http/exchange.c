/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/log.h"
#include "base/times.h"
#include "http/wire.h"

#include <assert.h>
#include <stdlib.h>

/* Idle exchanges are kept with their arenas, so that a request costs no allocation. */
enum { MOST_IDLE = 256 };

/* Sixteen consonants: no two requests of a run share them, and nobody reads a word. */
static void
write_id(struct server *s, char id[static 17])
{
	static const char letters[] = "bcdfghjkmnpqrstv";
	uint64_t n = s->id_key + atomic_fetch_add(&s->id_count, 1) * 0x9E3779B97F4A7C15U;

	/* The finaliser of SplitMix64: one to one, and neighbours look unrelated. */
	n = (n ^ (n >> 30)) * 0xBF58476D1CE4E5B9U;
	n = (n ^ (n >> 27)) * 0x94D049BB133111EBU;
	n ^= n >> 31;
	for (int i = 0; i < 16; i++, n >>= 4)
		id[i] = letters[n & 15];
	id[16] = 0;
}

static struct exchange *
exchange_new(struct arena *a)
{
	struct exchange *x = calloc(1, sizeof *x);

	if (!x)
		log_fatal("out of memory");
	x->arena = a;
	return x;
}

static void
start(struct exchange *x, struct server *s)
{
	struct arena *a = x->arena;

	*x = (struct exchange){.server = s, .arena = a};
	write_id(s, x->id);
	x->request = (struct request){
		.arena = a,
		.path = "/",
		.target = "/",
		.peer = "",
		.id = x->id,
	};
	x->reply = (struct reply){.arena = a, .secure = s->is_https};
	x->collect.spool = s->config.spool;
}

struct exchange *
exchange_take(struct server *s)
{
	struct exchange *x;

	pthread_mutex_lock(&s->exchanges_lock);
	x = s->idle;
	if (x) {
		s->idle = x->next;
		s->idle_count--;
	}
	pthread_mutex_unlock(&s->exchanges_lock);

	if (!x)
		x = exchange_new(arena_new());
	start(x, s);

	pthread_mutex_lock(&s->exchanges_lock);
	x->next = s->exchanges;
	if (x->next)
		x->next->previous = x;
	s->exchanges = x;
	pthread_mutex_unlock(&s->exchanges_lock);
	return x;
}

/* Under exchanges_lock. */
static void
unlist(struct exchange *x)
{
	if (x->next)
		x->next->previous = x->previous;
	if (x->previous)
		x->previous->next = x->next;
	else
		x->server->exchanges = x->next;
	x->next = x->previous = NULL;
}

/* Under exchanges_lock. False when there are enough. */
static bool
keep_idle(struct server *s, struct exchange *x)
{
	if (s->idle_count >= MOST_IDLE)
		return false;
	x->next = s->idle;
	s->idle = x;
	s->idle_count++;
	return true;
}

void
exchange_free(struct exchange *x)
{
	collect_close(&x->collect);
	arena_free(x->arena);
	free(x);
}

/* The holder of an abandoned exchange may finish it at any time: whoever comes second
 * frees it. */
static void
leave_behind(struct exchange *x)
{
	int abandoned = STAGE_ABANDONED;

	pthread_mutex_lock(&x->server->exchanges_lock);
	unlist(x);
	pthread_mutex_unlock(&x->server->exchanges_lock);
	if (!atomic_compare_exchange_strong(&x->stage, &abandoned, STAGE_ORPHANED))
		exchange_free(x);
}

void
exchange_give(struct exchange *x)
{
	struct server *s = x->server;
	bool kept;

	if (atomic_load(&x->stage) == STAGE_ABANDONED) {
		leave_behind(x);
		return;
	}
	collect_close(&x->collect);
	if (x->arena)
		arena_reset(x->arena);
	pthread_mutex_lock(&s->exchanges_lock);
	unlist(x);
	kept = x->arena && keep_idle(s, x);
	pthread_mutex_unlock(&s->exchanges_lock);
	if (!kept)
		exchange_free(x);
}

void
exchange_light(struct exchange *x)
{
	struct server *s = x->server;
	struct exchange *husk = exchange_new(x->arena);
	bool kept;

	collect_close(&x->collect);
	x->request = (struct request){0};
	x->reply = (struct reply){0};
	x->arena = NULL;
	arena_reset(husk->arena);
	pthread_mutex_lock(&s->exchanges_lock);
	kept = keep_idle(s, husk);
	pthread_mutex_unlock(&s->exchanges_lock);
	if (!kept)
		exchange_free(husk);
}

void
exchange_abandon_all(struct server *s)
{
	pthread_mutex_lock(&s->exchanges_lock);
	for (struct exchange *x = s->exchanges; x; x = x->next) {
		int waiting = STAGE_WAITING;

		if (atomic_compare_exchange_strong(&x->stage, &waiting, STAGE_ABANDONED))
			MHD_resume_connection(x->wire);
	}
	pthread_mutex_unlock(&s->exchanges_lock);
}

struct request *
exchange_request(struct exchange *x)
{
	return &x->request;
}

struct reply *
exchange_reply(struct exchange *x)
{
	return &x->reply;
}

void
exchange_keep(struct exchange *x, void *what)
{
	x->kept = what;
}

void *
exchange_kept(struct exchange *x)
{
	return x->kept;
}

void
exchange_finish(struct exchange *x)
{
	switch (atomic_exchange(&x->stage, STAGE_FINISHED)) {
	case STAGE_RUNNING: /* its web thread is awake and will see it */
	case STAGE_ABANDONED: /* its web thread will free it */ break;
	case STAGE_WAITING: MHD_resume_connection(x->wire); break;
	case STAGE_ORPHANED: exchange_free(x); break;
	default: assert(!"an exchange is finished once");
	}
}
