/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/testing_http.h"

#include "base/buffer.h"
#include "http/reply.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

/* A house whose answers show what it was asked. */
struct house {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct exchange *queue[256];
	int queued;
	bool is_over;
	pthread_t lane;
	_Atomic int held; /* exchanges that nobody finishes until told */
	struct exchange *hostage;
};

static void
print_pairs(struct buffer *b, const char *title, const struct pairs *p)
{
	for (int i = 0; i < p->count; i++)
		buffer_printf(b, "%s %s=%s\n", title, p->at[i].name, p->at[i].value);
}

static void
print_uploads(struct buffer *b, const struct request *q)
{
	for (int i = 0; i < q->upload_count; i++) {
		const struct upload *u = &q->uploads[i];
		unsigned char piece[4096];
		uLong sum = crc32(0, NULL, 0);
		ssize_t n;

		while ((n = read(u->fd, piece, sizeof piece)) > 0)
			sum = crc32(sum, piece, (uInt)n);
		buffer_printf(b, "file %s=%s (%s) %ld bytes %08lx\n", u->field,
			u->filename, u->type, (long)u->size, sum);
	}
}

static void
show(const struct request *q, struct reply *r)
{
	r->type = "text/plain; charset=utf-8";
	buffer_printf(&r->body, "peer %s\n", q->peer);
	print_pairs(&r->body, "query", &q->query);
	print_pairs(&r->body, "form", &q->form);
	print_pairs(&r->body, "cookie", &q->cookies);
	print_uploads(&r->body, q);
	buffer_printf(&r->body, "body %zu bytes\n", q->body.len);
}

static void
fill(const struct request *q, struct reply *r)
{
	int64_t n = query_int(q, "bytes", 0, 100000000, 0);

	for (int64_t i = 0; i < n; i++)
		buffer_char(&r->body, (char)('a' + i % 23));
}

static void
write_answer(const struct request *q, struct reply *r)
{
	if (strcmp(q->path, "/fill") == 0) {
		fill(q, r);
	} else if (strcmp(q->path, "/tag") == 0) {
		reply_etag(r, query_text(q, "tag"));
		fill(q, r);
	} else if (strcmp(q->path, "/move") == 0) {
		(void)reply_see_other(r, "//x/%s/y?n=%ld&p=100%%", "a b/é", (int64_t)-7);
		reply_cookie(r, "session", "abc", 3600);
		reply_cookie(r, "old", "", 0);
	} else if (strcmp(q->path, "/file") == 0) {
		(void)reply_attachment(r, "text/html", "b\"ö;\r\n.html",
			bytes_of("<script>alert(1)</script>"));
	} else if (strcmp(q->path, "/kept") == 0) {
		reply_header(r, "Cache-Control", "max-age=60");
		r->policy = "default-src 'self'";
	} else if (strcmp(q->path, "/missing") == 0) {
		r->status = 404;
	} else {
		show(q, r);
	}
}

static void *
run_lane(void *context)
{
	struct house *h = context;

	pthread_mutex_lock(&h->lock);
	while (!h->is_over || h->queued > 0) {
		struct exchange *x;

		if (h->queued == 0) {
			pthread_cond_wait(&h->more, &h->lock);
			continue;
		}
		x = h->queue[--h->queued];
		pthread_mutex_unlock(&h->lock);
		write_answer(exchange_request(x), exchange_reply(x));
		exchange_finish(x);
		pthread_mutex_lock(&h->lock);
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

static void
hand_on(struct house *h, struct exchange *x)
{
	pthread_mutex_lock(&h->lock);
	assert_true(h->queued < 256);
	h->queue[h->queued++] = x;
	pthread_cond_signal(&h->more);
	pthread_mutex_unlock(&h->lock);
}

static void
answer(void *house, struct exchange *x)
{
	struct house *h = house;
	struct request *q = exchange_request(x);

	exchange_keep(x, h);
	assert_ptr_equal(exchange_kept(x), h);
	if (*query_text(q, "later")) {
		hand_on(h, x);
	} else if (strcmp(q->path, "/hold") == 0) {
		h->hostage = x;
		atomic_fetch_add(&h->held, 1);
	} else {
		write_answer(q, exchange_reply(x));
		exchange_finish(x);
	}
}

static struct body_rule
rule(void *house, const struct request *q)
{
	(void)house;
	if (strcmp(q->path, "/missing") == 0)
		return (struct body_rule){.form = -1};
	if (strcmp(q->path, "/upload") == 0)
		return (struct body_rule){.form = 1000, .upload = 300000, .files = 2};
	return (struct body_rule){.form = 1000};
}

static struct house *
house_new(void)
{
	struct house *h = calloc(1, sizeof *h);

	assert_non_null(h);
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->more, NULL);
	assert_int_equal(pthread_create(&h->lane, NULL, run_lane, h), 0);
	return h;
}

static void
house_free(struct house *h)
{
	pthread_mutex_lock(&h->lock);
	h->is_over = true;
	pthread_cond_signal(&h->more);
	pthread_mutex_unlock(&h->lock);
	pthread_join(h->lane, NULL);
	pthread_mutex_destroy(&h->lock);
	pthread_cond_destroy(&h->more);
	free(h);
}

static struct server *
open_house(struct house *h, struct server_config c)
{
	c.house = h;
	c.answer = answer;
	c.body = rule;
	return testing_http_start(&c);
}

/* What most tests share. */
static struct house *house;
static struct server *server;

static int
begin(void **state)
{
	(void)state;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	house = house_new();
	server = open_house(house, (struct server_config){0});
	return 0;
}

static int
end(void **state)
{
	(void)state;
	server_stop(server, 2);
	house_free(house);
	curl_global_cleanup();
	return 0;
}

#define CLOSE "Host: desk\r\nConnection: close\r\n"
#define ASK(text) testing_http_ask(server, text)

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
	struct server *s = open_house(
		house, (struct server_config){.base = "https://desk.example.org"});
	const char *got = testing_http_ask(s, "GET /move HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_non_null(strstr(got, "Max-Age=3600; Secure\r\n"));
	assert_string_equal(testing_http_header(got, "Strict-Transport-Security"),
		"max-age=31536000");
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
		"default-src 'none'; sandbox");
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

static size_t
append(char *at, size_t size, size_t n, void *context)
{
	buffer_add(context, at, size * n);
	return size * n;
}

struct answer {
	long status;
	struct buffer body, head;
};

/* A request by a real client. */
static struct answer
fetch(CURL *c, const struct server *s, const char *path)
{
	struct answer a = {
		.body = buffer_in(testing_arena(), 0),
		.head = buffer_in(testing_arena(), 0),
	};
	char url[256];

	snprintf(url, sizeof url, "http://127.0.0.1:%d%s", server_port(s), path);
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, 20L);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, append);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &a.body);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, append);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, &a.head);
	assert_int_equal(curl_easy_perform(c), CURLE_OK);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &a.status);
	return a;
}

static void
large_pages_are_compressed_for_who_can_read_them(void **state)
{
	CURL *c = curl_easy_init();
	struct answer plain, packed;

	(void)state;
	plain = fetch(c, server, "/fill?bytes=50000");
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
	packed = fetch(c, server, "/fill?bytes=50000");
	assert_int_equal(plain.body.len, 50000);
	assert_string_equal(buffer_text(&packed.body), buffer_text(&plain.body));
	assert_non_null(strstr(buffer_text(&packed.head), "Content-Encoding: gzip\r\n"));
	assert_non_null(strstr(buffer_text(&packed.head), "Vary: Accept-Encoding\r\n"));
	assert_null(strstr(buffer_text(&plain.head), "Content-Encoding"));
	assert_non_null(strstr(buffer_text(&plain.head), "Vary: Accept-Encoding\r\n"));
	packed = fetch(c, server, "/fill?bytes=1000");
	assert_null(strstr(buffer_text(&packed.head), "Content-Encoding"));
	packed = fetch(c, server, "/file");
	assert_null(strstr(buffer_text(&packed.head), "Content-Encoding"));
	curl_easy_cleanup(c);
}

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

	got = fetch(c, server, "/upload");
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
	got = fetch(c, server, path);
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
	int fd = testing_http_connect(server);
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
	struct server *s = open_house(house, (struct server_config){.error = own_error});
	const char *got = testing_http_ask(s, "GET /.. HTTP/1.1\r\n" CLOSE "\r\n");

	(void)state;
	assert_int_equal(testing_http_status(got), 400);
	assert_string_equal(testing_http_body(got), "our own 400");
	server_stop(s, 1);
}

enum { CLIENTS = 64, ROUNDS = 20 };

static void *
run_client(void *context)
{
	int *good = context;
	int fd = testing_http_connect(server);
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

static void
slow_clients_are_dropped_in_each_phase(void **state)
{
	static const char *const starts[] = {"", "GET / HT", "GET / HTTP/1.1\r\nHost: ",
		"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"};
	struct server *s = open_house(
		house, (struct server_config){
			       .waits = {.headers = 80, .body = 120, .idle = 100}});
	int fd;

	(void)state;
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
	struct server *s = open_house(
		house, (struct server_config){.waits = {.answer = 100}});
	int fd = testing_http_connect(s);
	int small = 4096;

	(void)state;
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
	struct server *s = open_house(house,
		(struct server_config){.rate = 1, .burst = 3, .guard_loopback = true});
	int statuses[5];

	(void)state;
	for (int i = 0; i < 5; i++) {
		const char *got = testing_http_ask(s, "GET / HTTP/1.1\r\n" CLOSE "\r\n");

		statuses[i] = testing_http_status(got);
		if (statuses[i] == 429)
			assert_string_equal(testing_http_header(got, "Retry-After"), "1");
	}
	assert_int_equal(statuses[2], 200);
	assert_int_equal(statuses[3], 429);
	assert_int_equal(statuses[4], 429);
	assert_int_equal(server_figures(s).refused, 2);
	server_stop(s, 1);
}

static void
a_peer_has_so_many_connections(void **state)
{
	struct server *s = open_house(
		house, (struct server_config){
			       .connections_per_peer = 2, .guard_loopback = true});
	int a = testing_http_connect(s), b = testing_http_connect(s);
	int c = testing_http_connect(s);

	(void)state;
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
	struct server *s = open_house(house, (struct server_config){.connections = 2});
	int a = testing_http_connect(s), b = testing_http_connect(s);
	int c = testing_http_connect(s);
	const char *got = testing_http_rest(c);

	(void)state;
	assert_int_equal(testing_http_status(got), 503);
	assert_non_null(testing_http_header(got, "Retry-After"));
	close(a);
	close(b);
	close(c);
	server_stop(s, 1);
}

static void
only_a_trusted_proxy_is_believed(void **state)
{
	static const char request[] = "GET / HTTP/1.1\r\n" CLOSE
				      "X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\n"
				      "X-Forwarded-For: 10.0.0.1\r\n\r\n";
	struct server *s = open_house(
		house, (struct server_config){.trusted_proxy = "10.0.0.1, 127.0.0.1"});

	(void)state;
	assert_non_null(strstr(testing_http_ask(s, request), "peer 198.51.100.7\n"));
	assert_non_null(strstr(ASK(request), "peer 127.0.0.1\n"));
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
	struct server *s = open_house(house, (struct server_config){0});
	int held = testing_http_connect(s), idle = testing_http_connect(s);
	pthread_t stopper;
	const char *got;

	(void)state;
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
	struct server *s = open_house(house, (struct server_config){0});
	int fd = testing_http_connect(s);

	(void)state;
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
a_port_in_use_is_not_taken_twice(void **state)
{
	char address[32];
	struct server_config c = {.listen = address, .answer = answer, .body = rule};

	(void)state;
	snprintf(address, sizeof address, "127.0.0.1:%d", server_port(server));
	assert_null(server_start(&c));
	c.listen = "nonsense";
	assert_null(server_start(&c));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_has_the_security_headers),
		cmocka_unit_test(a_handler_may_choose_its_own_policies),
		cmocka_unit_test(redirects_are_local_and_cookies_are_guarded),
		cmocka_unit_test(https_makes_cookies_secure_and_says_so),
		cmocka_unit_test(attachments_are_inert),
		cmocka_unit_test(head_is_get_without_the_body),
		cmocka_unit_test(a_known_tag_is_answered_304),
		cmocka_unit_test(large_pages_are_compressed_for_who_can_read_them),
		cmocka_unit_test(forms_queries_and_cookies_arrive_as_text),
		cmocka_unit_test(text_that_is_not_utf8_is_refused),
		cmocka_unit_test(uploads_are_binary_and_whole),
		cmocka_unit_test(what_is_too_large_is_refused_with_a_page),
		cmocka_unit_test(a_chunked_body_has_the_same_limit),
		cmocka_unit_test(a_refused_body_leaves_the_connection_usable),
		cmocka_unit_test(an_announced_body_is_refused_unsent),
		cmocka_unit_test(errors_speak_the_language_of_the_path),
		cmocka_unit_test(the_house_may_write_the_errors),
		cmocka_unit_test(many_clients_are_served_from_several_threads),
		cmocka_unit_test(slow_clients_are_dropped_in_each_phase),
		cmocka_unit_test(a_client_that_does_not_read_is_dropped),
		cmocka_unit_test(a_peer_that_asks_too_often_is_told_to_wait),
		cmocka_unit_test(a_peer_has_so_many_connections),
		cmocka_unit_test(a_full_house_says_so),
		cmocka_unit_test(only_a_trusted_proxy_is_believed),
		cmocka_unit_test(stopping_lets_answers_in_flight_finish),
		cmocka_unit_test(stopping_does_not_wait_for_ever),
		cmocka_unit_test(a_port_in_use_is_not_taken_twice),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
