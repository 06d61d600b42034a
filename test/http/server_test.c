/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/testing_house.h"

#include "http/reply.h"

#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void
every_answer_has_the_security_headers(void **state)
{
	static const char *const requests[] = {
		"GET / HTTP/1.1\r\n" CLOSE "\r\n",
		"GET /missing HTTP/1.1\r\n" CLOSE "\r\n",
		"GET /.. HTTP/1.1\r\n" CLOSE "\r\n",
		"BREW / HTTP/1.1\r\n" CLOSE "\r\n",
		"POST / HTTP/1.1\r\n" CLOSE "Expect: 100-continue\r\n"
		"Content-Length: 5000\r\n\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
		const char *got = ASK(requests[i]);

		assert_non_null(
			strstr(testing_http_header(got, "Content-Security-Policy"),
				"default-src 'none'; script-src 'self' 'sha256-"));
		assert_non_null(strstr(
			testing_http_header(got, "Content-Security-Policy"),
			"object-src 'none'; form-action 'self'; frame-ancestors 'none'; "
			"base-uri 'none'"));
		assert_string_equal(
			testing_http_header(got, "X-Content-Type-Options"), "nosniff");
		assert_string_equal(
			testing_http_header(got, "Referrer-Policy"), "same-origin");
		assert_string_equal(testing_http_header(got, "X-Frame-Options"), "DENY");
		assert_string_equal(
			testing_http_header(got, "Cross-Origin-Opener-Policy"),
			"same-origin");
		assert_string_equal(
			testing_http_header(got, "Cache-Control"), "no-store");
		assert_non_null(testing_http_header(got, "Permissions-Policy"));
		assert_non_null(testing_http_header(got, "Date"));
		assert_null(testing_http_header(got, "Server"));
		assert_null(testing_http_header(got, "Strict-Transport-Security"));
	}
}

static void
a_handler_may_choose_its_own_policies(void **state)
{
	const char *got = ASK("GET /kept HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_string_equal(testing_http_header(got, "Cache-Control"), "max-age=60");
	assert_string_equal(testing_http_header(got, "Content-Security-Policy"),
		"default-src 'self'");
}

static void
redirects_are_local_and_cookies_are_guarded(void **state)
{
	const char *got = ASK("GET /move HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_int_equal(testing_http_status(got), 303);
	assert_string_equal(
		testing_http_header(got, "Location"), "/x/a%20b%2F%C3%A9/y?n=-7&p=100%");
	assert_non_null(strstr(got, "Set-Cookie: session=abc; Path=/; HttpOnly; "
				    "SameSite=Lax; Max-Age=3600\r\n"));
	assert_non_null(strstr(got, "Set-Cookie: old=; Path=/; HttpOnly; "
				    "SameSite=Lax; Max-Age=0\r\n"));
}

static void
https_makes_cookies_secure_and_says_so(void **state)
{
	struct server *s = testing_house_open(
		*state, (struct server_config){.base = "https://desk.example.org"});
	const char *got = testing_http_ask(s, "GET /move HTTP/1.1\r\n" CLOSE "\r\n");

	assert_non_null(strstr(got, "Set-Cookie: __Host-session=abc; Path=/; HttpOnly; "
				    "SameSite=Lax; Max-Age=3600; Secure\r\n"));
	assert_string_equal(testing_http_header(got, "Strict-Transport-Security"),
		"max-age=31536000; includeSubDomains");
	server_stop(s, 1);
}

static void
behind_https_only_cookies_of_this_host_are_read(void **state)
{
	struct server *s = testing_house_open(
		*state, (struct server_config){.base = "https://desk.example.org"});
	const char *got = testing_http_ask(s,
		"GET / HTTP/1.1\r\n" CLOSE
		"Cookie: session=planted; __Host-session=abc; __host-session=no\r\n\r\n");

	assert_non_null(strstr(got, "cookie session=abc\n"));
	assert_null(strstr(got, "planted"));
	assert_null(strstr(got, "=no"));
	server_stop(s, 1);
}

static void
attachments_are_inert(void **state)
{
	const char *got = ASK("GET /file HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_string_equal(testing_http_header(got, "Content-Disposition"),
		"attachment; filename=\"b______.html\"; "
		"filename*=UTF-8''b%22%C3%B6%3B%0D%0A.html");
	assert_string_equal(testing_http_header(got, "Content-Security-Policy"),
		"default-src 'none'; object-src 'none'; base-uri 'none'; "
		"frame-ancestors 'none'; sandbox");
	assert_string_equal(testing_http_body(got), "<script>alert(1)</script>");
}

static void
head_is_get_without_the_body(void **state)
{
	const char *got = ASK("HEAD /fill?bytes=5000 HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_int_equal(testing_http_status(got), 200);
	assert_string_equal(testing_http_header(got, "Content-Length"), "5000");
	assert_string_equal(testing_http_body(got), "");
}

static void
a_known_tag_is_answered_304(void **state)
{
	static const struct {
		const char *tag, *held;
		int status;
	} cases[] = {
		{"v1", "W/\"v1\"", 304},
		{"v1", "\"v1\"", 304},
		{"v1", "\"v0\", W/\"v1\"", 304},
		{"v1", "*", 304},
		{"v1", "W/\"v2\"", 200},
		{"%22v1%22", "\"v1\"", 304},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *got = ASK(arena_printf(testing_arena(),
			"GET /tag?tag=%s&bytes=99 HTTP/1.1\r\n" CLOSE
			"If-None-Match: %s\r\n\r\n",
			cases[i].tag, cases[i].held));

		assert_int_equal(testing_http_status(got), cases[i].status);
		assert_int_equal(
			strlen(testing_http_body(got)), cases[i].status == 304 ? 0 : 99);
		assert_non_null(testing_http_header(got, "ETag"));
	}
}

static void
large_pages_are_compressed_for_who_can_read_them(void **state)
{
	CURL *c = curl_easy_init();
	struct answer plain, packed;

	(void)state;
	plain = testing_house_fetch(c, testing_house_server(), "/fill?bytes=50000");
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
	packed = testing_house_fetch(c, testing_house_server(), "/fill?bytes=50000");
	assert_int_equal(plain.body.len, 50000);
	assert_string_equal(buffer_text(&packed.body), buffer_text(&plain.body));
	assert_non_null(strstr(buffer_text(&packed.head), "Content-Encoding: gzip\r\n"));
	assert_non_null(strstr(buffer_text(&packed.head), "Vary: Accept-Encoding\r\n"));
	assert_null(strstr(buffer_text(&plain.head), "Content-Encoding"));
	assert_non_null(strstr(buffer_text(&plain.head), "Vary: Accept-Encoding\r\n"));
	packed = testing_house_fetch(c, testing_house_server(), "/fill?bytes=1000");
	assert_null(strstr(buffer_text(&packed.head), "Content-Encoding"));
	packed = testing_house_fetch(c, testing_house_server(), "/file");
	assert_null(strstr(buffer_text(&packed.head), "Content-Encoding"));
	curl_easy_cleanup(c);
}

static void
errors_speak_the_language_of_the_path(void **state)
{
	static const struct {
		const char *path, *type, *has;
	} cases[] = {
		{"/x", "text/html; charset=utf-8", "<h1>Content Too Large</h1>"},
		{"/api/v1/x", "application/problem+json", "\"status\":413"},
		{"/open311/v2/requests.xml", "text/xml; charset=utf-8",
			"<errors><error><code>413</code>"},
		{"/open311/v2/requests.json", "application/json; charset=utf-8",
			"[{\"code\":413,"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *got = ASK(arena_printf(testing_arena(),
			"POST %s HTTP/1.1\r\n" CLOSE "Expect: 100-continue\r\n"
			"Content-Length: 5000\r\n\r\n",
			cases[i].path));

		assert_int_equal(testing_http_status(got), 413);
		assert_string_equal(
			testing_http_header(got, "Content-Type"), cases[i].type);
		assert_non_null(strstr(testing_http_body(got), cases[i].has));
		assert_int_equal(strlen(testing_http_header(got, "X-Request-Id")), 16);
	}
}

static void
own_error(void *h, const struct request *q, int status, struct reply *r)
{
	(void)h, (void)q;
	buffer_printf(&r->body, "our own %d", status);
}

static void
the_house_may_write_the_errors(void **state)
{
	struct server *s = testing_house_open(
		*state, (struct server_config){.error = own_error});
	const char *got = testing_http_ask(s, "GET /.. HTTP/1.1\r\n" CLOSE "\r\n");

	assert_int_equal(testing_http_status(got), 400);
	assert_string_equal(testing_http_body(got), "our own 400");
	server_stop(s, 1);
}

static void
only_a_trusted_proxy_is_believed(void **state)
{
	static const char request[] = "GET / HTTP/1.1\r\n" CLOSE
				      "X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\n"
				      "X-Forwarded-For: 10.0.0.1\r\n\r\n";
	struct server *s = testing_house_open(
		*state, (struct server_config){.trusted_proxy = "10.0.0.1, 127.0.0.1"});

	assert_non_null(strstr(testing_http_ask(s, request), "peer 198.51.100.7\n"));
	assert_non_null(strstr(ASK(request), "peer 127.0.0.1\n"));
	server_stop(s, 1);
}

enum { CLIENTS = 64, ROUNDS = 20 };

static void *
run_client(void *context)
{
	int *good = context;
	int fd = testing_http_connect(testing_house_server());
	char request[128], answer_text[4096];

	for (int i = 0; i < ROUNDS; i++) {
		size_t n = 0;
		ssize_t got = 1;
		int bytes = 10 + i;

		snprintf(request, sizeof request,
			"GET /fill?bytes=%d&later=%s HTTP/1.1\r\nHost: a\r\n\r\n", bytes,
			i % 3 ? "yes" : "");
		testing_http_send(fd, request);
		while (got > 0) {
			char *body;

			got = recv(fd, answer_text + n, sizeof answer_text - 1 - n, 0);
			n += got > 0 ? (size_t)got : 0;
			answer_text[n] = 0;
			body = strstr(answer_text, "\r\n\r\n");
			if (body && strlen(body + 4) == (size_t)bytes)
				break;
		}
		*good += got > 0;
	}
	close(fd);
	return NULL;
}

static void
many_clients_are_served_from_several_threads(void **state)
{
	pthread_t clients[CLIENTS];
	int good[CLIENTS] = {0};

	(void)state;
	for (int i = 0; i < CLIENTS; i++)
		pthread_create(&clients[i], NULL, run_client, &good[i]);
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(clients[i], NULL);
		assert_int_equal(good[i], ROUNDS);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_has_the_security_headers),
		cmocka_unit_test(a_handler_may_choose_its_own_policies),
		cmocka_unit_test(redirects_are_local_and_cookies_are_guarded),
		cmocka_unit_test(https_makes_cookies_secure_and_says_so),
		cmocka_unit_test(behind_https_only_cookies_of_this_host_are_read),
		cmocka_unit_test(attachments_are_inert),
		cmocka_unit_test(head_is_get_without_the_body),
		cmocka_unit_test(a_known_tag_is_answered_304),
		cmocka_unit_test(large_pages_are_compressed_for_who_can_read_them),
		cmocka_unit_test(errors_speak_the_language_of_the_path),
		cmocka_unit_test(the_house_may_write_the_errors),
		cmocka_unit_test(only_a_trusted_proxy_is_believed),
		cmocka_unit_test(many_clients_are_served_from_several_threads),
	};

	return cmocka_run_group_tests(tests, testing_house_begin, testing_house_end);
}
