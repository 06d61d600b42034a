/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_COPY_H
#define DB_COPY_H

/*
 * Whole databases from one place to another: how a backup is made and put back. A backup
 * is always one SQLite file with our schema, whichever engine it came from, and goes back
 * into either.
 */

#include "base/arena.h"
#include "db/db.h"

/* A copy of a SQLite database that others may be writing to, as it stood at one instant
 * (SQLite's online backup). `to` is a new file that no longer needs a log beside it.
 * False: logged. */
bool copy_sqlite(const char *from, const char *to) must_check;

/* All rows of all tables but `migration`, in one transaction on either side; both have
 * the same schema and one of them is SQLite. *rows counts them. The statements live in
 * the arena: close both before it is freed. False: logged, and nothing is kept. */
bool copy_rows(struct arena *a, struct db *from, struct db *to, int64_t *rows) must_check;

/* True when no table but `migration` has a row. */
bool copy_empty(struct arena *a, struct db *db) must_check;

/* SQLite's own check of a file: "ok", or what is wrong first. */
const char *copy_integrity(struct arena *a, struct db *db);

/* Turns a SQLite database that nobody else uses into one plain file. */
bool copy_plain(struct db *db) must_check;

#endif
