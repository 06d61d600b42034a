/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/migrate.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/log.h"
#include "base/times.h"
#include "sql_files.h"

#include <sodium.h>
#include <string.h>

enum { MOST_TRIES = 10 };

/* The SHA-256 of a script as it stands in the file, in hexadecimal. */
static const char *
hash_of(struct arena *a, const struct embedded *script)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char *out = arena_alloc(a, 2 * sizeof hash + 1);

	crypto_hash_sha256(hash, (const unsigned char *)script->text, script->length);
	return sodium_bin2hex(out, 2 * sizeof hash + 1, hash, sizeof hash);
}

static bool
begins(const char *at, const char *with)
{
	return !strncmp(at, with, strlen(with));
}

/* How many bytes to pass over unread: a comment to the end of its line, or what is
 * quoted; 0 when neither begins here. */
static size_t
to_pass(const char *at)
{
	const char *end;

	if (begins(at, "--"))
		return strcspn(at, "\n");
	if (*at != '\'' && *at != '"')
		return 0;
	end = strchr(at + 1, *at);
	return end ? (size_t)(end - at) + 1 : strlen(at);
}

/* The script with the comments for this engine alone opened up. */
static const char *
for_engine(struct arena *a, enum db_engine engine, const struct embedded *script)
{
	const char *mark = engine == DB_SQLITE ? "/*sqlite " : "/*postgres ";
	struct buffer out = buffer_in(a, script->length + 1);
	bool open = false;

	for (const char *at = script->text; *at;) {
		size_t pass = to_pass(at);

		if (pass) {
			buffer_add(&out, at, pass);
			at += pass;
		} else if (begins(at, mark)) {
			open = true;
			at += strlen(mark);
		} else if (open && begins(at, "*/")) {
			open = false;
			at += 2;
		} else {
			buffer_char(&out, *at++);
		}
	}
	return buffer_text(&out);
}

static bool
table_exists(struct db *db)
{
	if (db_engine(db) == DB_SQLITE)
		return db_int(db, 0,
			"select count(*) from sqlite_schema"
			" where type = 'table' and name = 'migration'");
	return db_int(db, 0,
		"select count(*) from pg_catalog.pg_tables"
		" where schemaname = current_schema() and tablename = 'migration'");
}

/* One at a time, also among processes: SQLite's write transactions are so by nature. */
static void
take_turn(struct db *db)
{
	if (db_engine(db) == DB_SQLITE)
		return;
	db_run(db, "set local lock_timeout = 0");
	db_run(db, "select pg_advisory_xact_lock(7300451128)");
}

static void
make_table(struct db *db)
{
	if (!table_exists(db))
		db_run(db, "create table migration (name text primary key,"
			   " hash text not null, at bigint not null)");
}

/* In a transaction, with the turn. */
static void
run_one(struct db *db, struct arena *a, const struct embedded *script)
{
	if (!db_script(db, for_engine(a, db_engine(db), script)))
		return;
	db_run(db, "insert into migration (name, hash, at) values ($1, $2, $3)",
		script->name, hash_of(a, script), times_now());
}

enum state { HAS_RUN, HAS_NOT_RUN, HAS_CHANGED };

static enum state
state_of(struct db *db, struct arena *a, const struct embedded *script)
{
	const char *hash = db_text(
		db, a, "select hash from migration where name = $1", script->name);

	if (!hash)
		return HAS_NOT_RUN;
	return strcmp(hash, hash_of(a, script)) ? HAS_CHANGED : HAS_RUN;
}

/* One transaction. */
static enum db_end
try_one(struct db *db, struct arena *a, const struct embedded *script)
{
	enum state state;
	enum db_end end;

	db_begin(db);
	take_turn(db);
	make_table(db);
	state = state_of(db, a, script);
	if (state == HAS_CHANGED) {
		log_error("migration %s has changed since it ran", script->name);
		db_rollback(db);
		return DB_UNDONE;
	}
	if (state == HAS_NOT_RUN)
		run_one(db, a, script);
	end = db_commit(db);
	if (state == HAS_NOT_RUN && end == DB_KEPT)
		log_info("migration %s has run", script->name);
	if (end == DB_UNDONE)
		log_error("migration %s failed", script->name);
	return end;
}

int
migrate_list_pending(struct db *db, const struct embedded *scripts, int count)
{
	int ran = 0;
	int known = 0;

	db_begin(db);
	if (table_exists(db)) {
		ran = (int)db_int(db, 0, "select count(*) from migration");
		for (int i = 0; i < count; i++)
			known += (int)db_int(db, 0,
				"select count(*) from migration where name = $1",
				scripts[i].name);
	}
	if (db_commit(db) != DB_KEPT || ran > known)
		return -1;
	return count - known;
}

bool
migrate_list(struct db *db, const struct embedded *scripts, int count)
{
	struct arena *a = arena_new();
	bool well = migrate_list_pending(db, scripts, count) >= 0;

	if (!well)
		log_error("the database is newer than this program");
	for (int i = 0; well && i < count; i++) {
		enum db_end end = DB_AGAIN;

		for (int try = 0; end == DB_AGAIN && try < MOST_TRIES; try++)
			end = try_one(db, a, &scripts[i]);
		well = end == DB_KEPT;
		arena_reset(a);
	}
	arena_free(a);
	return well;
}

int
migrate_pending(struct db *db)
{
	return migrate_list_pending(db, sql_files, sql_files_count);
}

bool
migrate(struct db *db)
{
	return migrate_list(db, sql_files, sql_files_count);
}
