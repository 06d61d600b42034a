/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

/*
 * What stands behind the door: a connection, its prepared statements, and the few
 * things an engine must be able to do. Only the db floor includes this.
 *
 * db.c keeps the promises that both engines share (sticky failure, savepoints, the
 * statement cache); an engine only talks to its library and says engine_fail when
 * something went wrong.
 */

#include "db/db.h"

enum { ENGINE_MOST_VALUES = 40, ENGINE_STATEMENTS = 256, ENGINE_BUCKETS = 512 };

/* A prepared statement; an engine puts its own part behind it. */
struct statement {
	const char *sql;	/* the literal: its address is the key */
	struct statement *next; /* in the same bucket */
	int64_t used;		/* when last, in statements of this connection */
	int parameters;		/* the highest $n */
	bool busy;		/* rows of it are open */
	int depth;		/* savepoints when they were opened */
};

/* How long the values given stay where they are. */
enum lifetime {
	FOR_THE_CALL, /* until `finish`, which follows at once */
	UNKNOWN,      /* rows are read later: copy */
};

enum column { COLUMN_NULL, COLUMN_INT, COLUMN_TEXT, COLUMN_BYTES, COLUMN_OTHER };

struct engine {
	enum db_engine name;

	/* Closes and frees; every statement has been discarded before. */
	void (*close)(struct db *db);

	/* Transactions. commit leaves no transaction open, whatever comes of it. */
	void (*begin)(struct db *db);
	void (*commit)(struct db *db);
	void (*rollback)(struct db *db);

	/* Statements that are no literals and have no parameters. */
	bool (*script)(struct db *db, const char *script);

	/* NULL after engine_fail. */
	struct statement *(*prepare)(struct db *db, const char *sql, int parameters);
	void (*discard)(struct db *db, struct statement *s);

	/* Binds and begins. A statement that writes has done so when this returns. */
	bool (*start)(struct db *db, struct statement *s, const struct db_value *v,
		enum lifetime l);

	/* To row number `row`, counted from 0 and asked for in order. */
	bool (*next)(struct db *db, struct statement *s, int row);

	/* Ends the rows; returns how many rows an insert, update or delete changed. */
	int64_t (*finish)(struct db *db, struct statement *s);

	/* The row that `next` went to. `bytes` is for texts too, and a NUL follows. */
	enum column (*column)(struct statement *s, int row, int column);
	int64_t (*integer)(struct statement *s, int row, int column);
	struct bytes (*bytes)(struct statement *s, int row, int column);
};

/* One connection; an engine puts its own part behind it. */
struct db {
	const struct engine *engine;
	enum db_mode mode;
	bool begun;	     /* between db_begin and the end */
	bool failed;	     /* a statement failed: the door does nothing */
	bool gone;	     /* the whole transaction is lost: no savepoint helps */
	enum db_end trouble; /* why, when failed */
	int depth;	     /* savepoints */
	int failed_depth;    /* savepoints when the failure happened */
	int64_t used;	     /* statements so far */
	int64_t changed;     /* rows changed so far, at least; undone ones too */
	int statements;	     /* in the cache */
	int open;	     /* of them, those with open rows */
	bool forgetting;     /* all go at once */
	struct statement *bucket[ENGINE_BUCKETS];
};

/* Notes a failure and logs it: `sql` is the statement or NULL. DB_UNDONE fails back to
 * the savepoint, everything else the whole transaction. */
void engine_fail(struct db *db, enum db_end end, const char *message, const char *sql);

/* An idle statement for the literal, from the cache or prepared; NULL: failed. */
struct statement *engine_statement(struct db *db, const char *sql, int parameters);

/* Ends the rows that were opened inside more than `depth` savepoints; all: -1. */
void engine_end_rows(struct db *db, int depth);

/* Forgets every prepared statement. */
void engine_forget(struct db *db);

/* Memory that cannot be had ends the process. */
void *engine_memory(size_t size);

/* Opens what follows "sqlite:"; the whole of "postgresql://...". NULL: logged. */
struct db *db_sqlite_open(const char *path, enum db_mode mode);
struct db *db_postgres_open(const char *url, enum db_mode mode);

#endif
