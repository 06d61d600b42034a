/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_LANES_H
#define DB_LANES_H

/*
 * Where writes queue. A job is one transaction; its `done` is called only after the
 * commit is durable (or the job is known not to have happened).
 *
 * SQLite has one lane: it takes the jobs that wait, runs each in a savepoint, commits
 * once, then calls every `done`: group commit. PostgreSQL has several lanes of one
 * connection each; a job that meets 40001 or 40P01 is run again (at most 10 times).
 *
 * A job's `run` must have no effect outside the database and what the job owns, for it
 * may be called more than once. Commit failing because the disk is full ends every job
 * of the group with DB_FULL; a failed fsync (EIO) ends the process: what the disk holds
 * is then unknown.
 */

#include "db/db.h"

enum keep { KEEP, UNDO };

struct job {
	/* On a lane's thread, inside a transaction. */
	enum keep (*run)(struct job *j, struct db *db);
	/* On a lane's thread, after the end; the job belongs to its owner again. */
	void (*done)(struct job *j, enum db_end end);
	struct job *next; /* the lanes' */
};

struct lanes;

/* Opens the connections and starts the threads. `count` 0 means the engine's default
 * (SQLite 1, PostgreSQL 8). At most `bound` jobs may wait. NULL: logged. */
struct lanes *lanes_open(const char *url, int count, int bound);

/* False when too many wait already: the caller answers "try later". */
bool lanes_submit(struct lanes *l, struct job *j) must_check;

/* Submits, waiting for room too, and waits for the end: for background jobs, imports and
 * tests. `done` may be NULL; it is called as ever, before this returns. DB_UNDONE,
 * without `done`, when the lanes are closing. Not from a lane's thread. */
enum db_end lanes_wait(struct lanes *l, struct job *j);

/* Finishes what waits, then stops. */
void lanes_close(struct lanes *l);

/* Jobs waiting now, for /metrics. */
int lanes_depth(const struct lanes *l);

#endif
