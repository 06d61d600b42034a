/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_DB_H
#define DB_DB_H

/*
 * One door, two engines. A `struct db` is one connection, used by one thread at a
 * time; SQLite and PostgreSQL behind it look the same.
 *
 * SQL is a literal or it does not compile: the macros paste it between two empty
 * literals, and the literal's address is the key of the statement cache. Parameters
 * are $1, $2 ... on both engines, in any order, each used as often as wanted:
 *
 *	struct rows r = db_query(w->db,
 *		"select id, subject from ticket where org = $1 and team = $2", org, team);
 *	while (rows_next(&r))
 *		use(row_int(&r, 0), row_text(&r, 1));
 *
 * Values may be int, int64_t, bool, const char * (NULL is null), struct bytes, or
 * db_null; a compound literal with a comma in it goes into a variable first. In the
 * schema every whole number is a bigint, every text is text, and binary is bytea. A
 * function of PostgreSQL that wants less than a bigint gets cast($1 as integer).
 *
 * Failure is sticky: after the first failed statement the door does nothing, queries
 * have no rows, and the commit fails; so code reads straight down. The failure is
 * logged once, here. What may collide says `on conflict do nothing` and looks at the
 * number of rows.
 *
 * Both engines are set to mean the same: foreign keys hold, "x" is a name, LIKE minds
 * its case. What differs still: LIKE has to name its escape, and SQLite's lower() knows
 * ASCII only.
 *
 * Outside db_begin and its end each statement is a transaction of its own.
 */

#include "base/bytes.h"
#include "base/outcome.h"
#include "base/times.h"

struct db;

enum db_engine { DB_SQLITE, DB_POSTGRES };
enum db_mode {
	DB_READ,  /* a write fails loudly */
	DB_WRITE, /* SQLite: synchronous=FULL */
};

/* Opens "sqlite:PATH", "sqlite::memory:" or "postgresql://...". NULL when it cannot,
 * with the reason logged (never the password). */
struct db *db_open(const char *url, enum db_mode mode);
void db_close(struct db *db);
enum db_engine db_engine(const struct db *db);
enum db_engine db_url_engine(const char *url); /* of what db_open takes */

/* Begins a transaction; in DB_READ mode a snapshot. A connection to PostgreSQL that was
 * lost is opened anew. */
void db_begin(struct db *db);

enum db_end {
	DB_KEPT,   /* committed and durable (SQLite: fsynced) */
	DB_UNDONE, /* rolled back by us, or a statement had failed */
	DB_AGAIN,  /* 40001, 40P01, 55P03 or busy: run the whole work once more */
	DB_FULL,   /* no room on the disk; rolled back; may work later */
	DB_LOST,   /* the connection is gone; nothing is known to be kept */
};

/* Ends the transaction. After either call the door is usable again, unless DB_LOST. */
enum db_end db_commit(struct db *db) must_check;
void db_rollback(struct db *db);

/* Savepoints, at most 8 deep. db_savepoint_undo also clears a sticky failure made since
 * the savepoint, unless the whole transaction is lost (DB_AGAIN, DB_FULL, DB_LOST). A
 * failure that is kept fails what is around it. Rows opened before stay open. */
void db_savepoint(struct db *db);
void db_savepoint_keep(struct db *db);
void db_savepoint_undo(struct db *db);

/* True after a failed statement in this transaction. */
bool db_failed(const struct db *db);

/* How many statements this connection has run: for the query budgets of pages. */
int64_t db_asked(const struct db *db);

struct db_value {
	enum { DB_NULL, DB_INT, DB_TEXT, DB_BYTES } kind;
	int64_t number;
	struct bytes bytes;
};

static const struct db_value db_null = {.kind = DB_NULL};

/* Rows of one query, read in place. They end by themselves after the last, and all that
 * are open end with the transaction. Inside the loop other statements may run, the same
 * one too; but do not change rows that the loop may still come to: SQLite would show
 * them again, PostgreSQL would not. On PostgreSQL the whole result is in memory, so what
 * may be long is asked for in pages, by key. */
struct rows {
	struct db *db;
	void *statement; /* the engine's */
	int row;
};

/* The next row; false at the end or after a failure, and then the rows are ended. */
bool rows_next(struct rows *r);

/* Ends rows that are not read to the end. Harmless otherwise. */
void rows_end(struct rows *r);

/* Columns count from 0 in the order of the select. A text or bytes stays valid until
 * the next rows_next or rows_end. NULL reads as 0, NULL, or no bytes. Truth values and
 * fractions read as whole numbers; any other column that is read as what it is not is a
 * failure. */
int64_t row_int(const struct rows *r, int column);
const char *row_text(const struct rows *r, int column);
const char *row_copy(const struct rows *r, int column, struct arena *a);
struct bytes row_bytes(const struct rows *r, int column);
bool row_null(const struct rows *r, int column);

/* Macros below; the functions behind them are not called by hand. */
struct rows db_query_(struct db *db, const char *sql, int n, const struct db_value *v);
int64_t db_run_(struct db *db, const char *sql, int n, const struct db_value *v);
int64_t db_int_(struct db *db, int64_t otherwise, const char *sql, int n,
	const struct db_value *v);
const char *db_text_(
	struct db *db, struct arena *a, const char *sql, int n, const struct db_value *v);

/* A query with rows. */
#define db_query(db, sql, ...) db_query_(db, "" sql "", DB_ARGS(__VA_ARGS__))

/* A statement without rows; returns how many rows it changed (0 after a failure). */
#define db_run(db, sql, ...) db_run_(db, "" sql "", DB_ARGS(__VA_ARGS__))

/* One-line questions: the first column of the first row; `otherwise` or NULL when there
 * is no row, it is null, or something failed. */
#define db_int(db, otherwise, sql, ...) \
	db_int_(db, otherwise, "" sql "", DB_ARGS(__VA_ARGS__))
#define db_text(db, arena, sql, ...) db_text_(db, arena, "" sql "", DB_ARGS(__VA_ARGS__))

static inline struct db_value
db_value_int(int64_t n)
{
	return (struct db_value){.kind = DB_INT, .number = n};
}

/* TIMES_NONE is null. */
static inline struct db_value
db_value_instant(int64_t at)
{
	return at == TIMES_NONE ? db_null : db_value_int(at);
}

static inline struct db_value
db_value_text(const char *text)
{
	/* NULL is null, and still a text: PostgreSQL asks of what type. */
	return (struct db_value){.kind = DB_TEXT, .bytes = bytes_of(text)};
}

static inline struct db_value
db_value_bytes(struct bytes b)
{
	return (struct db_value){.kind = DB_BYTES, .bytes = b};
}

static inline struct db_value
db_value_same(struct db_value v)
{
	return v;
}

/* clang-format off */
#define DB_VALUE(x) _Generic((x), \
	struct db_value: db_value_same, \
	struct bytes: db_value_bytes, \
	char *: db_value_text, \
	const char *: db_value_text, \
	default: db_value_int)(x)

#define DB_ARGS(...) \
	DB_COUNT(__VA_ARGS__), (const struct db_value[]){ DB_EACH(__VA_ARGS__) db_null }
#define DB_COUNT(...) DB_PICK(0 __VA_OPT__(,) __VA_ARGS__, \
	40,39,38,37,36,35,34,33,32,31,30,29,28,27,26,25,24,23,22,21, \
	20,19,18,17,16,15,14,13,12,11,10,9,8,7,6,5,4,3,2,1,0)
#define DB_PICK(z, \
	a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13,a14,a15,a16,a17,a18,a19,a20, \
	b1,b2,b3,b4,b5,b6,b7,b8,b9,b10,b11,b12,b13,b14,b15,b16,b17,b18,b19,b20, n, ...) n

/* Up to 40 values: the preprocessor's way of "for each". */
#define DB_PARENS ()
#define DB_EXPAND(...) DB_EXPAND3(DB_EXPAND3(DB_EXPAND3(DB_EXPAND3(__VA_ARGS__))))
#define DB_EXPAND3(...) DB_EXPAND2(DB_EXPAND2(DB_EXPAND2(DB_EXPAND2(__VA_ARGS__))))
#define DB_EXPAND2(...) DB_EXPAND1(DB_EXPAND1(DB_EXPAND1(DB_EXPAND1(__VA_ARGS__))))
#define DB_EXPAND1(...) __VA_ARGS__
#define DB_EACH(...) __VA_OPT__(DB_EXPAND(DB_EACH_STEP(__VA_ARGS__)))
#define DB_EACH_STEP(x, ...) \
	DB_VALUE(x), __VA_OPT__(DB_EACH_AGAIN DB_PARENS (__VA_ARGS__))
#define DB_EACH_AGAIN() DB_EACH_STEP
/* clang-format on */

/* Runs a script of statements that are no literals: migrations and tests only. */
bool db_script(struct db *db, const char *script) must_check;

#endif
