/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/side.h"
#include "testing.h"

#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>

enum { MOST = 64 };

/* The order in which chores ran, and a door that holds the first ones. */
static sem_t door, started;
static atomic_int order[MOST], ran;

struct task {
	struct chore chore;
	int number;
};

static void
note(struct chore *c)
{
	order[atomic_fetch_add(&ran, 1)] = ((struct task *)c)->number;
}

static void
hold(struct chore *c)
{
	(void)c;
	sem_post(&started);
	sem_wait(&door);
}

static int
begin(void **state)
{
	(void)state;
	ran = 0;
	return sem_init(&door, 0, 0) + sem_init(&started, 0, 0);
}

static bool
submit(struct side *s, struct task *t, int number, bool last)
{
	*t = (struct task){.chore = {.run = note, .last = last}, .number = number};
	return side_submit(s, &t->chore);
}

static void
who_works_here_is_served_before_robots(void **state)
{
	struct side *s = side_open(1, 8);
	struct chore first = {.run = hold};
	struct task robot[4], agent;

	(void)state;
	assert_true(side_submit(s, &first));
	sem_wait(&started);
	for (int i = 0; i < 4; i++)
		assert_true(submit(s, &robot[i], i, true));
	assert_true(submit(s, &agent, 9, false));
	sem_post(&door);
	side_close(s);
	assert_int_equal(ran, 5);
	assert_int_equal(order[0], 9);
	assert_int_equal(order[1], 0);
	assert_int_equal(order[4], 3);
}

static void
robots_take_half_of_the_queue_at_most(void **state)
{
	struct side *s = side_open(1, 8);
	struct chore first = {.run = hold};
	struct task robot[5], agent[9];

	(void)state;
	assert_true(side_submit(s, &first));
	sem_wait(&started);
	for (int i = 0; i < 4; i++)
		assert_true(submit(s, &robot[i], i, true));
	assert_false(submit(s, &robot[4], 4, true));
	for (int i = 0; i < 8; i++)
		assert_true(submit(s, &agent[i], 10 + i, false));
	assert_false(submit(s, &agent[8], 18, false));
	sem_post(&door);
	side_close(s);
	assert_int_equal(ran, 12);
}

static void
one_thread_is_left_to_who_works_here(void **state)
{
	struct side *s = side_open(3, 16);
	struct chore robots[4];
	struct task agent;

	(void)state;
	for (int i = 0; i < 4; i++) {
		robots[i] = (struct chore){.run = hold, .last = true};
		assert_true(side_submit(s, &robots[i]));
	}
	sem_wait(&started);
	sem_wait(&started);
	assert_true(submit(s, &agent, 9, false));
	while (ran == 0)
		sched_yield();
	assert_int_equal(sem_trywait(&started), -1);
	for (int i = 0; i < 4; i++)
		sem_post(&door);
	side_close(s);
	assert_int_equal(order[0], 9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(who_works_here_is_served_before_robots, begin),
		cmocka_unit_test_setup(robots_take_half_of_the_queue_at_most, begin),
		cmocka_unit_test_setup(one_thread_is_left_to_who_works_here, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
