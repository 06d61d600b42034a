/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db_sqlite.h"

#include "base/log.h"
#include "db/write_ahead.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where a statement stands: a writing one has taken its first step when it started. */
enum at { BEFORE_FIRST, ON_FIRST, LATER, ENDED };

struct sqlite_statement {
	struct statement statement;
	sqlite3_stmt *handle;
	enum at at;
	bool counts;				 /* an insert, update or delete */
	unsigned char value[ENGINE_MOST_VALUES]; /* of SQLite's parameter: which $n */
	int values;				 /* how many SQLite sees */
};

static sqlite3 *
handle_of(struct db *db)
{
	return ((struct sqlite *)db)->handle;
}

static sqlite3_stmt *
stmt_of(struct statement *s)
{
	return ((struct sqlite_statement *)s)->handle;
}

enum db_end
db_sqlite_judge(struct db *db, int code, const char *doing)
{
	int reason = sqlite3_system_errno(handle_of(db));
	bool room = reason == ENOSPC || reason == EDQUOT;

	switch (code & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return DB_AGAIN;
	case SQLITE_FULL: return DB_FULL;
	case SQLITE_IOERR:
		if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
			log_fatal("database: sync failed (%s) at %s", strerror(reason),
				doing);
		if (room)
			return DB_FULL;
		if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE)
			log_fatal("database: write failed (%s) at %s", strerror(reason),
				doing);
		return DB_UNDONE;
	default: return DB_UNDONE;
	}
}

/* A message made while running may hold what somebody typed (a search term), except
 * that of a constraint, which names tables and columns. */
static void
fail(struct db *db, int code, const char *sql)
{
	bool running = (code & 0xFF) == SQLITE_ERROR && sql;
	enum db_end end = db_sqlite_judge(db, code, sql ? sql : "a script");

	engine_fail(db, end,
		running ? sqlite3_errstr(code) : sqlite3_errmsg(handle_of(db)), sql);
	if (db->begun && sqlite3_get_autocommit(handle_of(db)))
		db->gone = true;
}

static bool
execute(struct db *db, const char *script)
{
	int code = sqlite3_exec(handle_of(db), script, NULL, NULL, NULL);

	if (code != SQLITE_OK)
		fail(db, code, NULL);
	return code == SQLITE_OK;
}

/* A statement of the door itself, prepared once like any other. */
static int
once(struct db *db, const char *sql)
{
	struct statement *s = engine_statement(db, sql, 0);
	int code;

	if (!s)
		return SQLITE_ERROR;
	code = sqlite3_step(stmt_of(s));
	if (code == SQLITE_DONE)
		code = SQLITE_OK;
	else
		fail(db, code, sql);
	sqlite3_reset(stmt_of(s));
	return code;
}

static void
sqlite_begin(struct db *db)
{
	once(db, db->mode == DB_WRITE ? "begin immediate" : "begin");
}

static void
sqlite_rollback(struct db *db)
{
	if (!sqlite3_get_autocommit(handle_of(db)))
		once(db, "rollback");
}

static void
sqlite_commit(struct db *db)
{
	int code = once(db, "commit");

	if ((code & 0xFF) == SQLITE_IOERR && db->trouble != DB_FULL)
		log_fatal("database: commit failed with %s", sqlite3_errstr(code));
	if (code != SQLITE_OK)
		sqlite_rollback(db);
}

/* SQLite numbers $3 by its first appearance; what counts is its name. */
static void
map_values(struct sqlite_statement *s)
{
	s->values = sqlite3_bind_parameter_count(s->handle);
	for (int i = 0; i < s->values; i++)
		s->value[i] = (unsigned char)(strtol(sqlite3_bind_parameter_name(
							     s->handle, i + 1) +
							      1,
						      NULL, 10) -
					      1);
}

static bool
changes_rows(const char *sql)
{
	static const char *const words[] = {"insert", "update", "delete", "with"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!sqlite3_strnicmp(sql, words[i], (int)strlen(words[i])))
			return true;
	return false;
}

static struct statement *
sqlite_prepare(struct db *db, const char *sql, int parameters)
{
	struct sqlite_statement *s = engine_memory(sizeof *s);
	const char *rest = "";
	int code = sqlite3_prepare_v3(
		handle_of(db), sql, -1, SQLITE_PREPARE_PERSISTENT, &s->handle, &rest);

	if (code == SQLITE_OK &&
		(!s->handle || *rest ||
			sqlite3_bind_parameter_count(s->handle) != parameters)) {
		engine_fail(db, DB_UNDONE, "not one statement with $1, $2 ...", sql);
	} else if (code != SQLITE_OK) {
		/* Nobody's values are in it yet: the whole message helps. */
		engine_fail(db, db_sqlite_judge(db, code, sql),
			sqlite3_errmsg(handle_of(db)), sql);
	} else {
		map_values(s);
		s->counts = !sqlite3_stmt_readonly(s->handle) && changes_rows(sql);
		return &s->statement;
	}
	sqlite3_finalize(s->handle);
	free(s);
	return NULL;
}

static void
sqlite_discard(struct db *db, struct statement *s)
{
	(void)db;
	sqlite3_finalize(stmt_of(s));
	free(s);
}

static int
bind(sqlite3_stmt *stmt, int at, const struct db_value *v, enum lifetime l)
{
	sqlite3_destructor_type keep = l == FOR_THE_CALL ? SQLITE_STATIC
							 : SQLITE_TRANSIENT;
	const char *text = (const char *)v->bytes.at;

	switch (v->kind) {
	case DB_INT: return sqlite3_bind_int64(stmt, at, v->number);
	case DB_TEXT:
		return sqlite3_bind_text64(
			stmt, at, text, v->bytes.len, keep, SQLITE_UTF8);
	case DB_BYTES:
		/* No bytes are not NULL. */
		return sqlite3_bind_blob64(
			stmt, at, text ? text : "", v->bytes.len, keep);
	default: return sqlite3_bind_null(stmt, at);
	}
}

/* One step; true on a row. A failure ends the statement. */
static bool
step(struct db *db, struct sqlite_statement *s)
{
	int code = sqlite3_step(s->handle);

	if (code == SQLITE_ROW)
		return true;
	s->at = ENDED;
	if (code != SQLITE_DONE)
		fail(db, code, s->statement.sql);
	return false;
}

static bool
sqlite_start(
	struct db *db, struct statement *given, const struct db_value *v, enum lifetime l)
{
	struct sqlite_statement *s = (struct sqlite_statement *)given;

	s->at = BEFORE_FIRST;
	for (int i = 0; i < s->values; i++) {
		int code = bind(s->handle, i + 1, &v[s->value[i]], l);

		if (code != SQLITE_OK) {
			fail(db, code, s->statement.sql);
			return false;
		}
	}
	if (s->counts && step(db, s))
		s->at = ON_FIRST;
	if (db->failed)
		sqlite3_reset(s->handle);
	return !db->failed;
}

static bool
sqlite_next(struct db *db, struct statement *given, int row)
{
	struct sqlite_statement *s = (struct sqlite_statement *)given;

	(void)row;
	if (s->at == ENDED)
		return false;
	if (s->at == ON_FIRST) {
		s->at = LATER;
		return true;
	}
	return step(db, s);
}

static int64_t
sqlite_finish(struct db *db, struct statement *given)
{
	struct sqlite_statement *s = (struct sqlite_statement *)given;
	int64_t changed = s->counts ? sqlite3_changes64(handle_of(db)) : 0;

	sqlite3_reset(s->handle);
	return changed;
}

static enum column
sqlite_column(struct statement *s, int row, int column)
{
	(void)row;
	switch (sqlite3_column_type(stmt_of(s), column)) {
	case SQLITE_NULL: return COLUMN_NULL;
	case SQLITE_INTEGER:
	case SQLITE_FLOAT: return COLUMN_INT;
	case SQLITE_TEXT: return COLUMN_TEXT;
	default: return COLUMN_BYTES;
	}
}

static int64_t
sqlite_integer(struct statement *s, int row, int column)
{
	(void)row;
	return sqlite3_column_int64(stmt_of(s), column);
}

static struct bytes
sqlite_bytes(struct statement *s, int row, int column)
{
	struct bytes b;

	(void)row;
	if (sqlite3_column_type(stmt_of(s), column) == SQLITE_TEXT)
		b.at = sqlite3_column_text(stmt_of(s), column);
	else
		b.at = sqlite3_column_blob(stmt_of(s), column);
	b.len = (size_t)sqlite3_column_bytes(stmt_of(s), column);
	if (!b.at)
		b.at = (const unsigned char *)"";
	return b;
}

static void
sqlite_close(struct db *db)
{
	sqlite3_close(handle_of(db));
	free(db);
}

static const struct engine engine = {
	.name = DB_SQLITE,
	.close = sqlite_close,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.script = execute,
	.prepare = sqlite_prepare,
	.discard = sqlite_discard,
	.start = sqlite_start,
	.next = sqlite_next,
	.finish = sqlite_finish,
	.column = sqlite_column,
	.integer = sqlite_integer,
	.bytes = sqlite_bytes,
};

static void
configure_once(void)
{
	/* Its counting takes a lock that all connections would share. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	/* What a savepoint may have to put back stays in memory: it is a page or two for
	 * each table and index that a request touches, and by default goes into a
	 * temporary file from 64 KiB on. */
	sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
}

/* A new file is for its owner alone and is in its folder before anything is promised.
 * An old one is not touched: closing it would drop the locks of other connections. */
static void
make_file(const char *path)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
	if (slash)
		snprintf(folder, sizeof folder, "%.*s/", (int)(slash - path), path);
	fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

/* Both engines shall mean the same: keys hold, "x" is a name, LIKE minds its case. */
static bool
settle(struct db *db, bool file)
{
	sqlite3 *h = handle_of(db);

	sqlite3_extended_result_codes(h, 1);
	sqlite3_busy_timeout(h, DB_SQLITE_PATIENCE_MS);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (!execute(db, "pragma foreign_keys = on; pragma case_sensitive_like = on;"
			 "pragma trusted_schema = off; pragma secure_delete = on;"
			 "pragma mmap_size = 0; pragma synchronous = full;"
			 "pragma cache_size = -4096"))
		return false;
	if (file && db->mode == DB_WRITE &&
		!execute(db, "pragma journal_mode = wal;"
			     "pragma journal_size_limit = 67108864"))
		return false;
	return db->mode == DB_WRITE || execute(db, "pragma query_only = on");
}

struct db *
db_sqlite_open(const char *path, enum db_mode mode)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	bool file = strcmp(path, ":memory:") != 0;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
	struct sqlite *s = engine_memory(sizeof *s);

	pthread_once(&once, configure_once);
	s->db.engine = &engine;
	s->db.mode = mode;
	if (file && mode == DB_WRITE)
		make_file(path);
	if (!*path || sqlite3_open_v2(path, &s->handle, flags, write_ahead_files()) !=
			      SQLITE_OK) {
		log_error("database: cannot open %s: %s", path,
			s->handle ? sqlite3_errmsg(s->handle) : "no name");
		sqlite3_close(s->handle);
		free(s);
		return NULL;
	}
	if (!settle(&s->db, file)) {
		log_error("database: cannot use %s", path);
		sqlite_close(&s->db);
		return NULL;
	}
	return &s->db;
}
