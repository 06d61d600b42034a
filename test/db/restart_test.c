/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_db.h"

#include "base/times.h"
#include "db/lanes.h"

#include <poll.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Runs tools/postgres; what it says on its standard output. */
static const char *
postgres(const char *what, const char *folder)
{
	char *tool = arena_printf(
		testing_arena(), "%s/postgres", getenv("PORTREEVE_TOOLS"));
	char *argv[] = {tool, arena_copy(testing_arena(), what),
		arena_copy(testing_arena(), folder), NULL};
	char *said = arena_alloc(testing_arena(), 4096);
	posix_spawn_file_actions_t actions;
	size_t got = 0;
	ssize_t n;
	int ends[2];
	int status;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	posix_spawn_file_actions_addclose(&actions, ends[1]);
	assert_int_equal(posix_spawn(&child, tool, &actions, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	while ((n = read(ends[0], said + got, 4095 - got)) > 0)
		got += (size_t)n;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	said[strcspn(said, "\n")] = 0;
	return said;
}

enum { WRITERS = 12, MOST = 1 << 16 };

struct writer {
	struct job job;
	int64_t id;
};

static struct {
	struct lanes *lanes;
	struct writer writer[WRITERS];
	atomic_int_fast64_t next;
	atomic_int kept;
	atomic_int lost;
	atomic_int busy;
	atomic_bool enough;
	int64_t id[MOST];
	const char *folder; /* of the server */
} desk;

static enum keep
writer_run(struct job *j, struct db *db)
{
	db_run(db, "insert into note (id) values ($1)", ((struct writer *)j)->id);
	return KEEP;
}

static void
writer_done(struct job *j, enum db_end end)
{
	struct writer *w = (struct writer *)j;

	if (end == DB_KEPT) {
		desk.id[desk.kept++] = w->id;
	} else {
		desk.lost++;
		poll(NULL, 0, 20);
	}
	w->id = desk.next++;
	if (desk.enough || w->id >= MOST || !lanes_submit(desk.lanes, j))
		desk.busy--;
}

static void
wait_until(atomic_int *what, int reaches)
{
	int64_t since = times_ticks();

	while (*what < reaches && times_ticks() - since < 60000000)
		poll(NULL, 0, 1);
	assert_true(*what >= reaches);
}

static void
nothing_acknowledged_is_lost_when_the_server_dies(void **state)
{
	const char *url;
	struct db *db;

	(void)state;
	if (testing_db_engine() != DB_POSTGRES)
		skip();
	if (!getenv("PORTREEVE_TOOLS")) {
		print_message("PORTREEVE_TOOLS is not set: run `make test`\n");
		skip();
	}
	setenv("PORTREEVE_PG_FSYNC", "on", 1);
	desk.folder = testing_folder();
	url = postgres("start", desk.folder);
	db = db_open(url, DB_WRITE);
	assert_true(db_script(db, "create table note (id bigint primary key)"));

	desk.lanes = lanes_open(url, 0, 100);
	desk.busy = WRITERS;
	for (int i = 0; i < WRITERS; i++) {
		desk.writer[i] = (struct writer){
			.job = {.run = writer_run, .done = writer_done},
			.id = desk.next++};
		assert_true(lanes_submit(desk.lanes, &desk.writer[i].job));
	}
	for (int round = 1; round <= 2; round++) {
		int64_t since;

		wait_until(&desk.kept, desk.kept + 200);
		postgres("crash", desk.folder);
		wait_until(&desk.lost, desk.lost + WRITERS);
		postgres("again", desk.folder);
		since = times_ticks();
		wait_until(&desk.kept, desk.kept + 1);
		assert_true(times_ticks() - since < 5000000);
	}
	desk.enough = true;
	while (desk.busy)
		poll(NULL, 0, 1);
	lanes_close(desk.lanes);

	db_begin(db);
	for (int i = 0; i < desk.kept; i++)
		assert_int_equal(db_int(db, 0, "select count(*) from note where id = $1",
					 desk.id[i]),
			1);
	assert_int_equal(db_commit(db), DB_KEPT);
	print_message("%d acknowledged, all there; %d told to try again\n",
		(int)desk.kept, (int)desk.lost);
	db_close(db);
}

static int
stop(void **state)
{
	(void)state;
	if (desk.folder)
		postgres("stop", desk.folder);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
			nothing_acknowledged_is_lost_when_the_server_dies, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
