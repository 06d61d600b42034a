/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_POSTGRES_SESSION_H
#define DB_POSTGRES_SESSION_H

/*
 * A connection to PostgreSQL and its transactions. Waiting for answers is what costs
 * here, so a transaction is begun together with its first statement, and the end of a
 * reading one is not waited for.
 */

#include "db/engine.h"

#include <libpq-fe.h>

struct postgres {
	struct db db;
	PGconn *conn;
	int64_t names;	  /* prepared statements so far */
	bool unusable;	  /* connect anew at the next begin */
	bool outdated;	  /* prepare everything anew at the next begin */
	bool begin_due;	  /* the server does not know of the transaction yet */
	bool commit_sent; /* its answer has not been read */
};

/* False: logged. */
bool postgres_session_open(struct postgres *p, const char *url);

/* The engine's begin, commit and rollback. */
void postgres_session_begin(struct db *db);
void postgres_session_commit(struct db *db);
void postgres_session_rollback(struct db *db);

/* Before anything but a statement that is sent together with its begin: the connection
 * waits for no answer and the server knows of the transaction. False after engine_fail.
 */
bool postgres_session_ready(struct postgres *p);

/* What begins a transaction in this mode. */
const char *postgres_session_start(const struct postgres *p);

/* Whether a message may be logged whole: one about our SQL may, one that was made while
 * running may hold what somebody typed. */
enum told { WHOLE, CAREFUL };

/* Notes what the result says went wrong. `kept_plan`: the statement was prepared some
 * time ago, and a table may have changed under it. */
void postgres_session_fail(struct postgres *p, const PGresult *r, const char *sql,
	enum told told, bool kept_plan);

/* Takes the result; false after engine_fail. */
bool postgres_session_took(struct postgres *p, PGresult *r, const char *sql);

#endif
