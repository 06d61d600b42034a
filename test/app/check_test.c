/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/check.h"

#include "app/backup.h"
#include "app/import_command.h"
#include "app/restore.h"
#include "testing.h"
#include "testing_command.h"
#include "testing_db.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HEADINGS                                                                         \
	"number,incident_state,reopen_count,sys_mod_count,made_sla,caller_id,opened_at," \
	"sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,"      \
	"u_symptom,impact,urgency,priority,assignment_group,assigned_to,resolved_by\n"
#define ROW_WITH(group, n, state, mod, at)                                     \
	n "," state ",0," mod ",true,Caller 7,1/6/2016 09:00,Updated by 3," at \
	  ",Phone,?,Category 55,?,?,2 - Medium,2 - Medium,3 - Moderate," group ",?,?\n"
#define ROW(n, state, mod, at) ROW_WITH("Group 5", n, state, mod, at)

static const char two_incidents[] = HEADINGS ROW("INC1", "New", "0", "1/6/2016 09:05")
	ROW_WITH("Group 6", "INC1", "Active", "1", "1/6/2016 09:30") ROW(
		"INC1", "Active", "2", "1/6/2016 10:00") ROW("INC1", "Awaiting User Info",
		"3", "1/6/2016 10:30") ROW("INC1", "Resolved", "4", "1/6/2016 12:00")
		ROW_WITH("Group 7", "INC1", "Resolved", "5", "1/6/2016 12:30")
			ROW("INC2", "New", "0", "1/6/2016 09:05");

/* A database with two tickets (one went to another team and back, and waited for its
 * customer), an attachment, a letter and an audit of two rows. */
static const char *
house(void)
{
	const char *url = testing_db_url();
	struct db *db;

	assert_int_equal(
		testing_command(import_command, "incident-log",
			testing_command_file("log.csv", two_incidents), "--db", url, NULL)
			.status,
		0);
	db = db_open(url, DB_WRITE);
	db_run(db, "insert into attachment (org, id, ticket, seq, filename, type, size,"
		   " digest) select 1, 5, min(id), 1, 'a.txt', 'text/plain', 3,"
		   " 'bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319'"
		   " from ticket");
	db_run(db,
		"insert into attachment_part (org, attachment, part, data)"
		" values (1, 5, 0, $1), (1, 5, 1, $2)",
		bytes_of("ab"), bytes_of("c"));
	db_run(db, "insert into outbox (org, id, kind, recipient, sender, body,"
		   " message_id, next_at, created)"
		   " values (1, 6, 'email', 'a@example.org', 'b@example.org', 'c', 'd',"
		   " 1, 1)");
	db_run(db, "insert into audit (org, id, at, actor, actor_kind, action, subject)"
		   " values (1, 7, 1, 0, 'system', 'test', 'x')");
	db_close(db);
	return url;
}

static struct testing_run
check(const char *url)
{
	return testing_command(check_command, "--db", url, NULL);
}

static void
all_is_right(void **state)
{
	struct testing_run r = check(house());

	(void)state;
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out, "2 tickets, "));
	assert_non_null(strstr(r.out, "check: all is right\n"));
}

/* What is done to the database, and the word of the complaint. */
static const struct damage {
	const char *sql;
	const char *complaint;
} damages[] = {
	{"update pause set ended = ended + 1", "  clocks: those of "},
	{"update pause set reason = 'weather'", "  clocks: those of "},
	{"delete from pause", "  clocks: those of "},
	{"update handover set at = at + 1 where back = 0", "  hand-overs: those of "},
	{"update handover set actor = 9", "  hand-overs: those of "},
	{"update handover set back = 0", "  hand-overs: those of "},
	{"update handover set to_team = from_team", "  hand-overs: those of "},
	{"delete from handover where back = 1", "  hand-overs: those of "},
	{"insert into handover (org, ticket, seq, at, from_team, to_team, actor, back,"
	 " refused) select org, max(id), 2, 1, 1, 2, 0, 0, 0 from ticket group by org",
		"  hand-overs: those of "},
	{"update ticket set handovers = handovers + 1", "  hand-overs: those of "},
	{"update ticket set reopened = 1", "  hand-overs: those of "},
	{"update ticket set clocks = replace(clocks, 'resolution 0 0', 'resolution 0 1')",
		"  clocks: those of "},
	{"update ticket set clocks = ''", "  clocks: those of "},
	{"update verdict set met = 1 - met", "  clocks: those of "},
	{"update verdict set stopped = stopped + 1", "  clocks: those of "},
	{"delete from verdict", "  clocks: those of "},
	{"update event set at = at + 60 where kind = 'resolved'", "  clocks: those of "},
	{"update ticket set events = events + 1", "  timelines: 2 wrong"},
	{"delete from event where kind = 'received'", "  timelines: 2 wrong"},
	{"update ticket set open = 1 - open", "  states: 2 wrong"},
	{"update outbox set state = 'sent'", "  outbox: 1 wrong"},
	{"update attachment set size = 4", "  attachments: 1 of 1 wrong"},
	{"update attachment_part set part = 3 where part = 0",
		"  attachments: 1 of 1 wrong"},
	{"delete from attachment_part", "  attachments: 1 of 1 wrong"},
	{"update audit set sealed = 1", "  audit: row 7 was put in"},
};

static void
every_damage_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		const char *url = house();
		struct db *db = db_open(url, DB_WRITE);
		struct testing_run r;

		assert_true(db_script(db, damages[i].sql));
		db_close(db);
		r = check(url);
		if (r.status != 1 || !strstr(r.out, damages[i].complaint))
			fail_msg("%s gave %d: %s", damages[i].sql, r.status, r.out);
	}
}

static const char *
copy_of(const char *url)
{
	const char *file = arena_printf(testing_arena(), "%s/backup", testing_folder());

	assert_int_equal(
		testing_command(backup_command, file, "--db", url, NULL).status, 0);
	return file;
}

static void
a_backup_goes_back_into_an_empty_database(void **state)
{
	const char *url = house();
	const char *file = copy_of(url);
	const char *to = testing_db_url_empty();
	struct testing_run r = testing_command(restore_command, file, "--db", to, NULL);

	(void)state;
	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out, "restored: 2 tickets, "));
	assert_string_equal(check(to).out, check(url).out);
}

static void
a_backup_can_change_engines(void **state)
{
	const char *file = copy_of(house());
	const char *lite = arena_printf(
		testing_arena(), "sqlite:%s/other.db", testing_folder());

	(void)state;
	/* Whichever engine the test runs on, the copy is SQLite and goes into SQLite. */
	assert_int_equal(
		testing_command(restore_command, file, "--db", lite, NULL).status, 0);
	assert_int_equal(check(lite).status, 0);
}

static void
a_database_with_anything_in_it_is_left_alone(void **state)
{
	const char *url = house();
	struct testing_run r = testing_command(
		restore_command, copy_of(url), "--db", url, NULL);

	(void)state;
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err, "is not empty"));
	assert_int_equal(check(url).status, 0);
}

static void
a_damaged_backup_is_refused_and_leaves_nothing(void **state)
{
	const char *file = copy_of(house());
	const char *to = testing_db_url_empty();
	FILE *f = fopen(file, "r+b");
	struct testing_run r;

	(void)state;
	assert_non_null(f);
	for (long at = 4096; at < 40 * 4096; at += 4096) {
		fseek(f, at, SEEK_SET);
		fwrite("rubbish", 1, 7, f);
	}
	fclose(f);
	r = testing_command(restore_command, file, "--db", to, NULL);
	assert_int_equal(r.status, 1);
	r = testing_command(restore_command, copy_of(house()), "--db", to, NULL);
	assert_int_equal(r.status, 0);
}

static void
a_backup_that_fails_leaves_the_old_one(void **state)
{
	const char *old = testing_command_file("backup", "the old one");
	const char *url = house();
	struct db *db = db_open(url, DB_WRITE);
	char text[32] = "";
	FILE *f;

	(void)state;
	assert_true(db_script(db, "update ticket set events = events + 1"));
	db_close(db);
	assert_int_equal(
		testing_command(backup_command, old, "--db", url, NULL).status, 1);
	f = fopen(old, "r");
	assert_non_null(f);
	assert_non_null(fgets(text, sizeof text, f));
	fclose(f);
	assert_string_equal(text, "the old one");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_is_right),
		cmocka_unit_test(every_damage_is_found),
		cmocka_unit_test(a_backup_goes_back_into_an_empty_database),
		cmocka_unit_test(a_backup_can_change_engines),
		cmocka_unit_test(a_database_with_anything_in_it_is_left_alone),
		cmocka_unit_test(a_damaged_backup_is_refused_and_leaves_nothing),
		cmocka_unit_test(a_backup_that_fails_leaves_the_old_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
