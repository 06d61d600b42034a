/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_CHECKPOINT_H
#define DB_CHECKPOINT_H

/*
 * Keeps SQLite's write-ahead log short without holding up the lane: a thread with its
 * own connection copies the bulk into the database file while the lane goes on, then
 * the lane itself copies the little that has come since, so that the log starts anew
 * and stays a file of the same size (syncing that is quicker than syncing growth).
 */

#include "db/db.h"

struct checkpoint;

/* For the lane's connection; it no longer checkpoints by itself. NULL: logged. */
struct checkpoint *checkpoint_start(const char *url, struct db *lane);

/* Between two transactions, on the lane's thread. */
void checkpoint_tick(struct checkpoint *c);

/* Before the lane's connection closes. NULL is allowed. */
void checkpoint_stop(struct checkpoint *c);

#endif
