/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/lanes.h"

#include "base/log.h"
#include "base/times.h"
#include "db/checkpoint.h"
#include "db/engine.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_TOGETHER = 256, MOST_TRIES = 10, LANES_ON_POSTGRES = 8 };

struct lane {
	struct lanes *lanes;
	struct db *db;
	pthread_t thread;
};

struct lanes {
	pthread_mutex_t mutex;
	pthread_cond_t work; /* a job waits, or closing */
	pthread_cond_t room; /* fewer than `bound` wait */
	struct job *first;
	struct job **last;
	int bound;
	atomic_int waiting;
	bool closing;
	int together; /* jobs that one transaction may hold */
	struct checkpoint *checkpoint;
	int count;
	struct lane lane[];
};

/* Jobs that share a commit, and how each ended. */
struct group {
	int count;
	struct job *job[MOST_TOGETHER];
	enum db_end end[MOST_TOGETHER];
};

static enum db_end
run_alone(struct db *db, struct job *j)
{
	enum keep keep;

	db_begin(db);
	keep = db_failed(db) ? KEEP : j->run(j, db);
	if (keep == KEEP || db_failed(db))
		return db_commit(db);
	db_rollback(db);
	return DB_UNDONE;
}

/* Before one more try. Whoever was in the way gets past first, or the two would meet
 * again; and longer each time, by chance, so that many do not come back together. */
static void
pause_before(int try)
{
	long least = 500000L << (try < 6 ? try : 6);
	const struct timespec pause = {.tv_nsec = least + times_ticks() % 997 * 1000};

	if (try > 0)
		nanosleep(&pause, NULL);
}

static enum db_end
run_alone_until_done(struct db *db, struct job *j)
{
	enum db_end end = run_alone(db, j);

	for (int try = 1; end == DB_AGAIN && try < MOST_TRIES; try++) {
		pause_before(try);
		end = run_alone(db, j);
	}
	return end;
}

/* All in one transaction without savepoints, which would keep a copy of every page that
 * is touched: a job that is to be undone and has written nothing leaves nothing to undo.
 * False when one has, or failed: then nothing is kept. */
static bool
run_plainly(struct db *db, struct group *g)
{
	bool clean = true;

	db_begin(db);
	for (int i = 0; i < g->count && clean && !db_failed(db); i++) {
		int64_t before = db->changed;
		bool keep = g->job[i]->run(g->job[i], db) == KEEP;

		assert(db->depth == 0);
		g->end[i] = keep ? DB_KEPT : DB_UNDONE;
		clean = keep || db->changed == before;
	}
	if (clean && !db_failed(db))
		return db_commit(db) == DB_KEPT;
	db_rollback(db);
	return false;
}

/* Each in its savepoint; the end of all when there is one, else each has its own. */
static enum db_end
run_together(struct db *db, struct group *g)
{
	db_begin(db);
	for (int i = 0; i < g->count && !db_failed(db); i++) {
		db_savepoint(db);
		g->end[i] = db_failed(db) || g->job[i]->run(g->job[i], db) == UNDO ||
					    db_failed(db)
				    ? DB_UNDONE
				    : DB_KEPT;
		assert(db->depth == 1);
		if (g->end[i] == DB_KEPT)
			db_savepoint_keep(db);
		else
			db_savepoint_undo(db);
	}
	return db_commit(db);
}

static void
run_group(struct db *db, struct group *g)
{
	enum db_end end = DB_AGAIN;

	if (g->count == 1) {
		g->end[0] = run_alone_until_done(db, g->job[0]);
		return;
	}
	if (run_plainly(db, g))
		return;
	for (int try = 0; end == DB_AGAIN && try < MOST_TRIES; try++) {
		pause_before(try);
		end = run_together(db, g);
	}
	if (end == DB_KEPT)
		return;
	/* One of them spoils it for all (a constraint that is checked at the commit). */
	for (int i = 0; i < g->count; i++)
		g->end[i] = end == DB_UNDONE ? run_alone_until_done(db, g->job[i]) : end;
}

/* Waits for jobs and takes them; false when there are none and never will be. */
static bool
take(struct lanes *l, struct group *g)
{
	g->count = 0;
	pthread_mutex_lock(&l->mutex);
	while (!l->first && !l->closing)
		pthread_cond_wait(&l->work, &l->mutex);
	while (l->first && g->count < l->together) {
		g->job[g->count++] = l->first;
		l->first = l->first->next;
	}
	if (!l->first)
		l->last = &l->first;
	atomic_fetch_sub(&l->waiting, g->count);
	pthread_cond_broadcast(&l->room);
	pthread_mutex_unlock(&l->mutex);
	return g->count > 0;
}

static void *
serve(void *given)
{
	struct lane *lane = given;
	struct group *g = engine_memory(sizeof *g);

	while (take(lane->lanes, g)) {
		run_group(lane->db, g);
		for (int i = 0; i < g->count; i++)
			g->job[i]->done(g->job[i], g->end[i]);
		if (lane->lanes->checkpoint)
			checkpoint_tick(lane->lanes->checkpoint);
	}
	free(g);
	return NULL;
}

/* With the mutex held. */
static void
append(struct lanes *l, struct job *j)
{
	j->next = NULL;
	*l->last = j;
	l->last = &j->next;
	atomic_fetch_add(&l->waiting, 1);
	pthread_cond_signal(&l->work);
}

bool
lanes_submit(struct lanes *l, struct job *j)
{
	bool taken;

	pthread_mutex_lock(&l->mutex);
	taken = !l->closing && l->waiting < l->bound;
	if (taken)
		append(l, j);
	pthread_mutex_unlock(&l->mutex);
	return taken;
}

/* Runs another's job and wakes the one who waits. */
struct waiter {
	struct job job;
	struct job *inner;
	pthread_mutex_t mutex;
	pthread_cond_t over;
	bool ended;
	enum db_end end;
};

static enum keep
waiter_run(struct job *j, struct db *db)
{
	struct waiter *w = (struct waiter *)j;

	return w->inner->run(w->inner, db);
}

static void
waiter_done(struct job *j, enum db_end end)
{
	struct waiter *w = (struct waiter *)j;

	if (w->inner->done)
		w->inner->done(w->inner, end);
	pthread_mutex_lock(&w->mutex);
	w->end = end;
	w->ended = true;
	pthread_cond_signal(&w->over);
	pthread_mutex_unlock(&w->mutex);
}

enum db_end
lanes_wait(struct lanes *l, struct job *j)
{
	struct waiter w = {
		.job = {.run = waiter_run, .done = waiter_done},
		.inner = j,
		.mutex = PTHREAD_MUTEX_INITIALIZER,
		.over = PTHREAD_COND_INITIALIZER,
		.end = DB_UNDONE,
	};
	bool taken;

	pthread_mutex_lock(&l->mutex);
	while (!l->closing && l->waiting >= l->bound)
		pthread_cond_wait(&l->room, &l->mutex);
	taken = !l->closing;
	if (taken)
		append(l, &w.job);
	pthread_mutex_unlock(&l->mutex);

	pthread_mutex_lock(&w.mutex);
	while (taken && !w.ended)
		pthread_cond_wait(&w.over, &w.mutex);
	pthread_mutex_unlock(&w.mutex);
	pthread_cond_destroy(&w.over);
	pthread_mutex_destroy(&w.mutex);
	return w.end;
}

int
lanes_depth(const struct lanes *l)
{
	return atomic_load(&l->waiting);
}

/* Signals are for the main thread. */
static void
start_threads(struct lanes *l)
{
	sigset_t all;
	sigset_t before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (int i = 0; i < l->count; i++)
		if (pthread_create(&l->lane[i].thread, NULL, serve, &l->lane[i]))
			log_fatal("no thread for a lane");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void
let_go(struct lanes *l)
{
	checkpoint_stop(l->checkpoint);
	for (int i = 0; i < l->count; i++)
		db_close(l->lane[i].db);
	pthread_cond_destroy(&l->work);
	pthread_cond_destroy(&l->room);
	pthread_mutex_destroy(&l->mutex);
	free(l);
}

struct lanes *
lanes_open(const char *url, int count, int bound)
{
	bool sqlite = !strncmp(url, "sqlite:", 7);
	int n = sqlite ? 1 : count ? count : LANES_ON_POSTGRES;
	struct lanes *l = engine_memory(sizeof *l + (size_t)n * sizeof l->lane[0]);
	bool well = true;

	pthread_mutex_init(&l->mutex, NULL);
	pthread_cond_init(&l->work, NULL);
	pthread_cond_init(&l->room, NULL);
	l->last = &l->first;
	l->bound = bound;
	l->together = sqlite ? MOST_TOGETHER : 1;
	l->count = n;
	for (int i = 0; i < n && well; i++) {
		l->lane[i] = (struct lane){.lanes = l, .db = db_open(url, DB_WRITE)};
		well = l->lane[i].db != NULL;
	}
	if (well && sqlite && strcmp(url, "sqlite::memory:") != 0) {
		l->checkpoint = checkpoint_start(url, l->lane[0].db);
		well = l->checkpoint != NULL;
	}
	if (!well) {
		let_go(l);
		return NULL;
	}
	start_threads(l);
	return l;
}

void
lanes_close(struct lanes *l)
{
	if (!l)
		return;
	pthread_mutex_lock(&l->mutex);
	l->closing = true;
	pthread_cond_broadcast(&l->work);
	pthread_cond_broadcast(&l->room);
	pthread_mutex_unlock(&l->mutex);
	for (int i = 0; i < l->count; i++)
		pthread_join(l->lane[i].thread, NULL);
	let_go(l);
}
