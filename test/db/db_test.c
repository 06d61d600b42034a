/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_db.h"

#include "db/engine.h"

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
every_type_comes_back_as_it_went_in(void **state)
{
	struct db *db = with_things();
	const unsigned char raw[] = {0, 1, 0, 255, '\''};
	const struct bytes five = {raw, sizeof raw};
	const struct bytes none = {0};
	struct rows r;

	(void)state;
	db_run(db, "insert into thing (org, id, name, raw) values ($1, $2, $3, $4)", 1,
		INT64_MIN, "Ó Súilleabháin \xF0\x9F\x9A\xA7", five);
	db_run(db, "insert into thing (org, id, name, raw) values ($1, $2, $3, $4)", true,
		INT64_MAX, "", none);
	db_run(db, "insert into thing (org, id, name, raw) values ($1, $2, $3, $4)", 2, 0,
		(const char *)NULL, db_null);

	r = db_query(db, "select id, name, raw, org from thing order by org, id");
	assert_true(rows_next(&r));
	assert_true(row_int(&r, 0) == INT64_MIN);
	assert_string_equal(row_text(&r, 1), "Ó Súilleabháin \xF0\x9F\x9A\xA7");
	assert_int_equal(row_bytes(&r, 2).len, sizeof raw);
	assert_memory_equal(row_bytes(&r, 2).at, raw, sizeof raw);
	assert_true(rows_next(&r));
	assert_true(row_int(&r, 0) == INT64_MAX);
	assert_string_equal(row_copy(&r, 1, testing_arena()), "");
	assert_false(row_null(&r, 2));
	assert_int_equal(row_bytes(&r, 2).len, 0);
	assert_int_equal(row_int(&r, 3), 1);
	assert_true(rows_next(&r));
	assert_true(row_null(&r, 1) && row_null(&r, 2));
	assert_null(row_text(&r, 1));
	assert_null(row_copy(&r, 1, testing_arena()));
	assert_null(row_bytes(&r, 2).at);
	assert_false(rows_next(&r));
	assert_false(rows_next(&r));
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
whole_numbers_of_every_kind_read_as_numbers(void **state)
{
	struct db *db = with_things();
	struct rows r;

	(void)state;
	for (int i = 1; i <= 3; i++)
		db_run(db, "insert into thing (org, id, name) values (1, $1, $2)",
			INT64_C(4000000000000000000) / i,
			i == 2 ? "b" : (const char *)NULL);
	r = db_query(db, "select count(*), sum(id / 1000000000), avg(10), length(name), "
			 "name = 'b',"
			 " case when org = 1 then 7 end, max(id) = 5, sum(-org), sum(0),"
			 " cast(sum(30000) as integer), exists (select 1 from thing)"
			 " from thing where name = 'b' group by name, org");
	assert_true(rows_next(&r));
	assert_int_equal(row_int(&r, 0), 1);
	assert_int_equal(row_int(&r, 1), 2000000000);
	assert_int_equal(row_int(&r, 2), 10);
	assert_int_equal(row_int(&r, 3), 1);
	assert_int_equal(row_int(&r, 4), 1);
	assert_int_equal(row_int(&r, 5), 7);
	assert_int_equal(row_int(&r, 6), 0);
	assert_int_equal(row_int(&r, 7), -1);
	assert_int_equal(row_int(&r, 8), 0);
	assert_int_equal(row_int(&r, 9), 30000);
	assert_int_equal(row_int(&r, 10), 1);
	rows_end(&r);
	assert_true(
		db_int(db, 0, "select sum(id) from thing where id > $1", 0) ==
		INT64_C(4000000000000000000) + 2000000000000000000 + 1333333333333333333);
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
values_go_where_their_number_says(void **state)
{
	struct db *db = with_things();
	struct rows r;

	(void)state;
	db_run(db, "insert into thing (name, id, org, raw) values ($3, $1, $2, null)", 7,
		3, "seven");
	r = db_query(db,
		"select cast($2 as bigint), cast($1 as bigint), cast($2 as bigint), "
		"'$3', name"
		" from thing where id = $1 and org = $2 or id = $1 + $2 - $2 and name <> "
		"$3",
		7, 3, "x");
	assert_true(rows_next(&r));
	assert_int_equal(row_int(&r, 0), 3);
	assert_int_equal(row_int(&r, 1), 7);
	assert_int_equal(row_int(&r, 2), 3);
	assert_string_equal(row_text(&r, 3), "$3");
	assert_string_equal(row_text(&r, 4), "seven");
	assert_false(rows_next(&r));
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
forty_values_are_taken(void **state)
{
	struct db *db = with_things();
	int64_t sum = db_int(db, -1,
		"select $1+2*$2+3*$3+4*$4+5*$5+6*$6+7*$7+8*$8+9*$9+10*$10+11*$11+12*$12"
		"+13*$13+14*$14+15*$15+16*$16+17*$17+18*$18+19*$19+20*$20+21*$21+22*$22"
		"+23*$23+24*$24+25*$25+26*$26+27*$27+28*$28+29*$29+30*$30+31*$31+32*$32"
		"+33*$33+34*$34+35*$35+36*$36+37*$37+38*$38+39*$39+40*$40",
		1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
		22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
		40);

	(void)state;
	assert_int_equal(sum, 40 * 41 * 81 / 6);
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
too_few_or_too_many_values_fail(void **state)
{
	struct db *db = with_things();

	(void)state;
	db_run(db, "delete from thing where id = $1 and org = $2", 1);
	assert_true(db_failed(db));
	db_rollback(db);
	db_begin(db);
	db_run(db, "delete from thing where id = $1", 1, 2);
	assert_true(db_failed(db));
	db_rollback(db);
	db_begin(db);
	db_run(db, "delete from thing where id = $2", 1, 2);
	assert_int_equal(db_commit(db), DB_UNDONE);
}

static void
a_null_first_does_not_settle_the_type(void **state)
{
	struct db *db = with_things();

	(void)state;
	assert_true(db_script(db, "drop index thing_name"));
	for (int i = 0; i < 6; i++)
		db_run(db,
			"insert into thing (org, id, name) values ($1, coalesce($2, $1), "
			"$3)"
			" on conflict (org, id) do update set name = coalesce($3, $4, "
			"'none')",
			1, i % 2 ? db_value_int(i) : db_null,
			i % 3 ? "a" : (const char *)NULL,
			i == 5 ? db_value_text("b") : db_null);
	assert_false(db_failed(db));
	assert_int_equal(db_int(db, -1, "select count(*) from thing where id = 5"), 1);
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
changed_rows_are_counted(void **state)
{
	struct db *db = with_things();

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(
			db_run(db, "insert into thing (org, id) values (1, $1)", i), 1);
	assert_int_equal(db_run(db, "update thing set org = 2 where id > $1", 1), 3);
	assert_int_equal(db_run(db, "update thing set org = 2 where id > $1", 100), 0);
	assert_int_equal(db_run(db, "insert into thing (org, id) values (1, 0) on "
				    "conflict do nothing"),
		0);
	assert_int_equal(db_run(db, "create table other (id bigint)"), 0);
	assert_int_equal(db_run(db, "with chosen as (select id from thing where org = 2)"
				    " insert into other (id) select id from chosen"),
		3);
	assert_int_equal(db_run(db, "delete from thing"), 5);
	assert_int_equal(db_run(db, "drop table other"), 0);
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
a_write_that_returns_rows_happens_though_none_is_read(void **state)
{
	struct db *db = with_things();
	struct rows r = db_query(db,
		"insert into thing (org, id) values (1, 1), (1, 2), (1, 3) returning id");

	(void)state;
	rows_end(&r);
	rows_end(&r);
	r = db_query(db, "update thing set org = 2 returning id + org");
	assert_true(rows_next(&r));
	assert_int_equal(row_int(&r, 0), 3);
	rows_end(&r);
	assert_int_equal(db_int(db, -1, "select count(*) from thing where org = 2"), 3);
	assert_int_equal(
		db_int(db, -1, "delete from thing where id = $1 returning org", 3), 2);
	assert_int_equal(db_int(db, -1, "select count(*) from thing"), 2);
	assert_int_equal(db_commit(db), DB_KEPT);
}

static int64_t
depth_first(struct db *db, int64_t parent)
{
	struct rows r = db_query(
		db, "select id from thing where org = $1 order by id", parent);
	int64_t sum = 0;

	while (rows_next(&r))
		sum = sum * 10 + row_int(&r, 0) + depth_first(db, row_int(&r, 0));
	return sum;
}

static void
a_statement_may_run_inside_its_own_rows(void **state)
{
	struct db *db = with_things();

	(void)state;
	for (int i = 2; i < 10; i++)
		db_run(db, "insert into thing (org, id) values ($1, $2)", i / 2, i);
	assert_int_equal(depth_first(db, 1),
		2 * 10 + 3 + 487 * 0 + (4 * 10 + 5 + (8 * 10 + 9) * 10) * 10 +
			(6 * 10 + 7));
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
a_column_read_as_what_it_is_not_fails(void **state)
{
	struct db *db = with_things();
	struct rows r;

	(void)state;
	db_run(db, "insert into thing (org, id, name) values (1, 1, '12')");
	r = db_query(db, "select name, id from thing");
	assert_true(rows_next(&r));
	assert_int_equal(row_int(&r, 0), 0);
	assert_true(db_failed(db));
	assert_false(rows_next(&r));
	db_rollback(db);
	db_begin(db);
	db_run(db, "insert into thing (org, id, name) values (1, 1, '12')");
	r = db_query(db, "select name, id from thing");
	assert_true(rows_next(&r));
	assert_null(row_text(&r, 1));
	assert_int_equal(db_commit(db), DB_UNDONE);
}

static void
statements_are_kept_and_the_oldest_forgotten(void **state)
{
	struct db *db = with_things();
	struct rows open;
	int first;

	(void)state;
	db_run(db, "insert into thing (org, id) values (1, 1)");
	first = db->statements;
	for (int i = 0; i < 100; i++)
		assert_int_equal(
			db_int(db, -1, "select org from thing where id = $1", 1), 1);
	assert_int_equal(db->statements, first + 1);

	open = db_query(db, "select id from thing");
	for (int i = 0; i < 3 * ENGINE_STATEMENTS; i++) {
		char *sql = arena_printf(
			testing_arena(), "select org + %d from thing", i);

		assert_int_equal(db_int_(db, -1, sql, 0, &db_null), 1 + i);
	}
	assert_int_equal(db->statements, ENGINE_STATEMENTS);
	assert_true(rows_next(&open));
	assert_int_equal(row_int(&open, 0), 1);
	assert_int_equal(db_int(db, -1, "select org from thing where id = $1", 1), 1);
	assert_int_equal(db_commit(db), DB_KEPT);
}

static void
addresses_that_cannot_be_opened_are_refused(void **state)
{
	(void)state;
	assert_null(db_open("mysql://localhost/x", DB_WRITE));
	assert_null(db_open("sqlite:", DB_WRITE));
	assert_null(db_open("sqlite:/nowhere/at/all/x.db", DB_WRITE));
	assert_null(db_open(
		arena_printf(testing_arena(), "sqlite:%s/none.db", testing_folder()),
		DB_READ));
	assert_null(db_open("postgresql://a:secret@127.0.0.1:1/x", DB_WRITE));
	assert_null(db_open("postgresql://a:secret@[::1/x?nonsense", DB_WRITE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_comes_back_as_it_went_in),
		cmocka_unit_test(whole_numbers_of_every_kind_read_as_numbers),
		cmocka_unit_test(values_go_where_their_number_says),
		cmocka_unit_test(forty_values_are_taken),
		cmocka_unit_test(too_few_or_too_many_values_fail),
		cmocka_unit_test(a_null_first_does_not_settle_the_type),
		cmocka_unit_test(changed_rows_are_counted),
		cmocka_unit_test(a_write_that_returns_rows_happens_though_none_is_read),
		cmocka_unit_test(a_statement_may_run_inside_its_own_rows),
		cmocka_unit_test(a_column_read_as_what_it_is_not_fails),
		cmocka_unit_test(statements_are_kept_and_the_oldest_forgotten),
		cmocka_unit_test(addresses_that_cannot_be_opened_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
