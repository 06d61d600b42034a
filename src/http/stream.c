/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/stream.h"

#include "base/log.h"
#include "base/random.h"
#include "http/wire.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* A small kernel buffer, so that a reader who is slow is soon seen to be. */
enum { RING = 64, KERNEL_BUFFER = 16 * 1024 };

/* What goes out, shared by all the streams it goes to. */
struct sent {
	_Atomic int holders;
	size_t len;
	char at[];
};

/* What a reply asks for; in its arena. */
struct stream_end {
	struct streams *hub;
	struct stream_owner owner;
};

struct streams {
	pthread_mutex_t lock;
	struct stream *first;
	struct sent *comment;
	_Atomic uint64_t endings;
};

/* An open stream. All but the server's list belongs to the hub's lock. */
struct stream {
	struct streams *hub;
	struct server *server;
	struct MHD_Connection *wire;
	int fd;
	stream_sees *sees;
	struct stream *next, *previous;
	struct stream *server_next, *server_previous;
	struct sent *ring[RING];
	int front, count;
	size_t offset;	   /* bytes of ring[front] already gone */
	bool is_suspended; /* the connection sleeps until there is something to say */
	bool has_ended;
	bool is_dropped;
	int64_t spoke; /* when something was last said; milliseconds */
	unsigned char owner[];
};

static struct sent *
sent_new(const char *text, size_t len)
{
	struct sent *t = malloc(sizeof *t + len);

	if (!t)
		log_fatal("out of memory");
	atomic_init(&t->holders, 1);
	t->len = len;
	memcpy(t->at, text, len);
	return t;
}

static void
sent_drop(struct sent *t)
{
	if (atomic_fetch_sub(&t->holders, 1) == 1)
		free(t);
}

struct streams *
streams_new(void)
{
	static const char comment[] = ":\n\n";
	struct streams *s = calloc(1, sizeof *s);

	if (!s)
		log_fatal("out of memory");
	pthread_mutex_init(&s->lock, NULL);
	s->comment = sent_new(comment, sizeof comment - 1);
	return s;
}

void
streams_free(struct streams *s)
{
	if (!s)
		return;
	assert(!s->first);
	sent_drop(s->comment);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

enum outcome
reply_stream(struct reply *r, struct streams *s, const struct stream_owner *owner)
{
	struct stream_end *end = arena_alloc(r->arena, sizeof *end);

	*end = (struct stream_end){s, *owner};
	end->owner.at = arena_text(r->arena, owner->at, owner->size);
	r->stream = end;
	return DONE;
}

static void
wake(struct stream *t)
{
	if (!t->is_suspended)
		return;
	t->is_suspended = false;
	MHD_resume_connection(t->wire);
}

static void
push(struct stream *t, struct sent *what)
{
	if (t->is_dropped || t->has_ended)
		return;
	if (t->count == RING) {
		t->is_dropped = true;
		shutdown(t->fd, SHUT_RDWR);
		wake(t);
		return;
	}
	atomic_fetch_add(&what->holders, 1);
	t->ring[(t->front + t->count++) % RING] = what;
	wake(t);
}

static struct sent *
write_notice(const struct notice *n)
{
	size_t room = strlen(n->event) + strlen(n->data) + sizeof "event: \ndata: \n\n";
	struct sent *t = malloc(sizeof *t + room);

	assert(!strpbrk(n->event, "\r\n") && !strpbrk(n->data, "\r\n"));
	if (!t)
		log_fatal("out of memory");
	atomic_init(&t->holders, 1);
	t->len = (size_t)snprintf(
		t->at, room, "event: %s\ndata: %s\n\n", n->event, n->data);
	return t;
}

void
streams_tell(struct streams *s, const struct notice *n)
{
	struct sent *what = NULL;

	pthread_mutex_lock(&s->lock);
	for (struct stream *t = s->first; t; t = t->next) {
		if (t->sees && !t->sees(t->owner, n->subject))
			continue;
		if (!what)
			what = write_notice(n);
		push(t, what);
	}
	pthread_mutex_unlock(&s->lock);
	if (what)
		sent_drop(what);
}

void
streams_end(struct streams *s, stream_is *is, const void *what)
{
	pthread_mutex_lock(&s->lock);
	atomic_fetch_add(&s->endings, 1);
	for (struct stream *t = s->first; t; t = t->next)
		if (!is || is(t->owner, what)) {
			t->has_ended = true;
			wake(t);
		}
	pthread_mutex_unlock(&s->lock);
}

uint64_t
streams_endings(const struct streams *s)
{
	return atomic_load(&s->endings);
}

/* The browser's wait before it reconnects differs from stream to stream, so that after a
 * restart not all come at once. */
static void
greet(struct stream *t)
{
	char text[64];
	int n = snprintf(
		text, sizeof text, "retry: %d\n\n", 2000 + (int)(random_number() % 3000));
	struct sent *hello = sent_new(text, (size_t)n);

	push(t, hello);
	sent_drop(hello);
}

static void
join(struct stream *t, uint64_t endings)
{
	struct server *s = t->server;

	pthread_mutex_lock(&s->streams_lock);
	t->has_ended = atomic_load(&s->orders) != PORTER_OPEN;
	t->server_next = s->streams;
	if (t->server_next)
		t->server_next->server_previous = t;
	s->streams = t;
	pthread_mutex_unlock(&s->streams_lock);

	pthread_mutex_lock(&t->hub->lock);
	if (atomic_load(&t->hub->endings) != endings)
		t->has_ended = true;
	t->next = t->hub->first;
	if (t->next)
		t->next->previous = t;
	t->hub->first = t;
	pthread_mutex_unlock(&t->hub->lock);
}

struct stream *
stream_open(struct exchange *x)
{
	const struct stream_end *end = x->reply.stream;
	struct stream *t = calloc(1, sizeof *t + end->owner.size);
	int small = KERNEL_BUFFER;

	if (!t)
		log_fatal("out of memory");
	t->hub = end->hub;
	t->server = x->server;
	t->wire = x->wire;
	t->fd = x->line->fd;
	t->sees = end->owner.sees;
	t->spoke = server_clock();
	memcpy(t->owner, end->owner.at, end->owner.size);
	setsockopt(t->fd, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
	greet(t);
	join(t, end->owner.endings);
	atomic_fetch_add(&x->server->stream_count, 1);
	return t;
}

/* Takes as much as fits off the ring. */
static size_t
fill(struct stream *t, char *to, size_t room)
{
	size_t n = 0;

	while (t->count > 0 && n < room) {
		struct sent *what = t->ring[t->front];
		size_t left = what->len - t->offset;
		size_t take = left < room - n ? left : room - n;

		memcpy(to + n, what->at + t->offset, take);
		n += take;
		t->offset += take;
		if (t->offset < what->len)
			break;
		sent_drop(what);
		t->front = (t->front + 1) % RING;
		t->count--;
		t->offset = 0;
	}
	return n;
}

ssize_t
stream_read(void *stream, uint64_t position, char *to, size_t room)
{
	struct stream *t = stream;
	ssize_t n = MHD_CONTENT_READER_END_WITH_ERROR;

	(void)position;
	pthread_mutex_lock(&t->hub->lock);
	if (!t->is_dropped) {
		n = (ssize_t)fill(t, to, room);
		if (n > 0) {
			t->spoke = server_clock();
		} else if (t->has_ended) {
			n = MHD_CONTENT_READER_END_OF_STREAM;
		} else {
			t->is_suspended = true;
			MHD_suspend_connection(t->wire);
		}
	}
	pthread_mutex_unlock(&t->hub->lock);
	return n;
}

static void
leave(struct stream *t)
{
	struct server *s = t->server;

	pthread_mutex_lock(&s->streams_lock);
	if (t->server_next)
		t->server_next->server_previous = t->server_previous;
	if (t->server_previous)
		t->server_previous->server_next = t->server_next;
	else
		s->streams = t->server_next;
	pthread_mutex_unlock(&s->streams_lock);

	pthread_mutex_lock(&t->hub->lock);
	if (t->next)
		t->next->previous = t->previous;
	if (t->previous)
		t->previous->next = t->next;
	else
		t->hub->first = t->next;
	pthread_mutex_unlock(&t->hub->lock);
}

void
stream_close(void *stream)
{
	struct stream *t = stream;

	leave(t);
	while (t->count > 0) {
		sent_drop(t->ring[t->front]);
		t->front = (t->front + 1) % RING;
		t->count--;
	}
	atomic_fetch_sub(&t->server->stream_count, 1);
	free(t);
}

void
stream_tend_all(struct server *s, int64_t now)
{
	pthread_mutex_lock(&s->streams_lock);
	for (struct stream *t = s->streams; t; t = t->server_next) {
		pthread_mutex_lock(&t->hub->lock);
		if (t->count == 0 && now - t->spoke >= s->waits.stream)
			push(t, t->hub->comment);
		pthread_mutex_unlock(&t->hub->lock);
	}
	pthread_mutex_unlock(&s->streams_lock);
}

void
stream_end_all(struct server *s)
{
	pthread_mutex_lock(&s->streams_lock);
	for (struct stream *t = s->streams; t; t = t->server_next) {
		pthread_mutex_lock(&t->hub->lock);
		t->has_ended = true;
		wake(t);
		pthread_mutex_unlock(&t->hub->lock);
	}
	pthread_mutex_unlock(&s->streams_lock);
}
