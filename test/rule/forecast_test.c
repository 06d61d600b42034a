/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/forecast.h"
#include "rule/testing_clock.h"

#include <math.h>

enum { HOUR = 3600, STEPS = 16, MOST = 30, CASES = 20000 };

static struct forecast_step steps[STEPS];

/* Eight hours from instant 0 with so many people who finish two tickets an hour. */
static struct forecast_shift
shift(int64_t people, int64_t arrivals)
{
	for (int i = 0; i < STEPS; i++)
		steps[i] = (struct forecast_step){people * 100, arrivals};
	return (struct forecast_shift){.steps = steps, .step_count = STEPS, .rate = 2000};
}

static void
few_tickets_and_enough_people_are_safe(void **state)
{
	struct forecast_shift s = shift(3, 0);
	struct forecast_ticket t[] = {{1, 4 * HOUR}, {2, 5 * HOUR}};

	(void)state;
	forecast_run(&s, t, 2);
	assert_int_equal(forecast_class_of(t[0].late), FORECAST_SAFE);
	assert_int_equal(forecast_class_of(t[1].late), FORECAST_SAFE);
	assert_int_equal(forecast_rescue(&s, t, 2).likely, 0);
}

static void
nobody_on_shift_finishes_nothing(void **state)
{
	struct forecast_shift s = shift(0, 0);
	struct forecast_ticket t[] = {{1, 4 * HOUR}};
	struct forecast_rescue r;

	(void)state;
	forecast_run(&s, t, 1);
	assert_int_equal(t[0].late, 100);
	r = forecast_rescue(&s, t, 1);
	assert_int_equal(r.likely, 1);
	assert_int_equal(r.people, 1);
	assert_int_equal(r.until, 4 * HOUR);
}

/* One person, two an hour: by the end of the first hour 2 are expected; fewer than one
 * has the chance e^-2, fewer than three e^-2 (1 + 2 + 2). */
static void
the_chance_is_that_of_a_count(void **state)
{
	struct forecast_shift s = shift(1, 0);
	struct forecast_ticket t[] = {{1, HOUR}, {2, HOUR}, {3, HOUR}};

	(void)state;
	forecast_run(&s, t, 3);
	assert_int_equal(t[0].late, 14);
	assert_int_equal(t[1].late, 41);
	assert_int_equal(t[2].late, 68);
	assert_int_equal(forecast_class_of(t[0].late), FORECAST_POSSIBLE);
	assert_int_equal(forecast_class_of(t[2].late), FORECAST_LIKELY);
	assert_int_equal(forecast_class_of(90), FORECAST_CERTAIN);
	assert_int_equal(forecast_class_of(9), FORECAST_SAFE);
}

static void
what_is_broken_and_waits_takes_nobodys_time(void **state)
{
	struct forecast_shift s = shift(1, 0);
	struct forecast_ticket t[] = {{1, -HOUR, .broken = true, .rests = true},
		{2, -HOUR, .broken = true}, {3, HOUR}};

	(void)state;
	forecast_run(&s, t, 3);
	assert_int_equal(t[0].late, 100);
	assert_int_equal(t[1].late, 100);
	assert_int_equal(t[2].late, 41); /* as the second of the list */
}

static void
urgent_arrivals_take_the_time_of_the_list(void **state)
{
	struct forecast_shift s = shift(1, 0);
	struct forecast_ticket t[] = {{1, 2 * HOUR}, {2, 2 * HOUR}};
	int before;

	(void)state;
	forecast_run(&s, t, 2);
	before = t[1].late;
	s = shift(1, 500); /* half a ticket each half hour: half of what is finished */
	forecast_run(&s, t, 2);
	assert_true(t[1].late > before);
	s = shift(1, 1000);
	forecast_run(&s, t, 2);
	assert_int_equal(t[0].late, 100);
}

static void
what_is_broken_cannot_be_saved_but_can_wait(void **state)
{
	struct forecast_shift s = shift(1, 0);
	struct forecast_ticket t[] = {
		{1, -HOUR, true}, {2, -HOUR, true}, {3, -HOUR, true}, {4, HOUR, false}};
	struct forecast_rescue r;

	(void)state;
	forecast_run(&s, t, 4);
	assert_int_equal(t[0].late, 100);
	assert_int_equal(forecast_likely(t, 4), 1);
	r = forecast_rescue(&s, t, 4);
	assert_int_equal(r.likely, 1);
	assert_int_equal(r.by_order, 0);
	assert_int_equal(r.people, 1);
	assert_int_equal(r.until, HOUR);
	s.order = FORECAST_BROKEN_LAST;
	forecast_run(&s, t, 4);
	assert_int_equal(t[3].late, 14);
}

static void
ten_more_people_are_the_end_of_it(void **state)
{
	struct forecast_shift s = shift(1, 0);
	struct forecast_ticket t[200];

	(void)state;
	for (int i = 0; i < 200; i++)
		t[i] = (struct forecast_ticket){i + 1, HOUR, false, 0};
	forecast_run(&s, t, 200);
	assert_true(forecast_likely(t, 200) > 150);
	assert_int_equal(forecast_rescue(&s, t, 200).people, 0);
}

/* The rescue is what a search by hand finds, and it is the least one. */
static void
any_rescue_is_the_least_that_helps(void **state)
{
	struct testing_dice d = {20260302};
	int helped = 0;

	(void)state;
	for (int i = 0; i < CASES; i++) {
		struct forecast_shift s = shift(
			testing_between(&d, 0, 3), testing_between(&d, 0, 400));
		struct forecast_ticket t[MOST];
		int count = (int)testing_between(&d, 1, MOST), least = 0;
		struct forecast_rescue r;
		int64_t due = 0;

		s.rate = testing_between(&d, 200, 3000);
		for (int k = 0; k < count; k++) {
			due += testing_between(&d, 0, HOUR);
			t[k] = (struct forecast_ticket){
				k + 1, due, testing_between(&d, 0, 5) == 0, 0};
		}
		forecast_run(&s, t, count);
		for (int k = 1; k < count; k++)
			assert_in_range(t[k].late, 0, 100);
		r = forecast_rescue(&s, t, count);
		assert_int_equal(r.likely, forecast_likely(t, count));
		if (r.likely == 0)
			continue;
		assert_true(r.by_order <= r.likely);
		s.until = r.until;
		for (int n = 1; n <= FORECAST_MOST_EXTRA && !least; n++) {
			s.extra = n * 100;
			forecast_run(&s, t, count);
			if (forecast_likely(t, count) == 0)
				least = n;
		}
		assert_int_equal(r.people, least);
		helped += least > 0;
	}
	assert_true(helped > CASES / 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_tickets_and_enough_people_are_safe),
		cmocka_unit_test(nobody_on_shift_finishes_nothing),
		cmocka_unit_test(the_chance_is_that_of_a_count),
		cmocka_unit_test(what_is_broken_and_waits_takes_nobodys_time),
		cmocka_unit_test(urgent_arrivals_take_the_time_of_the_list),
		cmocka_unit_test(what_is_broken_cannot_be_saved_but_can_wait),
		cmocka_unit_test(ten_more_people_are_the_end_of_it),
		cmocka_unit_test(any_rescue_is_the_least_that_helps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
