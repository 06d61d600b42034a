/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/testing_http.h"

#include "http/errors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Echoes what arrived, so that a test sees how a request was read. */
static void
echo(void *house, struct exchange *x)
{
	struct request *q = exchange_request(x);
	struct reply *r = exchange_reply(x);

	(void)house;
	buffer_printf(&r->body, "[%s][%.*s]", q->path, (int)q->body.len,
		q->body.len ? (const char *)q->body.at : "");
	exchange_finish(x);
}

static struct server *server;

static int
begin(void **state)
{
	struct server_config c = {.answer = echo};

	(void)state;
	server = testing_http_start(&c);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	server_stop(server, 1);
	return 0;
}

#define HOST "Host: desk\r\n"
#define CLOSE HOST "Connection: close\r\n"

static void
ambiguous_framing_is_refused(void **state)
{
	static const struct {
		int status;
		const char *request;
	} cases[] = {
		{400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 4\r\n"
		      "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
		{400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n"
		      "Content-Length: 4\r\n\r\n0\r\n\r\n"},
		{400, "POST / HTTP/1.1\r\n" HOST
		      "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd"},
		{400, "POST / HTTP/1.1\r\n" HOST
		      "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd"},
		{400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 4, 4\r\n\r\nabcd"},
		{400, "POST / HTTP/1.1\r\n" HOST "Content-Length: +4\r\n\r\nabcd"},
		{400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 0x4\r\n\r\nabcd"},
		{400, "POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\nabcd"},
		{400, "POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\nabcd"},
		{400, "POST / HTTP/1.1\r\n" HOST "Content-Length: four\r\n\r\nabcd"},
		{400, "POST / HTTP/1.1\r\n" HOST "Content-Length : 4\r\n\r\nabcd"},
		{400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding : chunked\r\n\r\n"},
		{413, "POST / HTTP/1.1\r\n" HOST "Content-Length: 2147483648\r\n\r\nab"},
		{413, "POST / HTTP/1.1\r\n" HOST
		      "Content-Length: 99999999999999999999\r\n\r\nabcd"},
		{501, "POST / HTTP/1.1\r\n" HOST
		      "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
		{501, "POST / HTTP/1.1\r\n" HOST
		      "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"},
		{400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n"
		      "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n"},
		{400, "POST / HTTP/1.0\r\n" HOST
		      "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
		{411, "POST / HTTP/1.1\r\n" HOST "Content-Type: text/plain\r\n\r\n"},
		{400, "GET / HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\nabcd"},
		{400, "HEAD / HTTP/1.1\r\n" HOST
		      "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
		{415, "POST / HTTP/1.1\r\n" HOST
		      "Content-Length: 4\r\nContent-Encoding: gzip\r\n\r\nabcd"},
		{417, "POST / HTTP/1.1\r\n" HOST
		      "Content-Length: 4\r\nExpect: a-miracle\r\n\r\nabcd"},
		{400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
		      "zz\r\nabcd\r\n0\r\n\r\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *answer = testing_http_ask(server, cases[i].request);

		if (testing_http_status(answer) != cases[i].status)
			print_error("%s -> %s\n", cases[i].request, answer);
		assert_int_equal(testing_http_status(answer), cases[i].status);
	}
}

static void
odd_heads_are_refused(void **state)
{
	static const char *const cases[] = {
		"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
		"GET / HTTP/1.1\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
		"GET / HTTP/1.1\nHost: a\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX: b\n\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\n",
		"GET / HTTP/1.1\nHost: a\n\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n folded\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX: b\x01\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX Y: b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nX(: b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n",
		"GET  / HTTP/1.1x\r\nHost: a\r\n\r\n",
		"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
		"GE(T / HTTP/1.1\r\nHost: a\r\n\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *answer = testing_http_ask(server, cases[i]);

		if (testing_http_status(answer) != 400)
			print_error("%s -> %s\n", cases[i], answer);
		assert_int_equal(testing_http_status(answer), 400);
		assert_null(strstr(answer, "[/"));
	}
}

static void
a_refused_request_hides_no_second_one(void **state)
{
	const char *answer = testing_http_ask(server,
		"POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n"
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
		"GET /hidden HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_int_equal(testing_http_status(answer), 400);
	assert_string_equal(testing_http_header(answer, "Connection"), "close");
	assert_null(strstr(answer, "hidden"));
}

static void
odd_targets_are_refused(void **state)
{
	static const char *const cases[] = {"/..", "/a/../b", "/%2e%2e/b", "/a/%2E/b",
		"/a%00b", "/a%0Ab", "/a%", "/a%2", "/a%zz", "/a%2Fb", "/a%5cb", "/%FF",
		"/%C0%80", "/#x", "x", "*", "/?a=%FF", "/?a=%00"};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *answer = testing_http_ask(
			server, arena_printf(testing_arena(),
					"GET %s HTTP/1.1\r\n" CLOSE "\r\n", cases[i]));

		if (testing_http_status(answer) != 400)
			print_error("%s -> %s\n", cases[i], answer);
		assert_int_equal(testing_http_status(answer), 400);
	}
}

/* Whoever reads the line to its end, a proxy, read another address than we. */
static void
a_target_does_not_end_early(void **state)
{
	static const char *const cases[] = {"GET /a%cb HTTP/1.1\r\n" CLOSE "\r\n",
		"GET /%c HTTP/1.1\r\n" CLOSE "\r\n",
		"GET /a?b%cc HTTP/1.1\r\n" CLOSE "\r\n"};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char request[256];
		int n = snprintf(request, sizeof request, cases[i], 0);
		int fd = testing_http_connect(server);
		const char *answer;

		assert_int_equal(write(fd, request, (size_t)n), n);
		answer = testing_http_rest(fd);
		close(fd);
		assert_int_equal(testing_http_status(answer), 400);
		assert_null(strstr(answer, "[/a]"));
	}
}

static void
sound_requests_pass(void **state)
{
	static const struct {
		const char *body;
		const char *request;
	} cases[] = {
		{"[/][]", "GET / HTTP/1.1\r\n" CLOSE "\r\n"},
		{"[/][]", "GET / HTTP/1.0\r\n\r\n"},
		{"[/][]", "\r\n\r\nGET / HTTP/1.1\r\n" CLOSE "\r\n"},
		{"[/a b/é][]", "GET /a%20b/%C3%A9?x=%2F HTTP/1.1\r\n" CLOSE "\r\n"},
		{"[/x][]", "GET http://desk:80/x HTTP/1.1\r\n" CLOSE "\r\n"},
		{"[/][]", "GET http://desk HTTP/1.1\r\n" CLOSE "\r\n"},
		{"[/][]", "POST / HTTP/1.1\r\n" CLOSE "\r\n"},
		{"[/][]", "POST / HTTP/1.1\r\n" CLOSE "Content-Length: 0\r\n\r\n"},
		{"[/][abcd]",
			"POST / HTTP/1.1\r\n" CLOSE "Content-Length: 4\r\n\r\nabcd"},
		{"[/][abcd]",
			"POST / HTTP/1.1\r\n" CLOSE "Content-Length:   4\r\n\r\nabcd"},
		{"[/][hello world]",
			"POST / HTTP/1.1\r\n" CLOSE "Transfer-Encoding: chunked\r\n\r\n"
			"5;x=y\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"},
		{"[/][]", "DELETE / HTTP/1.1\r\n" CLOSE "Content-Type: a/b\r\n\r\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *answer = testing_http_ask(server, cases[i].request);

		if (testing_http_status(answer) != 200)
			print_error("%s -> %s\n", cases[i].request, answer);
		assert_int_equal(testing_http_status(answer), 200);
		assert_string_equal(testing_http_body(answer), cases[i].body);
	}
}

static void
unknown_methods_are_not_implemented(void **state)
{
	(void)state;
	assert_int_equal(testing_http_status(testing_http_ask(
				 server, "BREW / HTTP/1.1\r\n" CLOSE "\r\n")),
		501);
	assert_int_equal(testing_http_status(testing_http_ask(
				 server, "TRACE / HTTP/1.1\r\n" CLOSE "\r\n")),
		501);
}

static void
many_requests_share_a_connection_in_order(void **state)
{
	int fd = testing_http_connect(server);
	const char *answers;

	(void)state;
	testing_http_send(fd, "GET /one HTTP/1.1\r\n" HOST "\r\n");
	assert_non_null(strstr(testing_http_until(fd, "[]"), "[/one][]"));

	testing_http_send(fd,
		"GET /two HTTP/1.1\r\n" HOST "\r\n"
		"POST /three HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc"
		"POST /four HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
		"3\r\ndef\r\n0\r\n\r\n"
		"GET /five HTTP/1.1\r\n" CLOSE "\r\n");
	answers = testing_http_rest(fd);
	close(fd);
	assert_non_null(strstr(answers, "[/two][]"));
	assert_true(strstr(answers, "[/three][abc]") > strstr(answers, "[/two]"));
	assert_true(strstr(answers, "[/four][def]") > strstr(answers, "[/three]"));
	assert_true(strstr(answers, "[/five][]") > strstr(answers, "[/four]"));
}

static void
a_head_that_dribbles_in_is_read(void **state)
{
	static const char request[] = "POST /slow HTTP/1.1\r\n" CLOSE
				      "Content-Length: 4\r\n\r\nabcd";
	int fd = testing_http_connect(server);

	(void)state;
	for (const char *p = request; *p; p++)
		testing_http_send(fd, (char[]){*p, 0});
	assert_non_null(strstr(testing_http_rest(fd), "[/slow][abcd]"));
	close(fd);
}

static void
long_heads_are_refused(void **state)
{
	char *long_one = arena_alloc(testing_arena(), 20001);
	int status;

	(void)state;
	memset(long_one, 'x', 20000);
	status = testing_http_status(testing_http_ask(
		server, arena_printf(testing_arena(),
				"GET / HTTP/1.1\r\n" CLOSE "X: %s\r\n\r\n", long_one)));
	assert_int_equal(status, 431);
	status = testing_http_status(testing_http_ask(
		server, arena_printf(testing_arena(), "GET /%s HTTP/1.1\r\n" CLOSE "\r\n",
				long_one)));
	assert_int_equal(status, 414);
	long_one[9000] = 0;
	assert_int_equal(
		testing_http_status(testing_http_ask(server,
			arena_printf(testing_arena(),
				"GET / HTTP/1.1\r\n" CLOSE "X: %s\r\n\r\n", long_one))),
		200);
}

/* Deterministic, so that a failure comes again. */
static unsigned
roll(unsigned *dice)
{
	*dice = *dice * 1664525U + 1013904223U;
	return *dice >> 8;
}

static size_t
mutate(char *text, size_t len, unsigned *dice)
{
	static const char likely[] = "\r\n\0 \t:;,=%/?#0123456789abcdefGHTP\x7F\x80\xFF";

	for (unsigned n = roll(dice) % 4; n > 0; n--) {
		size_t at = roll(dice) % len;
		size_t span = roll(dice) % 12;
		char c = likely[roll(dice) % (sizeof likely - 1)];

		span = span < len - at ? span : len - at;
		switch (roll(dice) % 4) {
		case 0: text[at] = c; break;
		case 1:
			memmove(text + at, text + at + span, len - at - span);
			len -= len - span > 1 ? span : 0;
			break;
		case 2:
			memmove(text + at + span, text + at, len - at);
			len += span;
			break;
		default:
			memmove(text + at + 1, text + at, len - at);
			text[at] = c;
			len++;
		}
	}
	return len;
}

enum { AT_ONCE = 128 };

static void
send_mutant(int fd, long i, unsigned *dice)
{
	static const char *const seeds[] = {
		"GET /a/b?c=d HTTP/1.1\r\n" CLOSE "Cookie: a=b; c=d\r\n"
		"Accept-Encoding: gzip, br;q=0.5\r\nIf-None-Match: \"x\"\r\n\r\n",
		"POST / HTTP/1.1\r\n" CLOSE "Transfer-Encoding: chunked\r\n\r\n"
		"5;x=y\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
		"POST /f HTTP/1.1\r\n" CLOSE "Content-Length: 11\r\nContent-Type: "
		"application/x-www-form-urlencoded\r\n\r\na=b%20c&d=e",
		"POST /m HTTP/1.1\r\n" CLOSE "Content-Length: 92\r\nContent-Type: "
		"multipart/form-data; boundary=X\r\n\r\n--X\r\n"
		"Content-Disposition: form-data; name=\"words\"\r\n\r\n"
		"something or other\r\n--X--\r\n",
	};
	const char *seed = seeds[(size_t)i % (sizeof seeds / sizeof *seeds)];
	char text[1024];
	size_t len = strlen(seed);

	memcpy(text, seed, len);
	len = mutate(text, len, dice);
	send(fd, text, len, MSG_NOSIGNAL);
}

/* The status of what comes first; 0 when the server only closes. */
static int
receive_status(int fd)
{
	char answer[64] = "";

	recv(fd, answer, sizeof answer - 1, 0);
	return testing_http_status(answer);
}

/* MUTATIONS=1000000 in the environment makes it a soak. */
static void
mutated_requests_never_break_it(void **state)
{
	struct server_config c = {.answer = echo, .waits = {40, 40, 40, 40, 0}};
	struct server *s = testing_http_start(&c);
	const char *wanted = getenv("MUTATIONS");
	long count = wanted ? strtol(wanted, NULL, 10) : 1000;
	unsigned dice = 20260302;

	(void)state;
	for (long i = 0; i < count; i += AT_ONCE) {
		int fds[AT_ONCE];

		for (int k = 0; k < AT_ONCE; k++) {
			fds[k] = testing_http_connect(s);
			send_mutant(fds[k], i + k, &dice);
		}
		for (int k = 0; k < AT_ONCE; k++) {
			int status = receive_status(fds[k]);

			assert_true(status < 500 || status == 501 || status == 505);
			close(fds[k]);
		}
	}
	testing_http_wait(server_figures(s).connections == 0);
	assert_int_equal(server_figures(s).connections, 0);
	server_stop(s, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ambiguous_framing_is_refused),
		cmocka_unit_test(odd_heads_are_refused),
		cmocka_unit_test(a_refused_request_hides_no_second_one),
		cmocka_unit_test(odd_targets_are_refused),
		cmocka_unit_test(a_target_does_not_end_early),
		cmocka_unit_test(sound_requests_pass),
		cmocka_unit_test(unknown_methods_are_not_implemented),
		cmocka_unit_test(many_requests_share_a_connection_in_order),
		cmocka_unit_test(a_head_that_dribbles_in_is_read),
		cmocka_unit_test(long_heads_are_refused),
		cmocka_unit_test(mutated_requests_never_break_it),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
