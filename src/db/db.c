/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db.h"

#include "base/arena.h"
#include "base/log.h"
#include "db/engine.h"

#include <assert.h>
#include <string.h>

enum { DEEPEST = 8 };

enum db_engine
db_url_engine(const char *url)
{
	return !strncmp(url, "postgresql://", 13) || !strncmp(url, "postgres://", 11)
		       ? DB_POSTGRES
		       : DB_SQLITE;
}

struct db *
db_open(const char *url, enum db_mode mode)
{
	if (!strncmp(url, "sqlite:", 7))
		return db_sqlite_open(url + 7, mode);
	if (db_url_engine(url) == DB_POSTGRES)
		return db_postgres_open(url, mode);
	log_error("database: an address begins with sqlite: or postgresql://");
	return NULL;
}

void
db_close(struct db *db)
{
	if (!db)
		return;
	if (db->begun)
		db_rollback(db);
	engine_end_rows(db, -1);
	engine_forget(db);
	db->engine->close(db);
}

enum db_engine
db_engine(const struct db *db)
{
	return db->engine->name;
}

int64_t
db_asked(const struct db *db)
{
	return db->used;
}

bool
db_failed(const struct db *db)
{
	return db->failed;
}

static void
forgive(struct db *db)
{
	db->failed = db->gone = false;
	db->trouble = DB_KEPT;
}

void
db_begin(struct db *db)
{
	assert(!db->begun);
	engine_end_rows(db, -1);
	forgive(db);
	db->depth = 0;
	db->begun = true;
	db->engine->begin(db);
}

enum db_end
db_commit(struct db *db)
{
	enum db_end end;

	assert(db->begun);
	engine_end_rows(db, -1);
	if (db->failed)
		db->engine->rollback(db);
	else
		db->engine->commit(db);
	end = db->failed ? db->trouble : DB_KEPT;
	db->begun = false;
	forgive(db);
	return end;
}

void
db_rollback(struct db *db)
{
	engine_end_rows(db, -1);
	if (db->begun)
		db->engine->rollback(db);
	db->begun = false;
	forgive(db);
}

/* Runs to the end; returns the rows changed. */
static int64_t
run(struct db *db, const char *sql, int n, const struct db_value *v)
{
	struct statement *s;
	int64_t changed;
	int row = 0;

	if (db->failed)
		return 0;
	s = engine_statement(db, sql, n);
	if (!s || !db->engine->start(db, s, v, FOR_THE_CALL))
		return 0;
	while (db->engine->next(db, s, row))
		row++;
	changed = db->engine->finish(db, s);
	db->changed += changed;
	return db->failed ? 0 : changed;
}

/* Savepoints are named by their depth: after a failure PostgreSQL still has the inner
 * ones, and an undo must name the one that it means. */
static const char *const set[DEEPEST] = {"savepoint s1", "savepoint s2", "savepoint s3",
	"savepoint s4", "savepoint s5", "savepoint s6", "savepoint s7", "savepoint s8"};
static const char *const release[DEEPEST] = {"release savepoint s1",
	"release savepoint s2", "release savepoint s3", "release savepoint s4",
	"release savepoint s5", "release savepoint s6", "release savepoint s7",
	"release savepoint s8"};
static const char *const back[DEEPEST] = {"rollback to savepoint s1",
	"rollback to savepoint s2", "rollback to savepoint s3",
	"rollback to savepoint s4", "rollback to savepoint s5",
	"rollback to savepoint s6", "rollback to savepoint s7",
	"rollback to savepoint s8"};

void
db_savepoint(struct db *db)
{
	assert(db->begun && db->depth < DEEPEST);
	run(db, set[db->depth], 0, &db_null);
	db->depth++;
}

void
db_savepoint_keep(struct db *db)
{
	assert(db->depth > 0);
	db->depth--;
	run(db, release[db->depth], 0, &db_null);
	/* A failure inside that is kept is now a failure of what is around it. */
	if (db->failed && db->failed_depth > db->depth)
		db->failed_depth = db->depth;
}

void
db_savepoint_undo(struct db *db)
{
	assert(db->depth > 0);
	db->depth--;
	if (db->gone || (db->failed && db->failed_depth <= db->depth))
		return;
	engine_end_rows(db, db->depth);
	forgive(db);
	run(db, back[db->depth], 0, &db_null);
	run(db, release[db->depth], 0, &db_null);
}

struct rows
db_query_(struct db *db, const char *sql, int n, const struct db_value *v)
{
	struct rows none = {.db = db};
	struct statement *s;

	if (db->failed)
		return none;
	s = engine_statement(db, sql, n);
	if (!s || !db->engine->start(db, s, v, UNKNOWN))
		return none;
	s->busy = true;
	s->depth = db->depth;
	db->open++;
	return (struct rows){.db = db, .statement = s, .row = -1};
}

void
rows_end(struct rows *r)
{
	struct statement *s = r->statement;

	r->statement = NULL;
	if (!s || !s->busy)
		return;
	r->db->changed += r->db->engine->finish(r->db, s);
	s->busy = false;
	r->db->open--;
}

bool
rows_next(struct rows *r)
{
	struct statement *s = r->statement;

	if (!s || !s->busy)
		return false;
	r->row++;
	if (!r->db->failed && r->db->engine->next(r->db, s, r->row))
		return true;
	rows_end(r);
	return false;
}

int64_t
db_run_(struct db *db, const char *sql, int n, const struct db_value *v)
{
	return run(db, sql, n, v);
}

/* Reading a column as what it is not is a mistake in the select above it; one engine
 * would shrug and the other would not, so both are loud. */
static bool
column_is(const struct rows *r, int column, enum column wanted)
{
	struct statement *s = r->statement;
	enum column is;

	assert(s && s->busy && r->row >= 0);
	is = r->db->engine->column(s, r->row, column);
	if (is == COLUMN_NULL)
		return false;
	if (is == wanted || (is == COLUMN_TEXT && wanted == COLUMN_BYTES))
		return true;
	engine_fail(r->db, DB_UNDONE, "a column is read as what it is not", s->sql);
	return false;
}

int64_t
row_int(const struct rows *r, int column)
{
	if (!column_is(r, column, COLUMN_INT))
		return 0;
	return r->db->engine->integer(r->statement, r->row, column);
}

const char *
row_text(const struct rows *r, int column)
{
	if (!column_is(r, column, COLUMN_TEXT))
		return NULL;
	return (const char *)r->db->engine->bytes(r->statement, r->row, column).at;
}

const char *
row_copy(const struct rows *r, int column, struct arena *a)
{
	struct bytes b;

	if (!column_is(r, column, COLUMN_TEXT))
		return NULL;
	b = r->db->engine->bytes(r->statement, r->row, column);
	return arena_text(a, b.at, b.len);
}

struct bytes
row_bytes(const struct rows *r, int column)
{
	if (!column_is(r, column, COLUMN_BYTES))
		return (struct bytes){0};
	return r->db->engine->bytes(r->statement, r->row, column);
}

bool
row_null(const struct rows *r, int column)
{
	struct statement *s = r->statement;

	assert(s && s->busy && r->row >= 0);
	return r->db->engine->column(s, r->row, column) == COLUMN_NULL;
}

int64_t
db_int_(struct db *db, int64_t otherwise, const char *sql, int n,
	const struct db_value *v)
{
	struct rows r = db_query_(db, sql, n, v);
	int64_t answer = otherwise;

	if (rows_next(&r) && !row_null(&r, 0))
		answer = row_int(&r, 0);
	rows_end(&r);
	return db->failed ? otherwise : answer;
}

const char *
db_text_(struct db *db, struct arena *a, const char *sql, int n, const struct db_value *v)
{
	struct rows r = db_query_(db, sql, n, v);
	const char *answer = NULL;

	if (rows_next(&r))
		answer = row_copy(&r, 0, a);
	rows_end(&r);
	return answer;
}

bool
db_script(struct db *db, const char *script)
{
	return !db->failed && db->engine->script(db, script);
}
