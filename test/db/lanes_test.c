/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_db.h"

#include "base/log.h"
#include "db/lanes.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum what { INSERT, INSERT_THEN_UNDO, INSERT_TWICE, BREAK_LATE, BUMP };

struct write {
	struct job job;
	int64_t id;
	enum what what;
	atomic_int done;
	atomic_int runs;
	enum db_end end;
};

static enum keep
write_run(struct job *j, struct db *db)
{
	struct write *w = (struct write *)j;

	w->runs++;
	if (w->what == BUMP) {
		db_run(db, "update counter set n = n + 1");
		return KEEP;
	}
	db_run(db, "insert into note (id, parent) values ($1, $2)", w->id,
		w->what == BREAK_LATE ? db_value_int(-1) : db_null);
	if (w->what == INSERT_TWICE)
		db_run(db, "insert into note (id) values ($1)", w->id);
	return w->what == INSERT_THEN_UNDO ? UNDO : KEEP;
}

static void
write_done(struct job *j, enum db_end end)
{
	struct write *w = (struct write *)j;

	w->end = end;
	w->done++;
}

static struct write
write_of(int64_t id, enum what what)
{
	return (struct write){
		.job = {.run = write_run, .done = write_done}, .id = id, .what = what};
}

static const char *
with_notes(void)
{
	const char *url = testing_db_url();
	struct db *db = db_open(url, DB_WRITE);

	db_begin(db);
	assert_true(db_script(db,
		"create table note (id bigint not null primary key, parent bigint"
		" references note (id) deferrable initially deferred);"
		"create table counter (n bigint not null);"
		"insert into counter (n) values (0)"));
	assert_int_equal(db_commit(db), DB_KEPT);
	db_close(db);
	return url;
}

static int64_t
count(const char *url)
{
	struct db *db = db_open(url, DB_READ);
	int64_t n;

	db_begin(db);
	n = db_int(db, -1, "select count(*) from note");
	assert_int_equal(db_commit(db), DB_KEPT);
	db_close(db);
	return n;
}

static void
a_job_ends_once_and_is_there(void **state)
{
	const char *url = with_notes();
	struct lanes *l = lanes_open(url, 0, 10);
	struct write w = write_of(5, INSERT);

	(void)state;
	assert_int_equal(lanes_wait(l, &w.job), DB_KEPT);
	assert_int_equal(w.runs, 1);
	assert_int_equal(w.done, 1);
	assert_int_equal(w.end, DB_KEPT);
	assert_int_equal(count(url), 1);
	assert_int_equal(lanes_wait(l, &w.job), DB_UNDONE);
	w = write_of(6, INSERT_THEN_UNDO);
	assert_int_equal(lanes_wait(l, &w.job), DB_UNDONE);
	assert_int_equal(count(url), 1);
	lanes_close(l);
}

/* Holds a lane until told, so that what is submitted meanwhile is one group. */
struct gate {
	struct job job;
	atomic_int state; /* 0 waiting, 1 entered, 2 open */
};

static enum keep
gate_run(struct job *j, struct db *db)
{
	struct gate *g = (struct gate *)j;

	(void)db;
	if (g->state == 0)
		g->state = 1;
	while (g->state == 1)
		sched_yield();
	return KEEP;
}

static void
gate_done(struct job *j, enum db_end end)
{
	(void)j;
	(void)end;
}

static void
a_failing_job_does_not_harm_its_neighbours(void **state)
{
	static const enum what what[] = {
		INSERT, INSERT_THEN_UNDO, INSERT_TWICE, INSERT, INSERT};
	const char *url = with_notes();
	struct lanes *l = lanes_open(url, 1, 100);
	struct gate gate = {.job = {.run = gate_run, .done = gate_done}};
	struct write w[50];

	(void)state;
	assert_true(lanes_submit(l, &gate.job));
	while (gate.state != 1)
		sched_yield();
	for (int i = 0; i < 50; i++) {
		w[i] = write_of(i, what[i % 5]);
		assert_true(lanes_submit(l, &w[i].job));
	}
	assert_int_equal(lanes_depth(l), 50);
	gate.state = 2;
	lanes_close(l);
	for (int i = 0; i < 50; i++) {
		assert_int_equal(w[i].done, 1);
		assert_int_equal(w[i].end, what[i % 5] == INSERT ? DB_KEPT : DB_UNDONE);
	}
	assert_int_equal(count(url), 30);
}

static void
a_job_that_breaks_the_commit_fails_alone(void **state)
{
	const char *url = with_notes();
	struct lanes *l = lanes_open(url, 1, 100);
	struct gate gate = {.job = {.run = gate_run, .done = gate_done}};
	struct write w[10];

	(void)state;
	assert_true(lanes_submit(l, &gate.job));
	while (gate.state != 1)
		sched_yield();
	for (int i = 0; i < 10; i++) {
		w[i] = write_of(i, i == 4 ? BREAK_LATE : INSERT);
		assert_true(lanes_submit(l, &w[i].job));
	}
	gate.state = 2;
	lanes_close(l);
	for (int i = 0; i < 10; i++) {
		assert_int_equal(w[i].done, 1);
		assert_int_equal(w[i].end, i == 4 ? DB_UNDONE : DB_KEPT);
	}
	assert_int_equal(count(url), 9);
}

static void
over_the_bound_the_answer_is_no(void **state)
{
	const char *url = with_notes();
	struct lanes *l = lanes_open(url, 1, 3);
	struct gate gate = {.job = {.run = gate_run, .done = gate_done}};
	struct write w[4];

	(void)state;
	assert_true(lanes_submit(l, &gate.job));
	while (gate.state != 1)
		sched_yield();
	for (int i = 0; i < 4; i++) {
		w[i] = write_of(i, INSERT);
		assert_int_equal(lanes_submit(l, &w[i].job), i < 3);
	}
	gate.state = 2;
	lanes_close(l);
	assert_int_equal(w[3].done, 0);
	assert_int_equal(count(url), 3);
}

enum { SUBMITTERS = 64, EACH = 40 };

struct submitter {
	pthread_t thread;
	struct lanes *lanes;
	int number;
	int kept;
};

static void *
submit_many(void *given)
{
	struct submitter *s = given;

	for (int i = 0; i < EACH; i++) {
		struct write w = write_of(s->number * EACH + i, i % 10 == 9 ? INSERT_TWICE
								: i % 2	    ? BUMP
									    : INSERT);

		if (lanes_wait(s->lanes, &w.job) == DB_KEPT)
			s->kept++;
	}
	return NULL;
}

static void
sixty_four_threads_lose_nothing(void **state)
{
	const char *url = with_notes();
	struct lanes *l = lanes_open(url, 0, 16);
	struct submitter s[SUBMITTERS];
	struct db *db;
	int kept = 0;

	(void)state;
	for (int i = 0; i < SUBMITTERS; i++) {
		s[i] = (struct submitter){.lanes = l, .number = i};
		assert_int_equal(
			pthread_create(&s[i].thread, NULL, submit_many, &s[i]), 0);
	}
	for (int i = 0; i < SUBMITTERS; i++) {
		pthread_join(s[i].thread, NULL);
		kept += s[i].kept;
	}
	lanes_close(l);
	assert_int_equal(kept, SUBMITTERS * EACH / 10 * 9);
	assert_int_equal(count(url), SUBMITTERS * EACH / 2);
	db = db_open(url, DB_READ);
	assert_int_equal(
		db_int(db, -1, "select n from counter"), SUBMITTERS * EACH / 10 * 4);
	db_close(db);
}

/* Two lanes take two locks in opposite order; PostgreSQL ends one with 40P01. */
struct crossing {
	struct job job;
	int64_t first;
	int64_t second;
	atomic_int *holding;
	int runs;
};

static enum keep
crossing_run(struct job *j, struct db *db)
{
	struct crossing *c = (struct crossing *)j;

	c->runs++;
	db_run(db, "update note set parent = null where id = $1", c->first);
	++*c->holding;
	while (*c->holding < 2 && db_engine(db) == DB_POSTGRES)
		sched_yield();
	db_run(db, "update note set parent = null where id = $1", c->second);
	return KEEP;
}

static void *
cross(void *given)
{
	void **both = given;

	return lanes_wait(both[0], both[1]) == DB_KEPT ? given : NULL;
}

static void
a_deadlock_is_run_again(void **state)
{
	const char *url = with_notes();
	struct lanes *l = lanes_open(url, 0, 10);
	struct write w[2] = {write_of(1, INSERT), write_of(2, INSERT)};
	atomic_int holding = 0;
	struct crossing c[2];
	pthread_t thread[2];
	void *both[2][2];

	(void)state;
	for (int i = 0; i < 2; i++)
		assert_int_equal(lanes_wait(l, &w[i].job), DB_KEPT);
	for (int i = 0; i < 2; i++) {
		c[i] = (struct crossing){.job = {.run = crossing_run},
			.first = i ? 1 : 2,
			.second = i ? 2 : 1,
			.holding = &holding};
		both[i][0] = l;
		both[i][1] = &c[i].job;
		pthread_create(&thread[i], NULL, cross, both[i]);
	}
	for (int i = 0; i < 2; i++) {
		void *kept;

		pthread_join(thread[i], &kept);
		assert_non_null(kept);
	}
	if (testing_db_engine() == DB_SQLITE)
		assert_int_equal(c[0].runs + c[1].runs, 2);
	else
		assert_in_range(c[0].runs + c[1].runs, 3, 2 * 10);
	lanes_close(l);
}

/* Says on a pipe what has been acknowledged, until it is killed. */
struct teller {
	struct job job;
	struct lanes *lanes;
	int64_t id;
	int64_t step;
	int pipe;
};

static enum keep
teller_run(struct job *j, struct db *db)
{
	db_run(db, "insert into note (id) values ($1)", ((struct teller *)j)->id);
	return KEEP;
}

static void
teller_done(struct job *j, enum db_end end)
{
	struct teller *t = (struct teller *)j;

	if (end != DB_KEPT || write(t->pipe, &t->id, sizeof t->id) != sizeof t->id)
		_exit(3);
	t->id += t->step;
	if (!lanes_submit(t->lanes, &t->job))
		_exit(4);
}

static void
tell_until_killed(const char *url, int pipe, int64_t from)
{
	struct lanes *l = lanes_open(url, 0, 100);
	struct teller t[32];

	for (int i = 0; i < 32; i++) {
		t[i] = (struct teller){.job = {.run = teller_run, .done = teller_done},
			.lanes = l,
			.id = from + i,
			.step = 32,
			.pipe = pipe};
		if (!lanes_submit(l, &t[i].job))
			_exit(4);
	}
	for (;;)
		pause();
}

static void
nothing_acknowledged_is_lost_by_a_kill(void **state)
{
	enum { ROUNDS = 8 };
	static int64_t ids[1 << 20];
	const char *url = with_notes();
	int64_t told = 0;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		size_t got = 0;
		ssize_t n;
		int ends[2];
		pid_t child;
		struct db *db;

		assert_int_equal(pipe(ends), 0);
		child = fork();
		assert_true(child >= 0);
		if (!child)
			tell_until_killed(url, ends[1], (int64_t)round * 1000000000);
		close(ends[1]);
		do {
			n = read(ends[0], (char *)ids + got, sizeof ids - got);
			got += n > 0 ? (size_t)n : 0;
			/* A little later each round, somewhere in a commit. */
			if (got > (size_t)(2000 + 5001 * round))
				kill(child, SIGKILL);
		} while (n > 0);
		close(ends[0]);
		waitpid(child, NULL, 0);

		db = db_open(url, DB_WRITE);
		db_begin(db);
		for (size_t i = 0; i < got / sizeof *ids; i++, told++)
			assert_int_equal(
				db_int(db, 0, "select count(*) from note where id = $1",
					ids[i]),
				1);
		assert_int_equal(db_commit(db), DB_KEPT);
		db_close(db);
	}
	print_message("%d acknowledged, all there\n", (int)told);
	assert_true(told > 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_acknowledged_is_lost_by_a_kill),
		cmocka_unit_test(a_job_ends_once_and_is_there),
		cmocka_unit_test(a_failing_job_does_not_harm_its_neighbours),
		cmocka_unit_test(a_job_that_breaks_the_commit_fails_alone),
		cmocka_unit_test(over_the_bound_the_answer_is_no),
		cmocka_unit_test(sixty_four_threads_lose_nothing),
		cmocka_unit_test(a_deadlock_is_run_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
