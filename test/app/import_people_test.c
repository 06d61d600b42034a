/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import_command.h"

#include "db/db.h"
#include "testing.h"
#include "testing_command.h"
#include "testing_db.h"

#include <stdio.h>
#include <string.h>
#include <zstd.h>

#define HEADINGS "resident_id,first_name,last_name,email,phone,town,address1,vip\n"
#define ANN "1,Ann,Fisher,Ann@Example.org,07700 900001,Southmere,1 Elm Road,N\n"
#define BOB "2,Bob,O’Neill,bob@example.org,,Southmere,2 Elm Road,Y\n"

static struct testing_run
import(const char *url, const char *path)
{
	return testing_command(import_command, "people", path, "--db", url, NULL);
}

static void
people_come_once_and_are_found_by_their_addresses(void **state)
{
	const char *url = testing_db_url();
	const char *path = testing_command_file("people.csv", HEADINGS ANN BOB);
	struct testing_run r = import(url, path);
	struct db *db;

	(void)state;
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out, "people: 2, skipped: 0\n");
	assert_string_equal(import(url, path).out, "people: 0, skipped: 2\n");
	db = db_open(url, DB_WRITE);
	assert_string_equal(
		db_text(db, testing_arena(),
			"select p.name from person_address a join person p on p.org = "
			"a.org"
			" and p.id = a.person where a.value = 'ann@example.org'"),
		"Ann Fisher");
	assert_string_equal(db_text(db, testing_arena(),
				    "select address from person where name = 'Bob "
				    "O’Neill' and vip = 1"),
		"2 Elm Road, Southmere");
	db_close(db);
}

static void
a_row_that_changed_changes_the_person(void **state)
{
	const char *url = testing_db_url();
	struct db *db;

	(void)state;
	import(url, testing_command_file("people.csv", HEADINGS ANN BOB));
	assert_string_equal(import(url, testing_command_file("people.csv",
						HEADINGS "1,Ann,Hunter,ann@example.org,,"
							 "Southmere,9 Oak Road,N\n" BOB))
				    .out,
		"people: 1, skipped: 1\n");
	db = db_open(url, DB_WRITE);
	assert_int_equal(db_int(db, 0, "select count(*) from person"), 2);
	assert_string_equal(
		db_text(db, testing_arena(),
			"select address from person where name = 'Ann Hunter'"),
		"9 Oak Road, Southmere");
	db_close(db);
}

static void
bad_rows_are_reported_and_left_out(void **state)
{
	struct testing_run r = import(testing_db_url(),
		testing_command_file("people.csv",
			HEADINGS "3,Cy,Roe,not an address,,,,\n"
				 ",Di,Roe,di@example.org,,,,\n"
				 "4,,,e@example.org,,,,\n"
				 "5,Fay,Roe,fay@example.org,12,,,\n" ANN));

	(void)state;
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out, "people: 1, skipped: 4\n");
	assert_non_null(strstr(r.err, "people.csv:2: the e-mail address cannot be one"));
	assert_non_null(strstr(r.err, "people.csv:3: there is no resident_id"));
	assert_non_null(strstr(r.err, "people.csv:4: there is no name"));
	assert_non_null(strstr(r.err, "people.csv:5: the telephone number cannot be"));
}

static void
stray_carriage_returns_inside_a_line_are_dropped(void **state)
{
	struct testing_run r = import(testing_db_url(),
		testing_command_file("people.csv",
			HEADINGS "1,\"Ann\"\r,Fisher,ann@example.org,,,,\n"));

	(void)state;
	assert_string_equal(r.out, "people: 1, skipped: 0\n");
}

static const char *
packed(const char *text, size_t most)
{
	const char *path = testing_command_file("people.csv.zst", "");
	char out[4096];
	size_t n = ZSTD_compress(out, sizeof out, text, strlen(text), 3);
	FILE *f = fopen(path, "wb");

	assert_false(ZSTD_isError(n));
	assert_non_null(f);
	fwrite(out, 1, n < most ? n : most, f);
	assert_int_equal(fclose(f), 0);
	return path;
}

static void
a_compressed_file_is_read_and_one_cut_off_is_refused(void **state)
{
	(void)state;
	assert_string_equal(import(testing_db_url(), packed(HEADINGS ANN BOB, 4096)).out,
		"people: 2, skipped: 0\n");
	assert_int_equal(
		import(testing_db_url(), packed(HEADINGS ANN BOB, 60)).status, 1);
}

static void
the_synthetic_residents_all_load(void **state)
{
	const char *path = testing_command_data("residents/residents.csv.zst");

	(void)state;
	if (!path || testing_db_engine() == DB_POSTGRES)
		skip();
	assert_string_equal(
		import(testing_db_url(), path).out, "people: 20000, skipped: 0\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_come_once_and_are_found_by_their_addresses),
		cmocka_unit_test(a_row_that_changed_changes_the_person),
		cmocka_unit_test(bad_rows_are_reported_and_left_out),
		cmocka_unit_test(stray_carriage_returns_inside_a_line_are_dropped),
		cmocka_unit_test(a_compressed_file_is_read_and_one_cut_off_is_refused),
		cmocka_unit_test(the_synthetic_residents_all_load),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
