/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/user.h"

#include "app/import_command.h"
#include "db/db.h"
#include "desk/sign_in.h"
#include "testing.h"
#include "testing_command.h"
#include "testing_db.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PASSWORD "correct horse battery"

/* A database with one organisation. */
static const char *
installation(void)
{
	const char *url = testing_db_url();

	testing_command(import_command, "services",
		testing_command_project("seed/services.csv"), "--db", url, NULL);
	return url;
}

static void
type(const char *text)
{
	FILE *f = fopen(testing_command_file("typed", text), "r");

	assert_non_null(f);
	clearerr(stdin);
	fflush(stdin);
	assert_true(dup2(fileno(f), STDIN_FILENO) >= 0);
	fclose(f);
}

static struct testing_run
add(const char *url, const char *email, const char *role)
{
	type(PASSWORD "\n");
	return testing_command(
		user_command, "add", email, "Amy Analyst", role, "--db", url, NULL);
}

static bool
may_enter(const char *url, const char *password)
{
	struct db *db = db_open(url, DB_WRITE);
	const char *stored = db_text(db, testing_arena(),
		"select password from account where email = 'amy@example.org'"
		" and disabled = 0");
	bool may = stored &&
		   crypto_pwhash_str_verify(stored, password, strlen(password)) == 0;

	db_close(db);
	return may;
}

static void
an_account_is_added_listed_and_can_sign_in(void **state)
{
	const char *url = installation();
	struct testing_run r = add(url, "Amy@Example.org", "analyst");

	(void)state;
	assert_int_equal(r.status, 0);
	assert_true(may_enter(url, PASSWORD));
	assert_false(may_enter(url, "another one"));
	r = testing_command(user_command, "list", "--db", url, NULL);
	assert_non_null(strstr(r.out, "amy@example.org"));
	assert_non_null(strstr(r.out, "analyst"));
}

static void
what_cannot_be_is_refused(void **state)
{
	const char *url = installation();
	struct testing_run r = add(url, "amy@example.org", "king");

	(void)state;
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err, "there is no role \"king\""));
	assert_int_equal(add(url, "amy", "analyst").status, 1);
	assert_int_equal(add(url, "amy@example.org", "analyst").status, 0);
	r = add(url, "amy@example.org", "analyst");
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err, "already"));
	type("short\n");
	r = testing_command(
		user_command, "password", "amy@example.org", "--db", url, NULL);
	assert_int_equal(r.status, 1);
	assert_int_equal(
		testing_command(user_command, "add", "--db", url, NULL).status, 2);
}

static void
a_new_password_replaces_the_old_one(void **state)
{
	const char *url = installation();

	(void)state;
	add(url, "amy@example.org", "analyst");
	type("quite another phrase\n");
	assert_int_equal(testing_command(user_command, "password", "amy@example.org",
				 "--db", url, NULL)
				 .status,
		0);
	assert_true(may_enter(url, "quite another phrase"));
	assert_false(may_enter(url, PASSWORD));
}

static void
a_role_is_given_and_taken(void **state)
{
	const char *url = installation();
	struct testing_run r;

	(void)state;
	add(url, "amy@example.org", "analyst");
	r = testing_command(user_command, "give", "amy@example.org", "governance-officer",
		"--db", url, NULL);
	assert_int_equal(r.status, 0);
	r = testing_command(
		user_command, "take", "amy@example.org", "analyst", "--db", url, NULL);
	assert_int_equal(r.status, 0);
	r = testing_command(user_command, "list", "--db", url, NULL);
	assert_non_null(strstr(r.out, "governance-officer"));
	assert_null(strstr(r.out, "analyst"));
	r = testing_command(
		user_command, "give", "amy@example.org", "king", "--db", url, NULL);
	assert_int_equal(r.status, 1);
}

static void
a_disabled_account_is_closed_until_it_is_enabled(void **state)
{
	const char *url = installation();
	struct db *db;

	(void)state;
	add(url, "amy@example.org", "analyst");
	assert_int_equal(testing_command(user_command, "disable", "amy@example.org",
				 "--db", url, NULL)
				 .status,
		0);
	assert_false(may_enter(url, PASSWORD));
	testing_command(user_command, "enable", "amy@example.org", "--db", url, NULL);
	assert_true(may_enter(url, PASSWORD));
	assert_int_equal(testing_command(user_command, "disable", "bob@example.org",
				 "--db", url, NULL)
				 .status,
		1);
	db = db_open(url, DB_WRITE);
	assert_int_equal(db_int(db, 0, "select count(*) from audit"), 3);
	db_close(db);
}

static void
all_sessions_of_somebody_can_be_ended(void **state)
{
	const char *url = installation();
	struct db *db;

	(void)state;
	add(url, "amy@example.org", "analyst");
	db = db_open(url, DB_WRITE);
	db_begin(db);
	db_run(db, "insert into session (hash, secret, person, created, seen, expires)"
		   " select 'h', 's', person, 1, 1, 2 from account");
	assert_int_equal(db_commit(db), DB_KEPT);
	assert_int_equal(testing_command(user_command, "sign-out", "amy@example.org",
				 "--db", url, NULL)
				 .status,
		0);
	assert_int_equal(db_int(db, -1, "select count(*) from session"), 0);
	assert_int_equal(db_int(db, 0, "select count(*) from audit where action = $1",
				 "session.end"),
		1);
	db_close(db);
	assert_true(may_enter(url, PASSWORD));
}

static void
lost_second_factors_are_forgotten(void **state)
{
	const char *url = installation();
	struct db *db;

	(void)state;
	add(url, "amy@example.org", "analyst");
	db = db_open(url, DB_WRITE);
	db_begin(db);
	db_run(db,
		"insert into totp (person, secret, confirmed, step, created)"
		" select person, $1, 1, 0, 1 from account",
		bytes_of("x"));
	assert_int_equal(db_commit(db), DB_KEPT);
	assert_int_equal(testing_command(user_command, "second-factor-reset",
				 "amy@example.org", "--db", url, NULL)
				 .status,
		0);
	assert_int_equal(db_int(db, -1, "select count(*) from totp"), 0);
	assert_int_equal(db_int(db, 0, "select count(*) from audit where action = $1",
				 "second-factor.reset"),
		1);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_is_added_listed_and_can_sign_in),
		cmocka_unit_test(what_cannot_be_is_refused),
		cmocka_unit_test(a_new_password_replaces_the_old_one),
		cmocka_unit_test(a_role_is_given_and_taken),
		cmocka_unit_test(a_disabled_account_is_closed_until_it_is_enabled),
		cmocka_unit_test(all_sessions_of_somebody_can_be_ended),
		cmocka_unit_test(lost_second_factors_are_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
