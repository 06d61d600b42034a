/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/testing_house.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

static void
forms_queries_and_cookies_arrive_as_text(void **state)
{
	const char *got = ASK("POST /?q=a%20b&q=c&e HTTP/1.1\r\n" CLOSE
			      "Cookie: a=1; b=\"2\"; bad; c=%C3\r\nCookie: d=4\r\n"
			      "Content-Type: application/x-www-form-urlencoded; "
			      "charset=utf-8\r\n"
			      "Content-Length: 24\r\n\r\nname=%C3%89+ve&name=&x=y");

	(void)state;
	assert_string_equal(testing_http_body(got),
		"peer 127.0.0.1\nquery q=a b\nquery q=c\nquery e=\nform name=É ve\n"
		"form name=\nform x=y\ncookie a=1\ncookie b=2\ncookie c=%C3\n"
		"cookie d=4\nbody 0 bytes\n");
}

static void
text_that_is_not_utf8_is_refused(void **state)
{
	(void)state;
	assert_int_equal(testing_http_status(
				 ASK("POST / HTTP/1.1\r\n" CLOSE
				     "Content-Type: application/x-www-form-urlencoded\r\n"
				     "Content-Length: 5\r\n\r\na=%FF")),
		400);
}

static void
uploads_are_binary_and_whole(void **state)
{
	enum { SIZE = 250000 };
	CURL *c = curl_easy_init();
	curl_mime *form = curl_mime_init(c);
	curl_mimepart *part = curl_mime_addpart(form);
	char *data = arena_alloc(testing_arena(), SIZE);
	struct answer got;
	const char *expected;

	(void)state;
	for (int i = 0; i < SIZE; i++)
		data[i] = (char)(i * 7 + i / 251);
	curl_mime_name(part, "photo");
	curl_mime_filename(part, "../bild \xC3\xA4.png");
	curl_mime_type(part, "image/png");
	curl_mime_data(part, data, SIZE);
	part = curl_mime_addpart(form);
	curl_mime_name(part, "words");
	curl_mime_data(part, "two\r\nlines", CURL_ZERO_TERMINATED);
	part = curl_mime_addpart(form);
	curl_mime_name(part, "none");
	curl_mime_filename(part, "");
	curl_mime_type(part, "application/octet-stream");
	curl_mime_data(part, "", 0);
	curl_easy_setopt(c, CURLOPT_MIMEPOST, form);

	got = testing_house_fetch(c, testing_house_server(), "/upload");
	expected = arena_printf(testing_arena(),
		"peer 127.0.0.1\nform words=two\r\nlines\n"
		"file photo=../bild ä.png (image/png) %d bytes %08lx\nbody 0 bytes\n",
		SIZE, crc32(0, (const Bytef *)data, SIZE));
	assert_string_equal(buffer_text(&got.body), expected);
	curl_mime_free(form);
	curl_easy_cleanup(c);
}

/* A form of so many files of so many bytes each, and a text field. */
static struct answer
post_files(const char *path, int files, size_t size, size_t text)
{
	CURL *c = curl_easy_init();
	curl_mime *form = curl_mime_init(c);
	char *data = arena_alloc(testing_arena(), size + text + 1);
	struct answer got;
	curl_mimepart *part = curl_mime_addpart(form);

	memset(data, 'x', size + text);
	curl_mime_name(part, "words");
	curl_mime_data(part, data, text);
	for (int i = 0; i < files; i++) {
		part = curl_mime_addpart(form);
		curl_mime_name(part, "f");
		curl_mime_filename(part, "f.bin");
		curl_mime_data(part, data, size);
	}
	curl_easy_setopt(c, CURLOPT_MIMEPOST, form);
	got = testing_house_fetch(c, testing_house_server(), path);
	curl_mime_free(form);
	curl_easy_cleanup(c);
	return got;
}

static void
what_is_too_large_is_refused_with_a_page(void **state)
{
	(void)state;
	assert_int_equal(post_files("/upload", 2, 300000, 10).status, 200);
	assert_int_equal(post_files("/upload", 1, 300001, 10).status, 413);
	assert_int_equal(post_files("/upload", 3, 10, 10).status, 413);
	assert_int_equal(post_files("/upload", 0, 0, 1001).status, 413);
	assert_int_equal(post_files("/", 1, 10, 10).status, 413);
	assert_int_equal(post_files("/upload", 2, 5000000, 10).status, 413);
	assert_int_equal(post_files("/missing", 2, 5000000, 10).status, 404);
}

static void
an_upload_with_nowhere_to_go_is_our_fault(void **state)
{
	struct server *s = testing_house_open(
		*state, (struct server_config){.spool = "/proc/nowhere"});
	const char *got = testing_http_ask(s,
		"POST /upload HTTP/1.1\r\n" CLOSE "Content-Length: 73\r\n"
		"Content-Type: multipart/form-data; boundary=X\r\n\r\n--X\r\n"
		"Content-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n"
		"c\r\n--X--\r\n");

	assert_int_equal(testing_http_status(got), 503);
	server_stop(s, 1);
}

static void
a_chunked_body_has_the_same_limit(void **state)
{
	char *body = arena_alloc(testing_arena(), 1001);
	const char *format = "POST / HTTP/1.1\r\n" CLOSE
			     "Transfer-Encoding: chunked\r\n\r\n"
			     "3e8\r\n%s\r\n%s0\r\n\r\n";

	(void)state;
	memset(body, 'x', 1000);
	assert_non_null(strstr(
		ASK(arena_printf(testing_arena(), format, body, "")), "body 1000 bytes"));
	assert_int_equal(testing_http_status(ASK(arena_printf(
				 testing_arena(), format, body, "1\r\nx\r\n"))),
		413);
}

static void
a_refused_body_leaves_the_connection_usable(void **state)
{
	int fd = testing_http_connect(testing_house_server());
	char *body = arena_alloc(testing_arena(), 5001);

	(void)state;
	memset(body, 'x', 5000);
	testing_http_send(fd, "POST / HTTP/1.1\r\nHost: a\r\n"
			      "Content-Length: 5000\r\n\r\n");
	testing_http_send(fd, body);
	assert_int_equal(testing_http_status(testing_http_until(fd, "</html>")), 413);
	testing_http_send(fd, "GET /fill?bytes=3 HTTP/1.1\r\n" CLOSE "\r\n");
	assert_string_equal(testing_http_body(testing_http_rest(fd)), "abc");
	close(fd);
}

static void
an_announced_body_is_refused_unsent(void **state)
{
	const char *got = ASK("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
			      "Content-Length: 5000\r\n\r\n");

	(void)state;
	assert_int_equal(testing_http_status(got), 413);
	got = ASK("POST / HTTP/1.1\r\n" CLOSE "Expect: 100-continue\r\n"
		  "Content-Length: 3\r\n\r\nabc");
	assert_int_equal(testing_http_status(got), 100);
	assert_non_null(strstr(got, "body 3 bytes"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_queries_and_cookies_arrive_as_text),
		cmocka_unit_test(text_that_is_not_utf8_is_refused),
		cmocka_unit_test(uploads_are_binary_and_whole),
		cmocka_unit_test(what_is_too_large_is_refused_with_a_page),
		cmocka_unit_test(an_upload_with_nowhere_to_go_is_our_fault),
		cmocka_unit_test(a_chunked_body_has_the_same_limit),
		cmocka_unit_test(a_refused_body_leaves_the_connection_usable),
		cmocka_unit_test(an_announced_body_is_refused_unsent),
	};

	return cmocka_run_group_tests(tests, testing_house_begin, testing_house_end);
}
