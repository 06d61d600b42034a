/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * http-bench [PORT]: serves one page of 4 KiB at every address and an event stream at
 * /events until it is told to stop (SIGTERM); prints the port. Posts are answered from
 * another thread, as the write lanes do. For test/bench/http.
 */
#include "http/server.h"
#include "http/stream.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 4096, MOST = 65536 };

static struct streams *hub;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static struct exchange *queue[MOST];
static int queued;
static char page[PAGE];

static void
write_page(struct exchange *x)
{
	buffer_add(&exchange_reply(x)->body, page, PAGE);
	exchange_finish(x);
}

/* Answers all that wait at once, as a group commit does. */
static void *
run_lane(void *nothing)
{
	static struct exchange *batch[MOST];

	for (;;) {
		int n;

		pthread_mutex_lock(&lock);
		while (queued == 0)
			pthread_cond_wait(&more, &lock);
		n = queued;
		memcpy(batch, queue, (size_t)n * sizeof *batch);
		queued = 0;
		pthread_mutex_unlock(&lock);
		for (int i = 0; i < n; i++)
			write_page(batch[i]);
	}
	return nothing;
}

static void
answer(void *house, struct exchange *x)
{
	struct request *q = exchange_request(x);

	(void)house;
	if (q->method == POST) {
		pthread_mutex_lock(&lock);
		queue[queued++] = x;
		pthread_cond_signal(&more);
		pthread_mutex_unlock(&lock);
	} else if (strcmp(q->path, "/events") == 0) {
		(void)reply_stream(
			exchange_reply(x), hub, &(struct stream_owner){.at = ""});
		exchange_finish(x);
	} else {
		write_page(x);
	}
}

static struct body_rule
rule(void *house, const struct request *q)
{
	(void)house, (void)q;
	return (struct body_rule){.form = 65536};
}

int
main(int argc, char **argv)
{
	char listen[32] = "127.0.0.1:0";
	struct server_config c = {
		.listen = listen,
		.base = "http://127.0.0.1",
		.body = rule,
		.answer = answer,
	};
	struct server *s;
	pthread_t lane;
	sigset_t wanted;
	int got;

	if (argc > 1)
		snprintf(listen, sizeof listen, "127.0.0.1:%s", argv[1]);
	for (int i = 0; i < PAGE; i++)
		page[i] = (char)("<p>words </p>\n"[i % 14]);
	sigemptyset(&wanted);
	sigaddset(&wanted, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &wanted, NULL);
	hub = streams_new();
	if (pthread_create(&lane, NULL, run_lane, NULL) != 0 || !(s = server_start(&c)))
		return 1;
	printf("%d\n", server_port(s));
	fflush(stdout);
	sigwait(&wanted, &got);
	server_stop(s, 5);
	return 0;
}
