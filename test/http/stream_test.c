/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/testing_http.h"

#include "http/stream.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct streams *hub;

/* Owners and subjects are numbers; 0 is told everything. */
static bool
sees(const void *owner, const void *subject)
{
	int64_t a, b;

	memcpy(&a, owner, sizeof a);
	memcpy(&b, subject, sizeof b);
	return a == 0 || a == b;
}

static void
answer(void *house, struct exchange *x)
{
	int64_t owner = query_int(exchange_request(x), "owner", 0, 1000, 0);
	struct stream_owner o = {sees, &owner, sizeof owner, streams_endings(hub)};

	(void)house;
	assert_int_equal(reply_stream(exchange_reply(x), hub, &o), DONE);
	exchange_finish(x);
}

static struct server *
begin(struct server_waits waits)
{
	struct server_config c = {.answer = answer, .waits = waits};

	hub = streams_new();
	return testing_http_start(&c);
}

static void
end(struct server *s)
{
	server_stop(s, 1);
	streams_free(hub);
}

static int
join(struct server *s, int owner)
{
	int fd = testing_http_connect(s);

	testing_http_send(
		fd, arena_printf(testing_arena(),
			    "GET /?owner=%d HTTP/1.1\r\nHost: a\r\n\r\n", owner));
	assert_non_null(strstr(testing_http_until(fd, "retry: "), "retry: "));
	return fd;
}

static void
tell(int64_t subject, const char *data)
{
	struct notice n = {.event = "ticket", .data = data, .subject = &subject};

	streams_tell(hub, &n);
}

static void
a_stream_is_told_what_its_owner_may_see(void **state)
{
	struct server *s = begin((struct server_waits){0});
	int all = join(s, 0), one = join(s, 1), two = join(s, 2);
	const char *got;

	(void)state;
	tell(1, "{\"n\":1}");
	tell(2, "{\"n\":2}");
	tell(1, "{\"n\":3}");
	assert_non_null(strstr(testing_http_until(one, "\"n\":3"),
		"event: ticket\ndata: {\"n\":1}\n\n"));
	got = testing_http_until(two, "\"n\":2");
	assert_null(strstr(got, "\"n\":1"));
	got = testing_http_until(all, "\"n\":3");
	assert_true(strstr(got, "\"n\":1") < strstr(got, "\"n\":2"));
	assert_int_equal(server_figures(s).streams, 3);
	close(all);
	close(one);
	close(two);
	end(s);
}

static void
a_stream_says_what_it_is(void **state)
{
	struct server *s = begin((struct server_waits){0});
	int fd = testing_http_connect(s);
	const char *got;

	(void)state;
	testing_http_send(fd, "GET / HTTP/1.1\r\nHost: a\r\n"
			      "Accept-Encoding: gzip\r\n\r\n");
	got = testing_http_until(fd, "retry: ");
	assert_string_equal(
		testing_http_header(got, "Content-Type"), "text/event-stream");
	assert_string_equal(testing_http_header(got, "Cache-Control"), "no-store");
	assert_string_equal(testing_http_header(got, "X-Accel-Buffering"), "no");
	assert_non_null(testing_http_header(got, "Content-Security-Policy"));
	assert_null(testing_http_header(got, "Content-Encoding"));
	close(fd);
	end(s);
}

static void
a_silent_stream_gets_comments(void **state)
{
	struct server *s = begin((struct server_waits){.stream = 40});
	int fd = join(s, 0);

	(void)state;
	assert_non_null(strstr(testing_http_until(fd, ":\n\n"), ":\n\n"));
	assert_non_null(strstr(testing_http_until(fd, ":\n\n"), ":\n\n"));
	close(fd);
	/* The next comment finds that nobody is there. */
	testing_http_wait(server_figures(s).streams == 0);
	assert_int_equal(server_figures(s).streams, 0);
	end(s);
}

static void
a_reader_who_does_not_read_is_dropped(void **state)
{
	enum { LONG = 8000 };
	struct server *s = begin((struct server_waits){0});
	int fd, small = 4096, told = 0;
	char *data = arena_alloc(testing_arena(), LONG + 1);
	int good = join(s, 2);

	(void)state;
	memset(data, 'x', LONG);
	fd = testing_http_connect(s);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	testing_http_send(fd, "GET /?owner=1 HTTP/1.1\r\nHost: a\r\n\r\n");
	testing_http_wait(server_figures(s).streams == 2);
	while (server_figures(s).streams == 2 && told < 2000) {
		tell(1, data);
		told++;
		testing_http_pause(told % 16 == 0);
	}
	testing_http_wait(server_figures(s).streams == 1);
	assert_int_equal(server_figures(s).streams, 1);
	assert_true(told >= 64);

	/* Nobody else notices. */
	tell(2, "still here");
	assert_non_null(strstr(testing_http_until(good, "still here"), "still here"));
	close(fd);
	close(good);
	end(s);
}

static void
a_long_notice_arrives_whole(void **state)
{
	enum { LONG = 100000 };
	struct server *s = begin((struct server_waits){0});
	int fd = join(s, 0);
	char *data = arena_alloc(testing_arena(), LONG + 1);
	const char *got;
	int count = 0;

	(void)state;
	memset(data, 'x', LONG);
	tell(0, data);
	tell(0, "the end");
	got = testing_http_until(fd, "the end");
	for (const char *p = got; *p; p++)
		count += *p == 'x';
	assert_int_equal(count, LONG);
	close(fd);
	end(s);
}

static void
stopping_ends_streams(void **state)
{
	struct server *s = begin((struct server_waits){0});
	int fd = join(s, 0);
	const char *got;

	(void)state;
	tell(0, "last words");
	end(s);
	got = testing_http_rest(fd);
	assert_non_null(strstr(got, "last words"));
	assert_string_equal(got + strlen(got) - 5, "0\r\n\r\n");
	close(fd);
}

struct teller {
	pthread_t thread;
	int64_t subject;
	_Atomic bool is_over;
};

static void *
tell_many(void *context)
{
	struct teller *t = context;

	for (int i = 0; !atomic_load(&t->is_over); i++) {
		tell(t->subject, "{}");
		testing_http_pause(i % 8 == 0);
	}
	return NULL;
}

/* Streams come and go while several threads tell them things: for the sanitizers. */
static void
streams_come_and_go_while_they_are_told(void **state)
{
	struct server *s = begin((struct server_waits){.stream = 20});
	struct teller tellers[3];

	(void)state;
	for (int i = 0; i < 3; i++) {
		tellers[i].subject = i;
		atomic_init(&tellers[i].is_over, false);
		pthread_create(&tellers[i].thread, NULL, tell_many, &tellers[i]);
	}
	for (int i = 0; i < 60; i++) {
		int fd = join(s, i % 4);

		if (i % 3)
			testing_http_until(fd, ":");
		close(fd);
	}
	for (int i = 0; i < 3; i++) {
		atomic_store(&tellers[i].is_over, true);
		pthread_join(tellers[i].thread, NULL);
	}
	end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stream_is_told_what_its_owner_may_see),
		cmocka_unit_test(a_stream_says_what_it_is),
		cmocka_unit_test(a_silent_stream_gets_comments),
		cmocka_unit_test(a_reader_who_does_not_read_is_dropped),
		cmocka_unit_test(a_long_notice_arrives_whole),
		cmocka_unit_test(stopping_ends_streams),
		cmocka_unit_test(streams_come_and_go_while_they_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
