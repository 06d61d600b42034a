/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/checkpoint.h"

#include "base/log.h"
#include "db/engine.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

/* Pages of the log: when to begin, and what the lane may copy by itself. */
enum { BEGIN_AT = 4000, LITTLE = 500, MOST_PASSES = 3 };

enum phase { RESTING, ASKED, COPIED, STOPPING };

struct checkpoint {
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t asked;
	enum phase phase;
	struct db *db; /* the thread's */
	struct db *lane;
	int begin_at; /* the lane's */
};

/* Each pass copies what has come during the one before it. */
static void
copy_bulk(struct checkpoint *c)
{
	int left = LITTLE + 1;

	for (int pass = 0; pass < MOST_PASSES && left > LITTLE; pass++)
		if (!db_sqlite_checkpoint(c->db, ALONGSIDE, &left))
			return;
}

static void *
work(void *given)
{
	struct checkpoint *c = given;

	pthread_mutex_lock(&c->mutex);
	while (c->phase != STOPPING) {
		if (c->phase != ASKED) {
			pthread_cond_wait(&c->asked, &c->mutex);
			continue;
		}
		pthread_mutex_unlock(&c->mutex);
		copy_bulk(c);
		pthread_mutex_lock(&c->mutex);
		if (c->phase == ASKED)
			c->phase = COPIED;
	}
	pthread_mutex_unlock(&c->mutex);
	return NULL;
}

static void
set_phase(struct checkpoint *c, enum phase phase)
{
	pthread_mutex_lock(&c->mutex);
	c->phase = phase;
	pthread_cond_signal(&c->asked);
	pthread_mutex_unlock(&c->mutex);
}

static enum phase
phase_of(struct checkpoint *c)
{
	enum phase phase;

	pthread_mutex_lock(&c->mutex);
	phase = c->phase;
	pthread_mutex_unlock(&c->mutex);
	return phase;
}

void
checkpoint_tick(struct checkpoint *c)
{
	int pages = db_sqlite_log_pages(c->lane);
	int left;

	if (pages < c->begin_at)
		return;
	switch (phase_of(c)) {
	case RESTING: set_phase(c, ASKED); return;
	case COPIED:
		/* A reader may still need the log; then it grows on and we come back. */
		if (db_sqlite_checkpoint(c->lane, START_ANEW, &left))
			c->begin_at = BEGIN_AT;
		else
			c->begin_at = pages + BEGIN_AT / 4;
		set_phase(c, RESTING);
		return;
	default: return;
	}
}

struct checkpoint *
checkpoint_start(const char *url, struct db *lane)
{
	struct db *db = db_open(url, DB_WRITE);
	struct checkpoint *c;
	sigset_t all;
	sigset_t before;
	int code;

	if (!db)
		return NULL;
	c = engine_memory(sizeof *c);
	*c = (struct checkpoint){.db = db, .lane = lane, .begin_at = BEGIN_AT};
	pthread_mutex_init(&c->mutex, NULL);
	pthread_cond_init(&c->asked, NULL);
	db_sqlite_watch_log(lane);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	code = pthread_create(&c->thread, NULL, work, c);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (code)
		log_fatal("no thread for checkpoints");
	return c;
}

void
checkpoint_stop(struct checkpoint *c)
{
	if (!c)
		return;
	set_phase(c, STOPPING);
	pthread_join(c->thread, NULL);
	db_close(c->db);
	pthread_cond_destroy(&c->asked);
	pthread_mutex_destroy(&c->mutex);
	free(c);
}
