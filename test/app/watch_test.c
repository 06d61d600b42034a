/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/watch.h"

#include "base/times.h"
#include "testing_door.h"

#include <string.h>

static void
figures_are_for_near_networks_alone(void **state)
{
	struct testing_door *d = testing_door_open("off");
	struct testing_answer got = testing_door_ask(
		d, "GET", "/metrics", (struct testing_request){0});
	struct work w = {.arena = testing_arena()};
	struct reply r = reply_in(w.arena);

	(void)state;
	assert_int_equal(got.status, 200);
	assert_non_null(strstr(got.body, "portreeve_requests_total"));
	assert_int_equal(
		watch_metrics(&w, &(struct request){.peer = "8.8.8.8"}, &r), MISSING);
	assert_int_equal(
		watch_metrics(&w, &(struct request){.peer = "2606:4700::1111"}, &r),
		MISSING);
	assert_int_equal(r.body.len, 0);
	testing_door_close(d);
}

static void
whom_to_tell_of_a_hole_is_said_with_an_end(void **state)
{
	struct testing_door *d = testing_door_open("off");
	const char *path = "/.well-known/security.txt";
	struct testing_answer got = testing_door_ask(
		d, "GET", path, (struct testing_request){0});
	const char *expires;
	int64_t end;

	(void)state;
	assert_int_equal(got.status, 200);
	assert_string_equal(got.type, "text/plain; charset=utf-8");
	assert_non_null(strstr(got.body, "Contact: mailto:security@southmere."));
	assert_non_null(strstr(got.body, d->base));
	expires = strstr(got.body, "Expires: ");
	assert_non_null(expires);
	expires += strlen("Expires: ");
	assert_true(times_parse_iso(
		bytes_of(arena_text(testing_arena(), expires, strcspn(expires, "\n"))),
		&end));
	assert_in_range(end - times_now(), 86400, 365 * 86400 - 1);
	d->config.security_contact = "";
	got = testing_door_ask(d, "GET", path, (struct testing_request){0});
	assert_int_equal(got.status, 404);
	testing_door_close(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_for_near_networks_alone),
		cmocka_unit_test(whom_to_tell_of_a_hole_is_said_with_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
