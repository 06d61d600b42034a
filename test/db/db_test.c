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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_comes_back_as_it_went_in),
		cmocka_unit_test(whole_numbers_of_every_kind_read_as_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
