/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/backup.h"

#include "db/lanes.h"
#include "testing.h"
#include "testing_command.h"
#include "testing_db.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

/* Rows that always come in pairs, written as fast as a lane can. */
struct writer {
	struct job job;
	int64_t number;
	struct lanes *lanes;
	atomic_bool stop;
};

static enum keep
write_pair(struct job *j, struct db *db)
{
	struct writer *w = (struct writer *)j;
	char number[24];

	snprintf(number, sizeof number, "%lld", (long long)w->number);
	for (int i = 0; i < 2; i++)
		db_run(db,
			"insert into bank_holiday (division, day, title)"
			" values ($1, $2, 'x')",
			i ? "one" : "two", number);
	return KEEP;
}

static void
nothing_more(struct job *j, enum db_end end)
{
	(void)j;
	(void)end;
}

static void *
keep_writing(void *given)
{
	struct writer *w = given;

	while (!atomic_load(&w->stop)) {
		w->number++;
		if (lanes_wait(w->lanes, &w->job) != DB_KEPT)
			return w;
	}
	return NULL;
}

static int64_t
count(const char *file, const char *division)
{
	struct db *db = db_open(
		arena_printf(testing_arena(), "sqlite:%s", file), DB_READ);
	int64_t n = db_int(db, -1,
		"select count(*) from bank_holiday where division = $1", division);

	db_close(db);
	return n;
}

static void
a_backup_while_others_write_holds_whole_transactions(void **state)
{
	const char *url = testing_db_url();
	const char *file = arena_printf(testing_arena(), "%s/backup", testing_folder());
	struct writer w = {
		.job = {.run = write_pair, .done = nothing_more},
		.lanes = lanes_open(url, 1, 10),
	};
	int64_t before = 0;
	pthread_t thread;
	void *failed;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, keep_writing, &w), 0);
	for (int i = 0; i < 5; i++) {
		struct testing_run r = testing_command(
			backup_command, file, "--db", url, NULL);
		int64_t now;

		if (r.status != 0)
			fail_msg("%s", r.err);
		now = count(file, "one");
		assert_int_equal(now, count(file, "two"));
		assert_true(now >= before);
		before = now;
	}
	atomic_store(&w.stop, true);
	pthread_join(thread, &failed);
	assert_null(failed);
	assert_true(before > 0);
	lanes_close(w.lanes);
}

static void
a_folder_that_is_not_there_is_said(void **state)
{
	struct testing_run r = testing_command(
		backup_command, "/nowhere/at/all", "--db", testing_db_url(), NULL);

	(void)state;
	assert_int_equal(r.status, 1);
	assert_int_equal(
		testing_command(backup_command, "--db", testing_db_url(), NULL).status,
		2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backup_while_others_write_holds_whole_transactions),
		cmocka_unit_test(a_folder_that_is_not_there_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
