/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

/*
 * The schema, forwards only. The scripts of sql/ are embedded in name order; table
 * `migration` says which have run, each with the hash of its text.
 *
 * A script contains no begin and no commit: each runs in its own transaction.
 */
// One set of scripts serves both engines. Where they must differ, a comment such as
//
//	create table event (org bigint not null, ..., primary key (org, id)
//	)/*sqlite without rowid*/;
//
// is text for that engine alone; the other mark is "postgres". It does not count inside
// quotes and other comments.

#include "base/embedded.h"
#include "db/db.h"

/* Runs the scripts that have not run, each in its own transaction; two processes may
 * try at once. False (logged) when one fails, when a script that ran has changed since,
 * or when the database is newer than the program. Outside a transaction. */
bool migrate(struct db *db) must_check;

/* How many scripts have not run yet; -1 when the database is newer than the program or
 * cannot be asked. */
int migrate_pending(struct db *db);

/* The same for scripts other than the program's own: for tests. */
bool migrate_list(struct db *db, const struct embedded *scripts, int count) must_check;
int migrate_list_pending(struct db *db, const struct embedded *scripts, int count);

#endif
