/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/assignment.h"
#include "rule/testing_clock.h"

enum { EVERYDAY = 100000, FULL = 1000000, MOST = 9, SKILLS = 4 };

static struct assignment_candidate
at_work(int64_t person, int64_t load, int64_t given)
{
	return (struct assignment_candidate){
		.person = person,
		.on_shift = true,
		.present = true,
		.licensed = true,
		.load = load,
		.cap = 10,
		.capacity = 100,
		.given = given,
	};
}

static int64_t
chosen(struct assignment_question q, struct assignment_candidate *c, int count)
{
	int i = assignment_choose(&q, c, count);

	return i < 0 ? 0 : c[i].person;
}

static void
the_least_load_then_the_longest_idle_then_the_lowest_id_is_chosen(void **state)
{
	struct assignment_question q = {.last = 0};
	struct assignment_candidate by_load[] = {
		at_work(1, 3, 0), at_work(2, 2, 900), at_work(3, 4, 0)};
	struct assignment_candidate by_idle[] = {
		at_work(1, 2, 500), at_work(2, 2, 400), at_work(3, 2, 600)};
	struct assignment_candidate by_id[] = {
		at_work(9, 2, 500), at_work(4, 2, 500), at_work(7, 2, 500)};

	(void)state;
	assert_int_equal(chosen(q, by_load, 3), 2);
	assert_int_equal(chosen(q, by_idle, 3), 2);
	assert_int_equal(chosen(q, by_id, 3), 4);
}

static void
load_is_seen_against_capacity(void **state)
{
	struct assignment_question q = {.last = 0};
	struct assignment_candidate c[] = {at_work(1, 3, 0), at_work(2, 5, 0)};

	(void)state;
	c[0].capacity = 50; /* half time: 3 of 50 is more than 5 of 100 */
	assert_int_equal(chosen(q, c, 2), 2);
	c[0].load = 2; /* 2 of 50 is less */
	assert_int_equal(chosen(q, c, 2), 1);
}

static void
everything_must_be_right_and_what_is_not_is_said(void **state)
{
	struct assignment_skill needed[] = {{7, 2}, {8, 1}};
	struct assignment_skill enough[] = {{8, 1}, {7, 2}};
	struct assignment_skill beginner[] = {{7, 1}, {8, 3}};
	struct assignment_question q = {.needs = {needed, 2}};
	struct assignment_candidate c[7];

	(void)state;
	for (int i = 0; i < 7; i++) {
		c[i] = at_work(i + 1, 0, 0);
		c[i].has = (struct assignment_skills){enough, 2};
	}
	c[0].on_shift = false;
	c[1].present = false;
	c[2].licensed = false;
	c[3].has = (struct assignment_skills){beginner, 2};
	c[4].load = 10;
	c[5].on_shift = c[5].present = false;
	c[5].has.count = 0;
	assert_int_equal(chosen(q, c, 7), 7);
	assert_int_equal(c[0].bars, ASSIGNMENT_OFF_SHIFT);
	assert_int_equal(c[1].bars, ASSIGNMENT_NOT_PRESENT);
	assert_int_equal(c[2].bars, ASSIGNMENT_NOT_LICENSED);
	assert_int_equal(c[3].bars, ASSIGNMENT_NOT_SKILLED);
	assert_int_equal(c[4].bars, ASSIGNMENT_FULL);
	assert_int_equal(c[5].bars,
		ASSIGNMENT_OFF_SHIFT | ASSIGNMENT_NOT_PRESENT | ASSIGNMENT_NOT_SKILLED);
	assert_int_equal(c[6].bars, 0);
	assert_int_equal(chosen(q, c, 6), 0);
	assert_int_equal(chosen(q, c, 0), 0);
	for (int i = 0; i < ASSIGNMENT_BARS; i++)
		assert_true(*assignment_bar_name(i));
}

static void
who_handled_it_before_is_preferred_if_eligible(void **state)
{
	struct assignment_question q = {.last = 1};
	struct assignment_candidate c[] = {at_work(1, 9, 900), at_work(2, 0, 0)};

	(void)state;
	assert_int_equal(chosen(q, c, 2), 1);
	c[0].load = 10;
	assert_int_equal(chosen(q, c, 2), 2);
}

/* --- a second implementation: who is beaten by nobody ------------------------------- */

static bool
brute_eligible(const struct assignment_question *q, const struct assignment_candidate *c)
{
	int met = 0;

	for (int n = 0; n < q->needs.count; n++)
		for (int h = 0; h < c->has.count; h++)
			met += c->has.at[h].skill == q->needs.at[n].skill &&
			       c->has.at[h].level >= q->needs.at[n].level;
	return c->on_shift && c->present && c->licensed && met == q->needs.count &&
	       c->cap > c->load;
}

/* Everybody's load over one common denominator. */
static __int128
brute_load(const struct assignment_candidate *all, int count, int which)
{
	__int128 load = all[which].load;

	for (int i = 0; i < count; i++)
		if (i != which)
			load *= all[i].capacity;
	return load;
}

static int64_t
brute_choose(const struct assignment_question *q, const struct assignment_candidate *all,
	int count)
{
	int64_t winner = 0;

	for (int i = 0; i < count; i++) {
		bool beaten = false;

		if (!brute_eligible(q, &all[i]))
			continue;
		if (q->last == all[i].person)
			return all[i].person;
		for (int k = 0; k < count && !beaten; k++) {
			__int128 mine = brute_load(all, count, i);
			__int128 theirs = brute_load(all, count, k);

			if (k == i || !brute_eligible(q, &all[k]))
				continue;
			beaten = theirs < mine ||
				 (theirs == mine && all[k].given < all[i].given) ||
				 (theirs == mine && all[k].given == all[i].given &&
					 all[k].person < all[i].person);
		}
		if (!beaten)
			winner = all[i].person;
	}
	return winner;
}

static int
random_skills(struct testing_dice *d, struct assignment_skill *at)
{
	int count = 0;

	for (int64_t skill = 1; skill <= SKILLS; skill++)
		if (testing_between(d, 0, 2) > 0)
			at[count++] = (struct assignment_skill){
				skill, testing_between(d, 1, 3)};
	return count;
}

static void
any_choice_agrees_with_a_second_implementation(void **state)
{
	int64_t cases = testing_cases(EVERYDAY, FULL), somebody = 0, last = 0;
	struct testing_dice d = {20260321};

	(void)state;
	for (int64_t i = 0; i < cases; i++) {
		struct assignment_candidate c[MOST], turned[MOST];
		struct assignment_skill has[MOST][SKILLS], needs[SKILLS];
		int count = (int)testing_between(&d, 0, MOST);
		struct assignment_question q = {.needs.at = needs};
		int64_t answer;

		q.needs.count = (int)testing_between(&d, 0, 2);
		for (int n = 0; n < q.needs.count; n++)
			needs[n] = (struct assignment_skill){
				n + 1, testing_between(&d, 1, 2)};
		for (int k = 0; k < count; k++) {
			c[k] = (struct assignment_candidate){
				.person = 100 + (k * 7 + i) % MOST,
				.on_shift = testing_between(&d, 0, 9) > 0,
				.present = testing_between(&d, 0, 9) > 0,
				.licensed = testing_between(&d, 0, 9) > 0,
				.has = {has[k], random_skills(&d, has[k])},
				.load = testing_between(&d, 0, 6),
				.cap = testing_between(&d, 1, 8),
				.capacity = testing_between(&d, 1, 4) * 25,
				.given = testing_between(&d, 0, 3),
			};
			turned[count - 1 - k] = c[k];
		}
		q.last = testing_between(&d, 0, 3) ? 0 : 100 + testing_between(&d, 0, 8);
		answer = chosen(q, c, count);
		assert_int_equal(answer, brute_choose(&q, c, count));
		assert_int_equal(answer, chosen(q, turned, count));
		somebody += answer != 0;
		last += answer != 0 && answer == q.last;
	}
	/* The cases are worth something. */
	assert_true(somebody > cases / 4 && somebody < cases);
	assert_true(last > cases / 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_least_load_then_the_longest_idle_then_the_lowest_id_is_chosen),
		cmocka_unit_test(load_is_seen_against_capacity),
		cmocka_unit_test(everything_must_be_right_and_what_is_not_is_said),
		cmocka_unit_test(who_handled_it_before_is_preferred_if_eligible),
		cmocka_unit_test(any_choice_agrees_with_a_second_implementation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
