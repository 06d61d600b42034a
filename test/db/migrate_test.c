/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_db.h"

#include "db/migrate.h"

#include <pthread.h>
#include <string.h>

#define SCRIPT(name, text)                   \
	{                                    \
		name, text, sizeof(text) - 1 \
	}

static const struct embedded good[] = {
	SCRIPT("0001_one.sql",
		"-- Here /*sqlite means nothing.\n"
		"create table one (id bigint not null primary key, name text\n"
		")/*sqlite without rowid*//*postgres with (fillfactor = 90)*/;\n"
		"insert into one (id, name) values (1, '/*sqlite a*/');\n"
		"/*sqlite insert into one (id, name) values (2, 'sqlite');*/\n"
		"/*postgres insert into one (id, name) values (2, 'postgres');*/\n"
		"/* a plain comment */"),
	SCRIPT("0002_two.sql", "create table two (id bigint not null primary key,"
			       " one bigint references one (id));"
			       "insert into two (id, one) values (7, 1)"),
};

static struct db *
empty(void)
{
	struct db *db = db_open(testing_db_url_empty(), DB_WRITE);

	assert_non_null(db);
	return db;
}

static void
scripts_run_once_and_in_order(void **state)
{
	struct db *db = empty();

	(void)state;
	assert_int_equal(migrate_list_pending(db, good, 2), 2);
	assert_true(migrate_list(db, good, 1));
	assert_int_equal(migrate_list_pending(db, good, 2), 1);
	assert_true(migrate_list(db, good, 2));
	assert_true(migrate_list(db, good, 2));
	assert_int_equal(migrate_list_pending(db, good, 2), 0);
	assert_int_equal(db_int(db, -1, "select count(*) from two"), 1);
	assert_int_equal(db_int(db, -1, "select count(*) from one"), 2);
	db_close(db);
}

static void
a_comment_may_be_for_one_engine(void **state)
{
	struct db *db = empty();

	(void)state;
	assert_true(migrate_list(db, good, 2));
	assert_string_equal(
		db_text(db, testing_arena(), "select name from one where id = 2"),
		db_engine(db) == DB_SQLITE ? "sqlite" : "postgres");
	assert_string_equal(
		db_text(db, testing_arena(), "select name from one where id = 1"),
		"/*sqlite a*/");
	db_close(db);
}

static void
a_script_that_changed_since_is_found(void **state)
{
	const struct embedded other[] = {SCRIPT(
		"0001_one.sql", "create table one (id bigint not null primary key)")};
	struct db *db = empty();

	(void)state;
	assert_true(migrate_list(db, good, 1));
	assert_false(migrate_list(db, other, 1));
	db_close(db);
}

static void
a_database_newer_than_the_program_is_left_alone(void **state)
{
	struct db *db = empty();

	(void)state;
	assert_true(migrate_list(db, good, 2));
	assert_int_equal(migrate_list_pending(db, good, 1), -1);
	assert_false(migrate_list(db, good, 1));
	db_close(db);
}

static void
a_script_that_fails_leaves_nothing_behind(void **state)
{
	const struct embedded bad[] = {
		good[0], SCRIPT("0002_bad.sql", "create table half (id bigint); insert "
						"into nowhere (id) values (1)")};
	struct db *db = empty();

	(void)state;
	assert_false(migrate_list(db, bad, 2));
	assert_int_equal(migrate_list_pending(db, bad, 2), 1);
	assert_true(migrate_list(db, good, 2));
	assert_int_equal(db_int(db, -1, "select count(*) from two"), 1);
	db_begin(db);
	assert_true(db_script(db, "create table half (id bigint)"));
	assert_int_equal(db_commit(db), DB_KEPT);
	db_close(db);
}

static void *
migrate_there(void *url)
{
	struct db *db = db_open(url, DB_WRITE);
	bool well = db && migrate_list(db, good, 2);

	db_close(db);
	return well ? url : NULL;
}

static void
many_may_migrate_at_once(void **state)
{
	const char *url = testing_db_url_empty();
	pthread_t thread[8];
	struct db *db;

	(void)state;
	for (int i = 0; i < 8; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, migrate_there,
					 (void *)(uintptr_t)url),
			0);
	for (int i = 0; i < 8; i++) {
		void *well;

		pthread_join(thread[i], &well);
		assert_non_null(well);
	}
	db = db_open(url, DB_WRITE);
	assert_int_equal(db_int(db, -1, "select count(*) from two"), 1);
	assert_int_equal(db_int(db, -1, "select count(*) from migration"), 2);
	db_close(db);
}

static void
the_own_scripts_run_on_this_engine(void **state)
{
	struct db *db = empty();

	(void)state;
	assert_true(migrate(db));
	assert_int_equal(migrate_pending(db), 0);
	assert_true(migrate(db));
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts_run_once_and_in_order),
		cmocka_unit_test(a_comment_may_be_for_one_engine),
		cmocka_unit_test(a_script_that_changed_since_is_found),
		cmocka_unit_test(a_database_newer_than_the_program_is_left_alone),
		cmocka_unit_test(a_script_that_fails_leaves_nothing_behind),
		cmocka_unit_test(many_may_migrate_at_once),
		cmocka_unit_test(the_own_scripts_run_on_this_engine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
