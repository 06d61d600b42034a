/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/testing_house.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

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

struct house *
testing_house_new(void)
{
	struct house *h = calloc(1, sizeof *h);

	assert_non_null(h);
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->more, NULL);
	assert_int_equal(pthread_create(&h->lane, NULL, run_lane, h), 0);
	return h;
}

void
testing_house_free(struct house *h)
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

struct server *
testing_house_open(struct house *h, struct server_config c)
{
	c.house = h;
	c.answer = answer;
	c.body = rule;
	return testing_http_start(&c);
}

static struct server *server;

int
testing_house_begin(void **state)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
	*state = testing_house_new();
	server = testing_house_open(*state, (struct server_config){0});
	return 0;
}

int
testing_house_end(void **state)
{
	server_stop(server, 2);
	testing_house_free(*state);
	curl_global_cleanup();
	return 0;
}

struct server *
testing_house_server(void)
{
	return server;
}

static size_t
append(char *at, size_t size, size_t n, void *context)
{
	buffer_add(context, at, size * n);
	return size * n;
}

struct answer
testing_house_fetch(CURL *c, const struct server *s, const char *path)
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
