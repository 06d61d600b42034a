/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/outgoing.h"

#include "http/testing_house.h"

#include <stdlib.h>
#include <string.h>

static struct outgoing
home(void)
{
	struct outgoing o;

	assert_true(network_list_read(testing_arena(), "127.0.0.0/8, ::1", &o.allowed));
	return o;
}

static enum outcome
ask(const struct outgoing *o, const char *host, const char *path,
	struct outgoing_answer *got)
{
	struct outgoing_call c = {
		.method = "GET",
		.url = arena_printf(testing_arena(), "http://%s:%d%s", host,
			server_port(testing_house_server()), path),
	};

	return outgoing_send(o, testing_arena(), &c, got);
}

static void
an_allowed_network_is_asked(void **state)
{
	struct outgoing o = home();
	struct outgoing_answer got;

	(void)state;
	assert_int_equal(ask(&o, "127.0.0.1", "/x?a=b", &got), DONE);
	assert_int_equal(got.status, 200);
	assert_string_equal(got.type, "text/plain; charset=utf-8");
	assert_non_null(strstr((const char *)got.body.at, "query a=b"));
	assert_string_equal(pairs_get(&got.headers, "x-content-type-options"), "nosniff");
	assert_int_equal(ask(&o, "localhost", "/missing", &got), DONE);
	assert_int_equal(got.status, 404);
}

static void
loopback_is_refused_however_it_is_written(void **state)
{
	static const char *const hosts[] = {"127.0.0.1", "localhost", "127.1",
		"2130706433", "0x7f000001", "017700000001", "0x7f.1", "[::1]",
		"[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "0", "[::]",
		"[0:0:0:0:0:ffff:7f00:0001]", "LOCALHOST"};
	struct outgoing nothing = {.allowed = {NULL, 0}};
	struct outgoing_answer got;

	(void)state;
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
		enum outcome end = ask(&nothing, hosts[i], "/", &got);

		if (end != INVALID && end != DENIED)
			fail_msg("%s: %d %s", hosts[i], end, got.problem);
		assert_int_equal(got.status, 0);
	}
	assert_int_equal(ask(NULL, "127.0.0.1", "/", &got), INVALID);
}

static void
redirects_are_not_followed(void **state)
{
	struct outgoing o = home();
	struct outgoing_answer got;

	(void)state;
	assert_int_equal(ask(&o, "127.0.0.1", "/move", &got), DONE);
	assert_int_equal(got.status, 303);
	assert_non_null(pairs_get(&got.headers, "location"));
}

static void
strange_addresses_are_refused(void **state)
{
	static const char *const urls[] = {"", "ftp://example.org/", "file:///etc/passwd",
		"gopher://example.org/", "http://", "http://user:pw@example.org/",
		"http://user@example.org/", "http://10.0.0.1/",
		"http://169.254.169.254/x", "https://[fd00::1]/", "http://a b/", "/local",
		"example.org", "http://example.org:99999/"};
	struct outgoing_answer got;

	(void)state;
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		struct outgoing_call c = {.method = "GET", .url = urls[i]};

		if (outgoing_may(NULL, testing_arena(), urls[i]))
			fail_msg("%s", urls[i]);
		assert_int_equal(outgoing_send(NULL, testing_arena(), &c, &got), INVALID);
	}
	assert_true(outgoing_may(NULL, testing_arena(), "https://example.org/hook?x=1"));
}

static void
bodies_go_and_long_answers_are_cut(void **state)
{
	struct outgoing o = home();
	struct outgoing_answer got;
	struct outgoing_call c = {
		.method = "POST",
		.url = arena_printf(testing_arena(),
			"http://127.0.0.1:%d/fill?bytes=5000",
			server_port(testing_house_server())),
		.body = bytes_of("a=1"),
		.most = 100,
	};

	(void)state;
	assert_int_equal(outgoing_send(&o, testing_arena(), &c, &got), DONE);
	assert_true(got.cut);
	assert_int_equal(got.body.len, 100);
	c.url = arena_printf(testing_arena(), "http://127.0.0.1:%d/echo",
		server_port(testing_house_server()));
	c.most = 0;
	pairs_add(testing_arena(), &c.headers, "Content-Type", "application/json");
	assert_int_equal(outgoing_send(&o, testing_arena(), &c, &got), DONE);
	assert_non_null(strstr((const char *)got.body.at, "body 3 bytes"));
	pairs_add(testing_arena(), &c.headers, "X-A", "b\r\nX-C: d");
	assert_int_equal(outgoing_send(&o, testing_arena(), &c, &got), INVALID);
}

static void
a_location_may_leave_out_what_stays(void **state)
{
	static const struct {
		const char *location, *there;
	} cases[] = {
		{"/b.png", "https://example.org/b.png"},
		{"b.png?x=1", "https://example.org/a/b.png?x=1"},
		{"../b.png", "https://example.org/b.png"},
		{"//other.example/b", "https://other.example/b"},
		{"http://other.example/b", "http://other.example/b"},
	};
	struct arena *a = testing_arena();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(outgoing_onward(a, "https://example.org/a/one",
					    cases[i].location),
			cases[i].there);
	/* What it leads to is judged like every other address. */
	assert_false(outgoing_may(
		NULL, a, outgoing_onward(a, "https://example.org/", "//127.0.0.1/")));
	assert_false(outgoing_may(NULL, a,
		outgoing_onward(a, "https://example.org/", "file:///etc/passwd")));
}

static void
silence_ends_in_time(void **state)
{
	struct outgoing o = home();
	struct outgoing_answer got;
	struct outgoing_call c = {
		.method = "GET",
		.url = "http://127.0.0.1:1/",
		.seconds = 1,
	};

	(void)state;
	assert_int_equal(outgoing_send(&o, testing_arena(), &c, &got), FAULT);
	assert_non_null(got.problem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_allowed_network_is_asked),
		cmocka_unit_test(loopback_is_refused_however_it_is_written),
		cmocka_unit_test(redirects_are_not_followed),
		cmocka_unit_test(strange_addresses_are_refused),
		cmocka_unit_test(bodies_go_and_long_answers_are_cut),
		cmocka_unit_test(a_location_may_leave_out_what_stays),
		cmocka_unit_test(silence_ends_in_time),
	};

	setenv("http_proxy", "http://127.0.0.1:9", 1);
	return cmocka_run_group_tests(tests, testing_house_begin, testing_house_end);
}
