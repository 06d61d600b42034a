/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_db.h"

#include "db/db.h"

#include <string.h>

static struct db *
with_things(void)
{
	struct db *db = testing_db();

	db_begin(db);
	assert_true(db_script(db,
		"create table thing (org bigint not null, id bigint not null, name text,"
		" raw bytea, primary key (org, id)); create unique index thing_name on "
		"thing (name)"));
	assert_int_equal(db_commit(db), DB_KEPT);
	db_begin(db);
	return db;
}

static void
failure_sticks_until_the_end(void **state)
{
	struct db *db = with_things();
	struct rows r;

	(void)state;
	assert_int_equal(db_run(db, "insert into thing (org, id) values (1, 1)"), 1);
	assert_int_equal(db_run(db, "insert into thing (org, id) values (1, 1)"), 0);
	assert_true(db_failed(db));
	assert_int_equal(db_run(db, "insert into thing (org, id) values (1, 2)"), 0);
	assert_int_equal(db_int(db, -7, "select count(*) from thing"), -7);
	assert_null(db_text(db, testing_arena(), "select 'x'"));
	r = db_query(db, "select id from thing");
	assert_false(rows_next(&r));
	rows_end(&r);
	assert_false(db_script(db, "create table more (id bigint)"));
	assert_int_equal(db_commit(db), DB_UNDONE);

	db_begin(db);
	assert_false(db_failed(db));
	assert_int_equal(db_int(db, -7, "select count(*) from thing"), 0);
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
a_savepoint_takes_its_failure_back(void **state)
{
	struct db *db = with_things();

	(void)state;
	db_run(db, "insert into thing (org, id) values (1, 1)");
	db_savepoint(db);
	db_run(db, "insert into thing (org, id) values (1, 2)");
	db_savepoint(db);
	db_run(db, "insert into thing (org, id) values (1, 1)");
	assert_true(db_failed(db));
	/* Not taken, and not undone either. */
	db_savepoint(db);
	db_savepoint_undo(db);
	assert_true(db_failed(db));
	db_savepoint_undo(db);
	assert_false(db_failed(db));
	db_savepoint_keep(db);
	db_savepoint(db);
	db_run(db, "insert into thing (org, id) values (1, 3)");
	db_savepoint_undo(db);
	assert_int_equal(db_int(db, -1, "select count(*) from thing"), 2);
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
a_failure_that_is_kept_fails_what_is_around_it(void **state)
{
	struct db *db = with_things();

	(void)state;
	db_savepoint(db);
	db_savepoint(db);
	db_run(db, "insert into nowhere (id) values (1)");
	db_savepoint_keep(db);
	assert_true(db_failed(db));
	db_savepoint_undo(db);
	assert_false(db_failed(db));
	db_run(db, "insert into thing (org, id) values (1, 1)");
	db_savepoint(db);
	db_run(db, "insert into nowhere (id) values (1)");
	db_savepoint_keep(db);
	assert_int_equal(db_commit(db), DB_UNDONE);
}

static void
rows_outlive_a_savepoint_inside_their_loop(void **state)
{
	struct db *db = with_things();
	struct rows r;
	int seen = 0;

	(void)state;
	for (int i = 0; i < 5; i++)
		db_run(db, "insert into thing (org, id) values (1, $1)", i);
	r = db_query(db, "select id from thing where org = 1 order by id");
	while (rows_next(&r)) {
		db_savepoint(db);
		db_run(db, "insert into thing (org, id) values (2, $1)",
			row_int(&r, 0) / 2);
		if (db_failed(db))
			db_savepoint_undo(db);
		else
			db_savepoint_keep(db);
		seen++;
	}
	assert_int_equal(seen, 5);
	assert_int_equal(db_int(db, -1, "select count(*) from thing where org = 2"), 3);
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
rows_left_open_end_with_the_transaction(void **state)
{
	struct db *db = with_things();
	struct rows r;

	(void)state;
	for (int i = 0; i < 3; i++)
		db_run(db, "insert into thing (org, id) values (1, $1)", i);
	r = db_query(db, "select id from thing");
	assert_true(rows_next(&r));
	assert_int_equal(db_commit(db), DB_KEPT);
	assert_false(rows_next(&r));
	rows_end(&r);
}

static void
reading_refuses_to_write(void **state)
{
	const char *url = testing_db_url_empty();
	struct db *writer = db_open(url, DB_WRITE);
	struct db *reader = db_open(url, DB_READ);

	(void)state;
	db_begin(writer);
	assert_true(db_script(writer, "create table one (id bigint)"));
	assert_int_equal(db_commit(writer), DB_KEPT);
	db_begin(reader);
	db_run(reader, "insert into one (id) values (1)");
	assert_true(db_failed(reader));
	assert_int_equal(db_commit(reader), DB_UNDONE);
	db_run(reader, "delete from one");
	assert_true(db_failed(reader));
	db_rollback(reader);
	assert_int_equal(db_int(reader, -1, "select count(*) from one"), 0);
	db_close(reader);
	db_close(writer);
}

static void
a_reader_sees_one_moment(void **state)
{
	const char *url = testing_db_url_empty();
	struct db *writer = db_open(url, DB_WRITE);
	struct db *reader = db_open(url, DB_READ);

	(void)state;
	assert_true(db_script(writer, "create table one (id bigint)"));
	db_begin(reader);
	assert_int_equal(db_int(reader, -1, "select count(*) from one"), 0);
	db_begin(writer);
	db_run(writer, "insert into one (id) values (1)");
	assert_int_equal(db_commit(writer), DB_KEPT);
	assert_int_equal(db_int(reader, -1, "select count(*) from one"), 0);
	assert_int_equal(db_commit(reader), DB_KEPT);
	db_begin(reader);
	assert_int_equal(db_int(reader, -1, "select count(*) from one"), 1);
	db_rollback(reader);
	db_close(reader);
	db_close(writer);
}

static void
a_table_may_change_under_a_kept_statement(void **state)
{
	const char *url = testing_db_url_empty();
	struct db *db = db_open(url, DB_WRITE);
	struct db *other = db_open(url, DB_WRITE);
	const char *name = NULL;
	enum db_end end = DB_AGAIN;

	(void)state;
	assert_true(db_script(other, "create table one (id bigint, name bigint); insert "
				     "into one (id, name) values (1, 2)"));
	for (int round = 0; round < 2; round++) {
		for (int try = 0; end == DB_AGAIN && try < 3; try++) {
			struct rows r;

			db_begin(db);
			r = db_query(db, "select name from one where id = $1", 1);
			if (rows_next(&r))
				name = round ? row_copy(&r, 0, testing_arena())
					     : (assert_int_equal(row_int(&r, 0), 2), "2");
			rows_end(&r);
			end = db_commit(db);
		}
		assert_int_equal(end, DB_KEPT);
		end = DB_AGAIN;
		if (!round)
			assert_true(
				db_script(other, "alter table one drop column name; "
						 "alter table one add column name text;"
						 "update one set name = 'two'"));
	}
	assert_string_equal(name, "two");
	db_close(other);
	db_close(db);
}

static enum db_end
end_of(struct db *db, const char *state)
{
	db_begin(db);
	(void)!db_script(
		db, arena_printf(testing_arena(),
			    "do $$ begin raise exception using errcode = '%s'; end $$",
			    state));
	return db_commit(db);
}

static void
postgres_says_what_kind_of_failure_it_was(void **state)
{
	struct db *db = testing_db();

	(void)state;
	if (db_engine(db) != DB_POSTGRES)
		skip();
	assert_int_equal(end_of(db, "40001"), DB_AGAIN);
	assert_int_equal(end_of(db, "40P01"), DB_AGAIN);
	assert_int_equal(end_of(db, "53100"), DB_FULL);
	assert_int_equal(end_of(db, "23505"), DB_UNDONE);
	assert_int_equal(end_of(db, "57P01"), DB_LOST);
	db_begin(db);
	assert_int_equal(db_int(db, -1, "select 1"), 1);
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
a_lost_connection_comes_back_at_the_next_begin(void **state)
{
	const char *url = testing_db_url_empty();
	struct db *db = db_open(url, DB_WRITE);
	struct db *other = db_open(url, DB_WRITE);
	int64_t process;

	(void)state;
	if (db_engine(db) == DB_POSTGRES) {
		db_begin(db);
		process = db_int(db, 0, "select pg_backend_pid()");
		db_run(other, "select pg_terminate_backend(cast($1 as integer), 5000)",
			process);
		assert_int_equal(db_int(db, -1, "select 1"), -1);
		assert_int_equal(db_commit(db), DB_LOST);

		/* While it was idle: nothing was lost, and nobody notices. */
		db_begin(db);
		process = db_int(db, 0, "select pg_backend_pid()");
		assert_int_equal(db_commit(db), DB_KEPT);
		db_run(other, "select pg_terminate_backend(cast($1 as integer), 5000)",
			process);
		db_begin(db);
		assert_int_equal(db_int(db, -1, "select 1"), 1);
		assert_int_equal(db_commit(db), DB_KEPT);
	}
	db_close(other);
	db_close(db);
}

static void
a_full_disk_is_said_and_gets_over(void **state)
{
	struct db *db = with_things();
	int64_t id = 0;

	(void)state;
	if (db_engine(db) != DB_SQLITE)
		skip();
	db_run(db, "pragma max_page_count = 30");
	db_savepoint(db);
	while (!db_failed(db))
		db_run(db,
			"insert into thing (org, id, raw) values (1, $1, zeroblob(1000))",
			++id);
	/* SQLite has rolled back everything: the savepoint is no way out. */
	db_savepoint_undo(db);
	assert_true(db_failed(db));
	assert_int_equal(db_commit(db), DB_FULL);

	db_begin(db);
	assert_int_equal(db_int(db, -1, "select count(*) from thing"), 0);
	db_run(db, "pragma max_page_count = 100000");
	db_run(db, "insert into thing (org, id, raw) values (1, 1, zeroblob(200000))");
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
fill(struct db *db, int from)
{
	static unsigned char raw[20000];
	const struct bytes all = {raw, sizeof raw};

	for (int i = from; i < from + 500; i++) {
		memset(raw, i, sizeof raw);
		db_run(db, "insert into one (id, raw) values ($1, $2)", i, all);
	}
}

static void
expect_filled(struct db *db, int from)
{
	struct rows r = db_query(
		db, "select id, raw from one where id >= $1 order by id", from);
	int n = 0;

	for (; rows_next(&r); n++) {
		struct bytes b = row_bytes(&r, 1);

		assert_int_equal(b.len, 20000);
		assert_int_equal(b.at[0], (unsigned char)row_int(&r, 0));
		assert_memory_equal(b.at, b.at + 1, b.len - 1);
	}
	assert_int_equal(n, 500);
}

/* Larger than SQLite's cache: pages go to the log before the commit and come back. */
static void
a_transaction_of_ten_megabytes_is_read_back_undone_and_kept(void **state)
{
	const char *url = testing_db_url_empty();
	struct db *db = db_open(url, DB_WRITE);
	struct db *reader = db_open(url, DB_READ);

	(void)state;
	assert_true(db_script(db, "create table one (id bigint primary key, raw bytea)"));
	for (int round = 0; round < 3; round++) {
		db_begin(db);
		fill(db, round * 1000);
		expect_filled(db, round * 1000);
		db_savepoint(db);
		fill(db, round * 1000 + 500);
		db_savepoint_undo(db);
		expect_filled(db, round * 1000);
		db_begin(reader);
		assert_int_equal(db_int(reader, -1, "select count(*) from one"),
			round == 2 ? 500 : 0);
		db_rollback(reader);
		if (round == 0)
			db_rollback(db);
		else
			assert_int_equal(db_commit(db), DB_KEPT);
		if (round == 1) {
			db_begin(reader);
			expect_filled(reader, 1000);
			db_rollback(reader);
		}
	}
	db_close(reader);
	db_close(db);
	db = db_open(url, DB_WRITE);
	assert_int_equal(db_int(db, -1, "select count(*) from one"), 1000);
	expect_filled(db, 2000);
	if (db_engine(db) == DB_SQLITE)
		assert_string_equal(
			db_text(db, testing_arena(), "pragma integrity_check"), "ok");
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(failure_sticks_until_the_end),
		cmocka_unit_test(a_savepoint_takes_its_failure_back),
		cmocka_unit_test(a_failure_that_is_kept_fails_what_is_around_it),
		cmocka_unit_test(rows_outlive_a_savepoint_inside_their_loop),
		cmocka_unit_test(rows_left_open_end_with_the_transaction),
		cmocka_unit_test(reading_refuses_to_write),
		cmocka_unit_test(a_reader_sees_one_moment),
		cmocka_unit_test(a_table_may_change_under_a_kept_statement),
		cmocka_unit_test(postgres_says_what_kind_of_failure_it_was),
		cmocka_unit_test(a_lost_connection_comes_back_at_the_next_begin),
		cmocka_unit_test(a_full_disk_is_said_and_gets_over),
		cmocka_unit_test(
			a_transaction_of_ten_megabytes_is_read_back_undone_and_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
