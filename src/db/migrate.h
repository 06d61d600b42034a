/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

/*
 * The schema, forwards only. The scripts of sql/ are embedded in name order; table
 * `migration` says which have run, each with the hash of its text.
 */

#include "db/db.h"

/* Runs the scripts that have not run, each in its own transaction; two processes may
 * try at once. False (logged) when one fails or a script that ran has changed since. */
bool migrate(struct db *db) must_check;

/* How many scripts have not run yet; -1 when the database is newer than the program. */
int migrate_pending(struct db *db);

#endif
