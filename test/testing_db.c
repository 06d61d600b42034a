/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_db.h"

#include "testing.h"

#include "base/log.h"
#include "db/db_sqlite.h"
#include "db/migrate.h"
#include "sql_files.h"

#include <ftw.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 4096 };

static struct {
	pid_t owner; /* a forked child tidies nothing */
	struct db *opened[MOST];
	int connections;
	const char *names[MOST]; /* databases on PostgreSQL */
	int databases;
	const char *folders[MOST];
	int folder_count;
} made;

static const char *
cluster(void)
{
	const char *url = getenv("PORTREEVE_TEST_PG");

	if (!url || !strstr(url, "/postgres?"))
		log_fatal("PORTREEVE_TEST_PG names no cluster: run `make test`, or "
			  "tools/postgres start");
	return url;
}

static const char *
url_of(const char *database)
{
	const char *url = cluster();
	const char *name = strstr(url, "/postgres?");

	return arena_printf(testing_arena(), "%.*s/%s%s", (int)(name - url), url,
		database, name + strlen("/postgres"));
}

static struct db *
open_or_end(const char *url)
{
	struct db *db = db_open(url, DB_WRITE);

	if (!db)
		log_fatal("no database for the test");
	return db;
}

static void
script_or_end(struct db *db, const char *script)
{
	if (!db_script(db, script))
		log_fatal("the test database: %s", script);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
	(void)st;
	(void)type;
	(void)walk;
	return remove(path);
}

static void
tidy(void)
{
	if (getpid() != made.owner)
		return;
	for (int i = 0; i < made.connections; i++)
		db_close(made.opened[i]);
	for (int i = 0; i < made.folder_count; i++)
		nftw(made.folders[i], remove_one, 16, FTW_DEPTH | FTW_PHYS);
	if (made.databases) {
		struct db *db = open_or_end(cluster());

		for (int i = 0; i < made.databases; i++)
			script_or_end(
				db, arena_printf(testing_arena(),
					    "drop database if exists %s with (force)",
					    made.names[i]));
		db_close(db);
	}
}

static void
begin(void)
{
	if (made.owner)
		return;
	made.owner = getpid();
	testing_arena();
	atexit(tidy);
}

const char *
testing_folder(void)
{
	const char *where = getenv("TMPDIR");
	char *path = arena_printf(
		testing_arena(), "%s/portreeve-test.XXXXXX", where ? where : "/tmp");

	begin();
	if (made.folder_count == MOST || !mkdtemp(path))
		log_fatal("no folder for the test");
	made.folders[made.folder_count++] = path;
	return path;
}

enum db_engine
testing_db_engine(void)
{
	const char *name = getenv("PORTREEVE_TEST_DB");

	if (!name || !strcmp(name, "sqlite"))
		return DB_SQLITE;
	if (!strcmp(name, "postgres"))
		return DB_POSTGRES;
	log_fatal("PORTREEVE_TEST_DB is sqlite or postgres, not %s", name);
}

/* Migrated once for each state of sql/, then copied: the first test program to come
 * makes it, the others wait. */
static const char *
template_name(struct db *admin)
{
	unsigned char hash[8];
	crypto_generichash_state state;
	char hex[17];
	const char *name;

	crypto_generichash_init(&state, NULL, 0, sizeof hash);
	for (int i = 0; i < sql_files_count; i++)
		crypto_generichash_update(&state,
			(const unsigned char *)sql_files[i].text, sql_files[i].length);
	crypto_generichash_final(&state, hash, sizeof hash);
	name = arena_printf(testing_arena(), "schema_%s",
		sodium_bin2hex(hex, sizeof hex, hash, sizeof hash));

	db_run(admin, "select pg_advisory_lock(1)");
	if (!db_int(admin, 0, "select count(*) from pg_database where datname = $1",
		    name)) {
		const char *draft = arena_printf(testing_arena(), "%s_draft", name);
		struct db *db;

		script_or_end(admin,
			arena_printf(testing_arena(), "create database %s", draft));
		db = open_or_end(url_of(draft));
		if (!migrate(db))
			log_fatal("the test database cannot be migrated");
		db_close(db);
		script_or_end(
			admin, arena_printf(testing_arena(),
				       "alter database %s rename to %s", draft, name));
	}
	db_run(admin, "select pg_advisory_unlock(1)");
	return name;
}

static const char *
postgres_url(bool schema)
{
	static const char *template;
	const char *name = arena_printf(
		testing_arena(), "test_%d_%d", (int)getpid(), made.databases + 1);
	struct db *admin = open_or_end(cluster());

	if (schema && !template)
		template = template_name(admin);
	if (made.databases == MOST)
		log_fatal("too many test databases");
	script_or_end(admin, arena_printf(testing_arena(),
				     "create database %s template %s strategy file_copy",
				     name, schema ? template : "template0"));
	made.names[made.databases++] = name;
	db_close(admin);
	return url_of(name);
}

/* Migrated once for each test program, then copied. */
static void
copy_schema(struct db *to)
{
	static struct db *template;
	sqlite3_backup *copy;

	if (!template) {
		template = open_or_end("sqlite::memory:");
		made.opened[made.connections++] = template;
		if (!migrate(template))
			log_fatal("the test database cannot be migrated");
	}
	copy = sqlite3_backup_init(((struct sqlite *)to)->handle, "main",
		((struct sqlite *)template)->handle, "main");
	if (sqlite3_backup_step(copy, -1) != SQLITE_DONE ||
		sqlite3_backup_finish(copy) != SQLITE_OK)
		log_fatal("the test database cannot be copied");
}

static const char *
sqlite_url(bool schema)
{
	const char *url = arena_printf(
		testing_arena(), "sqlite:%s/test.db", testing_folder());
	struct db *db = open_or_end(url);

	if (schema)
		copy_schema(db);
	db_close(db);
	return url;
}

static const char *
url(bool schema)
{
	begin();
	return testing_db_engine() == DB_SQLITE ? sqlite_url(schema)
						: postgres_url(schema);
}

const char *
testing_db_url(void)
{
	return url(true);
}

const char *
testing_db_url_empty(void)
{
	return url(false);
}

struct db *
testing_db(void)
{
	bool memory = testing_db_engine() == DB_SQLITE;
	struct db *db = open_or_end(memory ? "sqlite::memory:" : testing_db_url());

	begin();
	if (memory)
		copy_schema(db);
	if (made.connections == MOST)
		log_fatal("too many test databases");
	made.opened[made.connections++] = db;
	return db;
}
