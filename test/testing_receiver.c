/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_receiver.h"

#include "http/server.h"
#include "testing.h"

#include <ctype.h>
#include <pthread.h>
#include <string.h>

enum { MOST = 1000, SAYINGS = 64 };

struct testing_receiver {
	struct server *server;
	const char *address;
	pthread_mutex_t lock;
	struct arena *arena;
	struct testing_letter letters[MOST];
	int count, failed;
	struct {
		const char *path;
		struct testing_saying what;
	} sayings[SAYINGS];
	int saying_count;
};

static struct body_rule
any_body(void *house, const struct request *q)
{
	(void)house, (void)q;
	return (struct body_rule){.form = 1024 * 1024, .upload = 1024 * 1024, .files = 4};
}

static struct pairs
copy(struct arena *a, const struct pairs *p)
{
	struct pairs made = {NULL, 0};

	for (int i = 0; i < p->count; i++) {
		char *name = arena_copy(a, p->at[i].name);

		for (char *c = name; *c; c++)
			*c = (char)tolower((unsigned char)*c);
		pairs_add(a, &made, name, arena_copy(a, p->at[i].value));
	}
	return made;
}

/* Under the lock. */
static void
keep(struct testing_receiver *t, const struct request *q)
{
	if (t->count == MOST)
		return;
	t->letters[t->count++] = (struct testing_letter){
		.method = q->method == GET ? "GET" : "POST",
		.path = arena_copy(t->arena, q->path),
		.body = arena_text(t->arena, q->body.at, q->body.len),
		.headers = copy(t->arena, &q->headers),
		.query = copy(t->arena, &q->query),
		.form = copy(t->arena, &q->form),
	};
}

static struct testing_saying
saying(const struct testing_receiver *t, const char *path)
{
	for (int i = t->saying_count - 1; i >= 0; i--)
		if (strcmp(t->sayings[i].path, path) == 0)
			return t->sayings[i].what;
	return (struct testing_saying){.body = bytes_of("fine")};
}

static void
say(const struct testing_saying *s, struct reply *r)
{
	if (s->status)
		r->status = s->status;
	if (s->type)
		r->type = s->type;
	if (s->location)
		reply_header(r, "Location", s->location);
	buffer_add(&r->body, s->body.at, s->body.len);
}

static void
answer(void *house, struct exchange *x)
{
	struct testing_receiver *t = house;
	const struct request *q = exchange_request(x);
	struct reply *r = exchange_reply(x);

	pthread_mutex_lock(&t->lock);
	keep(t, q);
	r->type = "text/xml; charset=utf-8";
	if (strcmp(q->path, "/fail") == 0) {
		r->status = 500;
	} else if (strcmp(q->path, "/fail-twice") == 0 && t->failed++ < 2) {
		r->status = 500;
	} else if (strcmp(q->path, "/gone") == 0) {
		r->status = 410;
	} else if (strcmp(q->path, "/move") == 0) {
		r->status = 302;
		reply_header(r, "Location", "/in");
	} else {
		struct testing_saying s = saying(t, q->path);

		say(&s, r);
	}
	pthread_mutex_unlock(&t->lock);
	exchange_finish(x);
}

struct testing_receiver *
testing_receiver_start(void)
{
	struct arena *a = testing_arena();
	struct testing_receiver *t = arena_alloc(a, sizeof *t);
	struct server_config c = {
		.listen = "127.0.0.1:0",
		.base = "http://127.0.0.1",
		.threads = 1,
		.body = any_body,
		.answer = answer,
		.house = t,
	};

	t->arena = arena_new();
	pthread_mutex_init(&t->lock, NULL);
	t->server = server_start(&c);
	assert_non_null(t->server);
	t->address = arena_printf(a, "http://127.0.0.1:%d", server_port(t->server));
	return t;
}

void
testing_receiver_stop(struct testing_receiver *t)
{
	server_stop(t->server, 2);
	pthread_mutex_destroy(&t->lock);
	arena_free(t->arena);
}

const char *
testing_receiver_address(const struct testing_receiver *t)
{
	return t->address;
}

void
testing_receiver_say(struct testing_receiver *t, const char *path, const char *body)
{
	testing_receiver_answer(t, path, (struct testing_saying){.body = bytes_of(body)});
}

void
testing_receiver_answer(
	struct testing_receiver *t, const char *path, struct testing_saying s)
{
	unsigned char *copied;

	pthread_mutex_lock(&t->lock);
	assert_true(t->saying_count < SAYINGS);
	copied = arena_alloc(t->arena, s.body.len + 1);
	if (s.body.len)
		memcpy(copied, s.body.at, s.body.len);
	s.body.at = copied;
	t->sayings[t->saying_count].path = arena_copy(t->arena, path);
	t->sayings[t->saying_count++].what = s;
	pthread_mutex_unlock(&t->lock);
}

int
testing_receiver_count(struct testing_receiver *t)
{
	int n;

	pthread_mutex_lock(&t->lock);
	n = t->count;
	pthread_mutex_unlock(&t->lock);
	return n;
}

const struct testing_letter *
testing_receiver_letter(struct testing_receiver *t, int i)
{
	assert_true(i < testing_receiver_count(t));
	return &t->letters[i];
}

void
testing_receiver_forget(struct testing_receiver *t)
{
	pthread_mutex_lock(&t->lock);
	t->count = t->failed = t->saying_count = 0;
	pthread_mutex_unlock(&t->lock);
}
