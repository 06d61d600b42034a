/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_db.h"
#include "testing_disk.h"

#include "db/lanes.h"

#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Writers that ask again as soon as they are answered, and keep the answers. */
enum { WRITERS = 20, MOST_ROWS = 1 << 18 };

struct writer {
	struct job job;
	int64_t id;
	struct desk *desk;
};

struct desk {
	struct lanes *lanes;
	const char *url;
	struct writer writer[WRITERS];
	atomic_int busy;    /* writers that still ask */
	atomic_bool enough; /* no new ones */
	int64_t next;	    /* the lane's alone */
	atomic_int kept;    /* acknowledged: the first `kept` of these ids */
	int64_t id[MOST_ROWS];
	atomic_int full;
	atomic_int other;
	atomic_int early; /* acknowledged before the log was synced */
};

static struct desk desk;

static enum keep
writer_run(struct job *j, struct db *db)
{
	struct writer *w = (struct writer *)j;
	unsigned char some[900];

	for (size_t i = 0; i < sizeof some; i++)
		some[i] = (unsigned char)(w->id + (int64_t)i);
	db_run(db, "insert into note (id, raw) values ($1, $2)", w->id,
		db_value_bytes((struct bytes){some, (size_t)(w->id % 900)}));
	db_run(db, "update counter set n = n + 1");
	return KEEP;
}

static bool
ask(struct writer *w)
{
	w->id = w->desk->next++;
	return lanes_submit(w->desk->lanes, &w->job);
}

static void
writer_done(struct job *j, enum db_end end)
{
	struct writer *w = (struct writer *)j;
	struct desk *d = w->desk;

	if (end == DB_KEPT) {
		if (testing_disk_unsynced("-wal"))
			d->early++;
		d->id[d->kept] = w->id;
		d->kept++;
	} else if (end == DB_FULL) {
		d->full++;
	} else {
		d->other++;
	}
	if (d->enough || d->next >= MOST_ROWS || !ask(w))
		d->busy--;
}

static void
open_desk(void)
{
	struct db *db;

	testing_disk_install();
	desk.url = testing_db_url_empty();
	db = db_open(desk.url, DB_WRITE);
	assert_true(db_script(db,
		"create table note (id bigint primary key, raw bytea);"
		"create table counter (n bigint); insert into counter (n) values (0)"));
	db_close(db);
	desk.kept = desk.full = desk.other = desk.early = 0;
	desk.next = 1;
}

static void
let_write(void)
{
	desk.lanes = lanes_open(desk.url, 0, 100);
	desk.enough = false;
	desk.busy = WRITERS;
	for (int i = 0; i < WRITERS; i++)
		desk.writer[i] = (struct writer){
			.job = {.run = writer_run, .done = writer_done},
			.id = desk.next++,
			.desk = &desk,
		};
	for (int i = 0; i < WRITERS; i++)
		assert_true(lanes_submit(desk.lanes, &desk.writer[i].job));
}

static void
stop_writing(void)
{
	desk.enough = true;
	while (desk.busy)
		poll(NULL, 0, 1);
	lanes_close(desk.lanes);
}

/* The rows acknowledged are there, whole, and nothing is half done. */
static void
expect_all_of(const char *url, int kept)
{
	static bool there[MOST_ROWS];
	struct db *db = db_open(url, DB_WRITE);
	struct rows r;
	int rows = 0;

	assert_non_null(db);
	db_begin(db);
	assert_string_equal(db_text(db, testing_arena(), "pragma integrity_check"), "ok");
	memset(there, 0, sizeof there);
	r = db_query(db, "select id from note where length(raw) = id % 900");
	for (; rows_next(&r); rows++)
		there[row_int(&r, 0)] = true;
	for (int i = 0; i < kept; i++)
		assert_true(there[desk.id[i]]);
	assert_int_equal(db_int(db, -1, "select count(*) from note"), rows);
	assert_int_equal(db_int(db, -1, "select n from counter"), rows);
	assert_int_equal(db_commit(db), DB_KEPT);
	db_close(db);
}

enum { CUTS = 30, WRITES_BETWEEN = 97 };

struct cuts {
	atomic_int made;
	const char *folder[CUTS];
	int kept[CUTS];
	int unsynced;
};

static void
cut(void *given)
{
	struct cuts *c = given;
	int n = c->made;

	c->kept[n] = desk.kept;
	c->unsynced += testing_disk_cut(c->folder[n], (unsigned)n);
	if (n + 1 < CUTS)
		testing_disk_at_write(WRITES_BETWEEN + n, cut, c);
	c->made++;
}

static void
nothing_acknowledged_is_lost_by_a_power_cut(void **state)
{
	struct cuts c = {0};

	(void)state;
	if (testing_db_engine() != DB_SQLITE)
		skip();
	for (int i = 0; i < CUTS; i++)
		c.folder[i] = testing_folder();
	open_desk();
	testing_disk_at_write(WRITES_BETWEEN, cut, &c);
	let_write();
	while (c.made < CUTS)
		poll(NULL, 0, 1);
	stop_writing();
	assert_int_equal(desk.early, 0);
	assert_int_equal(desk.other, 0);
	for (int i = 0; i < CUTS; i++)
		expect_all_of(
			arena_printf(testing_arena(), "sqlite:%s/test.db", c.folder[i]),
			c.kept[i]);
	print_message("%d cuts, %d acknowledged, %d writes in flight\n", CUTS,
		c.kept[CUTS - 1], c.unsynced);
	assert_true(c.kept[CUTS - 1] > 1000 && c.unsynced > CUTS);
}

static void
a_full_disk_refuses_and_gets_over(void **state)
{
	(void)state;
	if (testing_db_engine() != DB_SQLITE)
		skip();
	open_desk();
	let_write();
	for (int k = 1; k < 40; k++) {
		int full = desk.full;
		int kept = desk.kept;
		struct db *reader;

		testing_disk_fail_writes(k);
		while (desk.full < full + 2 * WRITERS)
			poll(NULL, 0, 1);
		kept = desk.kept;
		reader = db_open(desk.url, DB_READ);
		db_begin(reader);
		assert_true(db_int(reader, -1, "select count(*) from note") >= kept);
		assert_int_equal(db_commit(reader), DB_KEPT);
		db_close(reader);

		testing_disk_fail_writes(0);
		while (desk.kept < kept + WRITERS)
			poll(NULL, 0, 1);
	}
	stop_writing();
	assert_int_equal(desk.other, 0);
	assert_int_equal(desk.early, 0);
	expect_all_of(desk.url, desk.kept);
}

/* In a child; tells how many it acknowledged before and after the sync failed. */
static void
write_on_a_failing_disk(int after, int out)
{
	int kept;

	open_desk();
	let_write();
	while (desk.kept < 50)
		poll(NULL, 0, 1);
	testing_disk_fail_syncs(after);
	for (;;) {
		kept = desk.kept;
		if (write(out, &kept, sizeof kept) != sizeof kept)
			_exit(2);
		poll(NULL, 0, 1);
	}
}

static void
a_failed_sync_ends_the_process(void **state)
{
	(void)state;
	if (testing_db_engine() != DB_SQLITE)
		skip();
	for (int after = 1; after < 4; after++) {
		int ends[2];
		int kept;
		int status;
		pid_t child;

		assert_int_equal(pipe(ends), 0);
		child = fork();
		if (!child) {
			close(ends[0]);
			write_on_a_failing_disk(after, ends[1]);
		}
		close(ends[1]);
		while (read(ends[0], &kept, sizeof kept) == sizeof kept)
			continue;
		close(ends[0]);
		waitpid(child, &status, 0);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGABRT);
		/* What one sync more could have covered, no more. */
		assert_true(kept < 50 + after * WRITERS * 40);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failed_sync_ends_the_process),
		cmocka_unit_test(nothing_acknowledged_is_lost_by_a_power_cut),
		cmocka_unit_test(a_full_disk_refuses_and_gets_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
