/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/copy.h"

#include "base/buffer.h"
#include "base/log.h"
#include "db/engine.h"

#include <assert.h>
#include <sqlite3.h>
#include <string.h>

enum { MOST_TABLES = 400, PATIENCE_MS = 5000, MOST_TRIES = 600, PAUSE_MS = 100 };

struct copy_column {
	const char *name;
	enum { NUMBER, WORDS, BINARY } type;
};

struct copy_table {
	const char *name;
	struct copy_column columns[ENGINE_MOST_VALUES];
	int count;
	bool placed;
};

struct copy_schema {
	struct copy_table *tables;
	int count;
	struct copy_table *order[MOST_TABLES]; /* what others refer to comes first */
	int ordered;
};

bool
copy_sqlite(const char *from, const char *to)
{
	sqlite3 *source = NULL;
	sqlite3 *target = NULL;
	sqlite3_backup *b = NULL;
	int code = sqlite3_open_v2(from, &source, SQLITE_OPEN_READWRITE, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_open_v2(
			to, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	if (code == SQLITE_OK) {
		sqlite3_busy_timeout(source, PATIENCE_MS);
		b = sqlite3_backup_init(target, "main", source, "main");
	}
	/* All pages in one step: one snapshot, and no writer makes it start anew. */
	for (int try = 0; b && try < MOST_TRIES; try++) {
		code = sqlite3_backup_step(b, -1);
		if (code != SQLITE_BUSY && code != SQLITE_LOCKED)
			break;
		sqlite3_sleep(PAUSE_MS);
	}
	if (b)
		sqlite3_backup_finish(b);
	if (b && code == SQLITE_DONE)
		code = sqlite3_exec(
			target, "pragma journal_mode = delete", NULL, NULL, NULL);
	else if (code == SQLITE_OK)
		code = SQLITE_ERROR;
	if (code != SQLITE_OK)
		log_error("backup of %s: %s", from, sqlite3_errstr(code));
	sqlite3_close(target);
	sqlite3_close(source);
	return code == SQLITE_OK;
}

const char *
copy_integrity(struct arena *a, struct db *db)
{
	const char *said = db_text(db, a, "pragma integrity_check(1)");

	return said ? said : "it cannot be read";
}

bool
copy_plain(struct db *db)
{
	return db_script(db, "pragma wal_checkpoint(truncate);"
			     "pragma journal_mode = delete");
}

/* As SQLite has the types that our schema uses. */
static bool
read_columns(struct arena *a, struct db *lite, struct copy_table *t)
{
	struct rows r = db_query(lite,
		"select name, lower(type) from pragma_table_info($1) order by cid",
		t->name);

	while (rows_next(&r)) {
		struct copy_column *c = &t->columns[t->count++];
		const char *type = row_text(&r, 1);

		assert(t->count <= ENGINE_MOST_VALUES);
		c->name = row_copy(&r, 0, a);
		c->type = strcmp(type, "bigint") == 0 || strcmp(type, "integer") == 0
				  ? NUMBER
			  : strcmp(type, "text") == 0 ? WORDS
						      : BINARY;
	}
	return t->count > 0;
}

static bool
read_tables(struct arena *a, struct db *lite, struct copy_schema *s)
{
	struct rows r = db_query(lite,
		"select name from sqlite_schema where type = 'table'"
		" and name not like 'sqlite_%' and name <> 'migration' order by name");

	s->tables = arena_array(a, MOST_TABLES, sizeof *s->tables);
	while (rows_next(&r) && s->count < MOST_TABLES)
		s->tables[s->count++].name = row_copy(&r, 0, a);
	rows_end(&r);
	for (int i = 0; i < s->count; i++)
		if (!read_columns(a, lite, &s->tables[i]))
			return false;
	return s->count > 0;
}

static bool
is_placed(const struct copy_schema *s, const char *name)
{
	for (int i = 0; i < s->count; i++)
		if (strcmp(s->tables[i].name, name) == 0)
			return s->tables[i].placed;
	return true;
}

/* Are all tables placed that this one refers to? */
static bool
is_ready(struct db *lite, const struct copy_schema *s, const struct copy_table *t)
{
	struct rows r = db_query(
		lite, "select \"table\" from pragma_foreign_key_list($1)", t->name);
	bool ready = true;

	while (rows_next(&r))
		if (strcmp(row_text(&r, 0), t->name) != 0 &&
			!is_placed(s, row_text(&r, 0)))
			ready = false;
	return ready;
}

static bool
put_in_order(struct db *lite, struct copy_schema *s)
{
	for (int round = 0; round < s->count; round++)
		for (int i = 0; i < s->count; i++) {
			struct copy_table *t = &s->tables[i];

			if (t->placed || !is_ready(lite, s, t))
				continue;
			t->placed = true;
			s->order[s->ordered++] = t;
		}
	return s->ordered == s->count;
}

static bool
read_schema(struct arena *a, struct db *lite, struct copy_schema *s)
{
	*s = (struct copy_schema){0};
	if (read_tables(a, lite, s) && put_in_order(lite, s))
		return true;
	log_error("the schema cannot be read");
	return false;
}

static void
add_columns(struct buffer *b, const struct copy_table *t)
{
	for (int i = 0; i < t->count; i++)
		buffer_printf(b, "%s\"%s\"", i ? ", " : "", t->columns[i].name);
}

static const char *
select_of(struct arena *a, const struct copy_table *t)
{
	struct buffer b = buffer_in(a, 256);

	buffer_literal(&b, "select ");
	add_columns(&b, t);
	buffer_printf(&b, " from \"%s\"", t->name);
	return buffer_text(&b);
}

static const char *
insert_of(struct arena *a, const struct copy_table *t)
{
	struct buffer b = buffer_in(a, 256);

	buffer_printf(&b, "insert into \"%s\" (", t->name);
	add_columns(&b, t);
	buffer_literal(&b, ") values (");
	for (int i = 0; i < t->count; i++)
		buffer_printf(&b, "%s$%d", i ? ", " : "", i + 1);
	buffer_literal(&b, ")");
	return buffer_text(&b);
}

static struct db_value
value_of(const struct rows *r, const struct copy_table *t, int column)
{
	if (row_null(r, column))
		return t->columns[column].type == WORDS ? db_value_text(NULL) : db_null;
	switch (t->columns[column].type) {
	case NUMBER: return db_value_int(row_int(r, column));
	case WORDS: return db_value_text(row_text(r, column));
	case BINARY: break;
	}
	return db_value_bytes(row_bytes(r, column));
}

static int64_t
copy_table(struct arena *a, struct db *from, struct db *to, const struct copy_table *t)
{
	const char *insert = insert_of(a, t);
	struct rows r = db_query_(from, select_of(a, t), 0, &db_null);
	int64_t rows = 0;

	while (!db_failed(to) && rows_next(&r)) {
		struct db_value values[ENGINE_MOST_VALUES];

		for (int i = 0; i < t->count; i++)
			values[i] = value_of(&r, t, i);
		rows += db_run_(to, insert, t->count, values);
	}
	rows_end(&r);
	return rows;
}

bool
copy_rows(struct arena *a, struct db *from, struct db *to, int64_t *rows)
{
	struct db *lite = db_engine(from) == DB_SQLITE ? from : to;
	struct copy_schema s;
	bool well;

	*rows = 0;
	db_begin(from);
	db_begin(to);
	well = read_schema(a, lite, &s);
	for (int i = 0; well && i < s.count; i++) {
		*rows += copy_table(a, from, to, s.order[i]);
		well = !db_failed(from) && !db_failed(to);
	}
	db_rollback(from);
	if (well)
		return db_commit(to) == DB_KEPT;
	db_rollback(to);
	return false;
}

/* The tables of whichever engine. */
static int
table_names(struct arena *a, struct db *db, const char **names)
{
	struct rows r;
	int count = 0;

	if (db_engine(db) == DB_SQLITE)
		r = db_query(db, "select name from sqlite_schema where type = 'table'"
				 " and name not like 'sqlite_%' and name <> 'migration'");
	else
		r = db_query(db, "select tablename from pg_catalog.pg_tables"
				 " where schemaname = current_schema()"
				 " and tablename <> 'migration'");
	while (rows_next(&r) && count < MOST_TABLES)
		names[count++] = row_copy(&r, 0, a);
	rows_end(&r);
	return count;
}

bool
copy_empty(struct arena *a, struct db *db)
{
	const char **names = arena_array(a, MOST_TABLES, sizeof *names);
	bool empty = true;
	int count;

	db_begin(db);
	count = table_names(a, db, names);
	for (int i = 0; empty && i < count; i++)
		empty = db_int_(db, 0,
				arena_printf(a,
					"select count(*) from"
					" (select 1 from \"%s\" limit 1) found",
					names[i]),
				0, &db_null) == 0;
	empty = empty && !db_failed(db);
	db_rollback(db);
	return empty;
}
