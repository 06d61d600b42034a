/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/meter.h"

#include "testing_door.h"

#include <stdlib.h>
#include <string.h>

enum { SECOND = 1000000 };

static void
a_bucket_empties_and_fills_again(void **state)
{
	struct meter *m = meter_new(2);
	struct meter_key k = meter_token("t");
	int64_t now = 5 * SECOND;
	struct meter_reading got;

	(void)state;
	for (int i = 0; i < 20; i++) {
		got = meter_admit(m, &k, now);
		assert_true(got.admitted);
		assert_int_equal(got.left, 19 - i);
	}
	assert_int_equal(got.limit, 20);
	assert_int_equal(got.full, 10);
	got = meter_admit(m, &k, now);
	assert_false(got.admitted);
	assert_int_equal(got.wait, 1);
	assert_false(meter_open(m, &k, now));
	got = meter_admit(m, &k, now + SECOND / 2);
	assert_true(got.admitted);
	assert_false(meter_admit(m, &k, now + SECOND / 2).admitted);
	assert_int_equal(meter_admit(m, &k, now + 20 * SECOND).left, 19);
	meter_free(m);
}

static void
callers_do_not_share_a_bucket(void **state)
{
	struct meter *m = meter_new(1);
	struct meter_key one = meter_token("a"), two = meter_address("a");

	(void)state;
	for (int i = 0; i < 10; i++)
		assert_true(meter_admit(m, &one, SECOND).admitted);
	assert_false(meter_admit(m, &one, SECOND).admitted);
	assert_true(meter_admit(m, &two, SECOND).admitted);
	meter_free(m);
}

static void
uses_are_noted_once(void **state)
{
	struct meter *m = meter_new(0);
	struct meter_key k = meter_token("t");
	struct meter_note notes[4];

	(void)state;
	assert_true(meter_admit(m, &k, SECOND).admitted);
	assert_int_equal(meter_take_notes(m, notes, 4), 0);
	meter_used(m, &k, 77, 0, 1000);
	meter_used(m, &k, 77, 0, 1001);
	assert_int_equal(meter_take_notes(m, notes, 4), 1);
	assert_int_equal(notes[0].token, 77);
	assert_int_equal(notes[0].used, 1001);
	assert_int_equal(meter_take_notes(m, notes, 4), 0);
	meter_used(m, &k, 77, 0, 1002);
	assert_int_equal(meter_take_notes(m, notes, 4), 1);
	meter_free(m);
}

static void
who_asks_too_often_is_told_when_to_come_again(void **state)
{
	struct testing_door *d = testing_door_open("on");
	const char *token = testing_door_token(d, ROLE_SYSTEM);
	const char *friend = testing_door_token(d, ROLE_SYSTEM);
	struct testing_answer a = {.status = 200};
	int asked = 0;

	(void)state;
	while (a.status == 200 && asked++ < 2000) {
		a = testing_door_ask(d, "GET", "/api/v1/services",
			(struct testing_request){.token = token});
		assert_non_null(pairs_get(&a.headers, "ratelimit"));
		assert_string_equal(pairs_get(&a.headers, "ratelimit-policy"),
			"\"default\";q=500;w=10");
	}
	assert_int_equal(a.status, 429);
	assert_true(asked > 500);
	assert_string_equal(a.type, "application/problem+json");
	assert_true(strtol(pairs_get(&a.headers, "retry-after"), NULL, 10) >= 1);
	assert_non_null(strstr(pairs_get(&a.headers, "ratelimit"), "r=0"));
	a = testing_door_ask(
		d, "GET", "/api/v1/services", (struct testing_request){.token = friend});
	assert_int_equal(a.status, 200);
	testing_door_close(d);
}

/* Tokens that are none share the bucket of their address. */
static void
guessing_tokens_ends(void **state)
{
	struct testing_door *d = testing_door_open("on");
	int asked = 0, status = 401;

	(void)state;
	while (status == 401 && asked < 2000)
		status = testing_door_ask(d, "GET", "/api/v1/services",
			(struct testing_request){
				.token = arena_printf(testing_arena(), "t%d", asked++)})
				 .status;
	assert_int_equal(status, 429);
	testing_door_close(d);
}

/* Also where what they send would have to be made ready first. */
static void
guessing_tokens_with_work_to_do_ends(void **state)
{
	struct testing_door *d = testing_door_open("on");
	int asked = 0, status = 401;

	(void)state;
	while (status == 401 && asked < 1200)
		status = testing_door_ask(d, "POST", "/api/v1/tickets",
			(struct testing_request){
				.token = arena_printf(testing_arena(), "t%d", asked++),
				.body = "{\"html\":\"<p>Hello</p>\"}"})
				 .status;
	assert_int_equal(status, 429);
	testing_door_close(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bucket_empties_and_fills_again),
		cmocka_unit_test(callers_do_not_share_a_bucket),
		cmocka_unit_test(uses_are_noted_once),
		cmocka_unit_test(who_asks_too_often_is_told_when_to_come_again),
		cmocka_unit_test(guessing_tokens_ends),
		cmocka_unit_test(guessing_tokens_with_work_to_do_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
