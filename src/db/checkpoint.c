/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/checkpoint.h"

#include "base/log.h"
#include "db/db_sqlite.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

/* Pages of the log: when to begin, and what the lane may copy by itself. */
enum { BEGIN_AT = 4000, LITTLE = 500, MOST_PASSES = 3, LANE_PATIENCE_MS = 20 };

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

static int
note_pages(void *lane, sqlite3 *handle, const char *name, int pages)
{
	(void)handle;
	(void)name;
	((struct sqlite *)lane)->log_pages = pages;
	return SQLITE_OK;
}

/* False when somebody was in the way; *left pages could not be copied. */
static bool
copy(struct db *db, int how, int *left)
{
	sqlite3 *h = ((struct sqlite *)db)->handle;
	int in_log = 0;
	int copied = 0;
	int code;

	sqlite3_busy_timeout(h, LANE_PATIENCE_MS);
	code = sqlite3_wal_checkpoint_v2(h, NULL, how, &in_log, &copied);
	sqlite3_busy_timeout(h, DB_SQLITE_PATIENCE_MS);
	*left = in_log > copied ? in_log - copied : 0;
	if (code == SQLITE_OK)
		return true;
	/* Room there may be later; a failed sync does not come back from the judge. */
	if (db_sqlite_judge(db, code, "checkpoint") != DB_AGAIN)
		log_warning("database: checkpoint: %s", sqlite3_errmsg(h));
	return false;
}

/* Each pass copies what has come during the one before it. */
static void
copy_bulk(struct checkpoint *c)
{
	int left = LITTLE + 1;

	for (int pass = 0; pass < MOST_PASSES && left > LITTLE; pass++)
		if (!copy(c->db, SQLITE_CHECKPOINT_PASSIVE, &left))
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
	int pages = ((struct sqlite *)c->lane)->log_pages;
	int left;

	if (pages < c->begin_at)
		return;
	switch (phase_of(c)) {
	case RESTING: set_phase(c, ASKED); return;
	case COPIED:
		/* A reader may still need the log; then it grows on and we come back. */
		if (copy(c->lane, SQLITE_CHECKPOINT_RESTART, &left))
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
	sqlite3_wal_hook(((struct sqlite *)lane)->handle, note_pages, lane);
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
