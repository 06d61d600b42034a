/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/testing_house.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void
slow_clients_are_dropped_in_each_phase(void **state)
{
	static const char *const starts[] = {"", "GET / HT", "GET / HTTP/1.1\r\nHost: ",
		"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"};
	struct server *s = testing_house_open(
		*state, (struct server_config){
				.waits = {.headers = 80, .body = 120, .idle = 100}});
	int fd;

	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		fd = testing_http_connect(s);
		testing_http_send(fd, starts[i]);
		assert_string_equal(testing_http_rest(fd), "");
		close(fd);
	}
	fd = testing_http_connect(s);
	testing_http_send(fd, "GET /fill?bytes=3 HTTP/1.1\r\nHost: a\r\n\r\n");
	assert_string_equal(testing_http_body(testing_http_rest(fd)), "abc");
	close(fd);
	server_stop(s, 1);
}

static void
a_client_that_does_not_read_is_dropped(void **state)
{
	struct server *s = testing_house_open(
		*state, (struct server_config){.waits = {.answer = 100}});
	int fd = testing_http_connect(s);
	int small = 4096;

	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	/* At a thousand bytes a second, 20 kB may take a fifth of a minute; the kernel
	 * takes a few hundred on its own, so many answers are asked for. */
	for (int i = 0; i < 2000; i++)
		if (send(fd, "GET /fill?bytes=9000 HTTP/1.1\r\nHost: a\r\n\r\n", 43,
			    MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
			break;
	testing_http_wait(server_figures(s).connections == 0);
	assert_int_equal(server_figures(s).connections, 0);
	close(fd);
	server_stop(s, 1);
}

static void
a_peer_that_asks_too_often_is_told_to_wait(void **state)
{
	struct server *s = testing_house_open(*state,
		(struct server_config){.rate = 1, .burst = 3, .guard_loopback = true});
	int refused = 0;

	for (int i = 0; i < 20; i++) {
		const char *got = testing_http_ask(s, "GET / HTTP/1.1\r\n" CLOSE "\r\n");

		if (testing_http_status(got) == 429) {
			refused++;
			assert_string_equal(testing_http_header(got, "Retry-After"), "1");
		}
		assert_true(i >= 3 || refused == 0);
	}
	assert_true(refused > 0);
	assert_int_equal(server_figures(s).refused, refused);
	server_stop(s, 1);
}

static void
a_peer_has_so_many_connections(void **state)
{
	struct server *s = testing_house_open(
		*state, (struct server_config){
				.connections_per_peer = 2, .guard_loopback = true});
	int a = testing_http_connect(s), b = testing_http_connect(s);
	int c = testing_http_connect(s);

	assert_int_equal(testing_http_status(testing_http_rest(c)), 429);
	close(a);
	testing_http_wait(server_figures(s).connections == 1);
	assert_int_equal(testing_http_status(
				 testing_http_ask(s, "GET / HTTP/1.1\r\n" CLOSE "\r\n")),
		200);
	close(b);
	close(c);
	server_stop(s, 1);
}

static void
a_full_house_says_so(void **state)
{
	struct server *s = testing_house_open(
		*state, (struct server_config){.connections = 2});
	int a = testing_http_connect(s), b = testing_http_connect(s);
	int c = testing_http_connect(s);
	const char *got = testing_http_rest(c);

	assert_int_equal(testing_http_status(got), 503);
	assert_non_null(testing_http_header(got, "Retry-After"));
	close(a);
	close(b);
	close(c);
	server_stop(s, 1);
}

static void *
stop_soon(void *s)
{
	server_stop(s, 3);
	return NULL;
}

static void
stopping_lets_answers_in_flight_finish(void **state)
{
	struct house *house = *state;
	struct server *s = testing_house_open(house, (struct server_config){0});
	int held = testing_http_connect(s), idle = testing_http_connect(s);
	pthread_t stopper;
	const char *got;

	testing_http_send(held, "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
	testing_http_send(idle, "GET /fill?bytes=3 HTTP/1.1\r\nHost: a\r\n\r\n");
	assert_non_null(testing_http_until(idle, "abc"));
	testing_http_wait(atomic_load(&house->held) == 1);
	pthread_create(&stopper, NULL, stop_soon, s);
	testing_http_pause(150);

	/* The door is closed, but who was inside is still served. */
	testing_http_send(idle, "GET /fill?bytes=4 HTTP/1.1\r\nHost: a\r\n\r\n");
	got = testing_http_rest(idle);
	assert_string_equal(testing_http_body(got), "abcd");
	assert_string_equal(testing_http_header(got, "Connection"), "close");
	buffer_literal(&exchange_reply(house->hostage)->body, "free");
	exchange_finish(house->hostage);
	got = testing_http_rest(held);
	assert_string_equal(testing_http_body(got), "free");
	assert_string_equal(testing_http_header(got, "Connection"), "close");
	pthread_join(stopper, NULL);
	atomic_store(&house->held, 0);
	close(held);
	close(idle);
}

static void
stopping_does_not_wait_for_ever(void **state)
{
	struct house *house = *state;
	struct server *s = testing_house_open(house, (struct server_config){0});
	int fd = testing_http_connect(s);

	testing_http_send(fd, "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
	testing_http_wait(atomic_load(&house->held) == 1);
	server_stop(s, 0);
	assert_int_equal(testing_http_status(testing_http_rest(fd)), 503);
	buffer_literal(&exchange_reply(house->hostage)->body, "too late");
	exchange_finish(house->hostage);
	atomic_store(&house->held, 0);
	close(fd);
}

static void
nobody_answers(void *house, struct exchange *x)
{
	(void)house, (void)x;
}

static struct body_rule
nothing_is_taken(void *house, const struct request *q)
{
	(void)house, (void)q;
	return (struct body_rule){0};
}

static void
a_port_in_use_is_not_taken_twice(void **state)
{
	char address[32];
	struct server_config c = {
		.listen = address,
		.answer = nobody_answers,
		.body = nothing_is_taken,
	};

	(void)state;
	snprintf(address, sizeof address, "127.0.0.1:%d",
		server_port(testing_house_server()));
	assert_null(server_start(&c));
	c.listen = "nonsense";
	assert_null(server_start(&c));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slow_clients_are_dropped_in_each_phase),
		cmocka_unit_test(a_client_that_does_not_read_is_dropped),
		cmocka_unit_test(a_peer_that_asks_too_often_is_told_to_wait),
		cmocka_unit_test(a_peer_has_so_many_connections),
		cmocka_unit_test(a_full_house_says_so),
		cmocka_unit_test(stopping_lets_answers_in_flight_finish),
		cmocka_unit_test(stopping_does_not_wait_for_ever),
		cmocka_unit_test(a_port_in_use_is_not_taken_twice),
	};

	return cmocka_run_group_tests(tests, testing_house_begin, testing_house_end);
}
