/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_DB_SQLITE_H
#define DB_DB_SQLITE_H

/* A connection to SQLite, for the files of the db floor that deal with SQLite alone. */

#include "db/engine.h"

#include <sqlite3.h>

struct sqlite {
	struct db db;
	sqlite3 *handle;
	int log_pages; /* after the last commit, when checkpoint.c watches */
};

enum { DB_SQLITE_PATIENCE_MS = 5000 };

/* What a failed call means. A write or sync that failed for another reason than room
 * leaves unknown what the disk holds, and trying again may succeed falsely: that ends
 * the process. */
enum db_end db_sqlite_judge(struct db *db, int code, const char *doing);

#endif
