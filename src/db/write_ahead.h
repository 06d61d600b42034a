/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_WRITE_AHEAD_H
#define DB_WRITE_AHEAD_H

/*
 * A file system for SQLite that gathers what is written to the write-ahead log and hands
 * it to the real one in one piece when it is synced. SQLite writes two small pieces a
 * page, and a commit of ten pages is then one call instead of twenty.
 *
 * Nothing else changes: what is gathered is written before the same connection reads,
 * measures, cuts or syncs the log, and before other connections can learn of it, for
 * with synchronous=FULL SQLite syncs the log before it announces a commit.
 */

/* Its name, for sqlite3_open_v2. It stands on the file system that is the default when
 * this is first called. */
const char *write_ahead_files(void);

#endif
