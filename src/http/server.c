/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/log.h"
#include "base/random.h"
#include "base/times.h"
#include "http/wire.h"

#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	POOL = 16 * 1024, /* bytes libmicrohttpd has for the head of a request and of
			     its answer: what a waiting connection weighs at most */
	BACKLOG = 4096,
	MANY = 20000,
	OTHER_DESCRIPTORS = 256,
	UNREAD = 30000, /* ms after which the kernel gives up a peer that is gone */
	STEP = 5,	/* ms */
	QUIET = 100,	/* ms without a request, before idle connections are closed */
};

int64_t
server_clock(void)
{
	return times_ticks() / 1000;
}

static void
or_default(int *wait, int otherwise)
{
	if (*wait <= 0)
		*wait = otherwise;
}

static void
settle(struct server *s, const struct server_config *c)
{
	s->config = *c;
	s->waits = c->waits;
	or_default(&s->waits.headers, 10000);
	or_default(&s->waits.body, 20000);
	or_default(&s->waits.answer, 20000);
	or_default(&s->waits.idle, 30000);
	or_default(&s->waits.stream, 20000);
	or_default(&s->config.threads, (int)sysconf(_SC_NPROCESSORS_ONLN));
	or_default(&s->config.connections, MANY);
	if (!s->config.spool)
		s->config.spool = "/var/tmp";
	s->is_https = c->base && strncmp(c->base, "https://", 8) == 0;
}

/* Asks for as many descriptors as the connections need; takes what there is. */
static int
connections_possible(int wanted)
{
	rlim_t needed = (rlim_t)wanted + OTHER_DESCRIPTORS;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return wanted;
	if (limit.rlim_cur < needed) {
		limit.rlim_cur = needed < limit.rlim_max ? needed : limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
		getrlimit(RLIMIT_NOFILE, &limit);
	}
	if (limit.rlim_cur >= needed)
		return wanted;
	log_info("%ld descriptors allow fewer connections", (long)limit.rlim_cur);
	return limit.rlim_cur > 2 * OTHER_DESCRIPTORS
		       ? (int)limit.rlim_cur - OTHER_DESCRIPTORS
		       : OTHER_DESCRIPTORS;
}

/* "127.0.0.1:8080", "[::1]:0", ":8080" (every address). */
static bool
split_address(struct arena *a, const char *listen, const char **host, const char **port)
{
	const char *colon = strrchr(listen, ':');
	size_t n;

	if (!colon || !colon[1])
		return false;
	*port = colon + 1;
	n = (size_t)(colon - listen);
	if (n >= 2 && listen[0] == '[' && listen[n - 1] == ']') {
		listen++;
		n -= 2;
	}
	*host = n ? arena_text(a, listen, n) : NULL;
	return true;
}

static int
open_listener(const struct addrinfo *where)
{
	int fd = socket(where->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int yes = 1, no = 0;
	unsigned unread = UNREAD;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	/* Inherited by the connections. */
	setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unread, sizeof unread);
	if (where->ai_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
	if (bind(fd, where->ai_addr, where->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	close(fd);
	return -1;
}

static int
port_of(int fd)
{
	struct sockaddr_storage address = {0};
	socklen_t len = sizeof address;
	struct sockaddr_in v4;

	getsockname(fd, (struct sockaddr *)&address, &len);
	/* The port stands at the same place in both families. */
	memcpy(&v4, &address, sizeof v4);
	return ntohs(v4.sin_port);
}

static bool
listen_at(struct server *s, const char *address)
{
	struct addrinfo wish = {
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM,
	};
	struct addrinfo *found = NULL;
	const char *host, *port;

	if (!split_address(s->arena, address, &host, &port) ||
		getaddrinfo(host, port, &wish, &found) != 0) {
		log_error("not an address to listen on: %s", address);
		return false;
	}
	s->listener = open_listener(found);
	freeaddrinfo(found);
	if (s->listener < 0) {
		log_error("cannot listen on %s: %s", address, strerror(errno));
		return false;
	}
	s->port = port_of(s->listener);
	return true;
}

/* Paths and queries are decoded by http/target, from the raw text. */
static size_t
leave_as_it_is(void *context, struct MHD_Connection *wire, char *text)
{
	(void)context, (void)wire;
	return strlen(text);
}

static _Noreturn void
panic(void *context, const char *file, unsigned line, const char *reason)
{
	(void)context;
	log_fatal("libmicrohttpd %s:%u: %s", file, line, reason ? reason : "");
}

static struct MHD_Daemon *
start_daemon(struct server *s)
{
	MHD_set_panic_func(panic, NULL);
	return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC |
					MHD_ALLOW_SUSPEND_RESUME |
					MHD_USE_NO_LISTEN_SOCKET,
		0, NULL, NULL, wire_handle, s,				     /**/
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)s->config.threads,    /**/
		MHD_OPTION_CONNECTION_LIMIT,				     /**/
		(unsigned)(s->most + s->config.threads * OTHER_DESCRIPTORS), /**/
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL,	     /**/
		MHD_OPTION_CONNECTION_TIMEOUT, 0U,			     /**/
		MHD_OPTION_URI_LOG_CALLBACK, wire_begin, s,		     /**/
		MHD_OPTION_UNESCAPE_CALLBACK, leave_as_it_is, NULL,	     /**/
		MHD_OPTION_NOTIFY_COMPLETED, wire_end, s,		     /**/
		MHD_OPTION_NOTIFY_CONNECTION, wire_line, s,		     /**/
		MHD_OPTION_END);
}

/* The threads take no signals: those are main's. */
static bool
start_threads(struct server *s)
{
	sigset_t all, before;
	bool started;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	s->daemon = start_daemon(s);
	started = s->daemon && pthread_create(&s->porter, NULL, porter_run, s) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!started)
		log_error("the web threads cannot be started: %s", strerror(errno));
	return started;
}

static void
server_free(struct server *s)
{
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	if (s->sorry)
		MHD_destroy_response(s->sorry);
	if (s->listener >= 0)
		close(s->listener);
	if (s->bell >= 0)
		close(s->bell);
	while (s->idle) {
		struct exchange *next = s->idle->next;

		exchange_free(s->idle);
		s->idle = next;
	}
	pthread_mutex_destroy(&s->lines_lock);
	pthread_mutex_destroy(&s->exchanges_lock);
	pthread_mutex_destroy(&s->streams_lock);
	guard_free(s->guard);
	gzip_pool_free(s->gzips);
	arena_free(s->arena);
	free(s);
}

static struct server *
server_new(const struct server_config *c)
{
	struct server *s = calloc(1, sizeof *s);
	struct guard_limits limits = {
		.connections = c->connections_per_peer,
		.rate = c->rate,
		.burst = c->burst,
	};

	if (!s)
		log_fatal("out of memory");
	settle(s, c);
	s->listener = -1;
	s->arena = arena_new();
	s->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	s->guard = guard_new(&limits);
	s->gzips = gzip_pool_new();
	s->sorry = respond_sorry_new();
	s->id_key = random_number();
	s->most = connections_possible(s->config.connections);
	pthread_mutex_init(&s->lines_lock, NULL);
	pthread_mutex_init(&s->exchanges_lock, NULL);
	pthread_mutex_init(&s->streams_lock, NULL);
	return s;
}

struct server *
server_start(const struct server_config *c)
{
	struct server *s;

	assert(c->listen && c->body && c->answer);
	s = server_new(c);
	if (s->bell >= 0 && s->sorry && listen_at(s, c->listen) && start_threads(s))
		return s;
	server_free(s);
	return NULL;
}

int
server_port(const struct server *s)
{
	return s->port;
}

static void
pause_for(int milliseconds)
{
	struct timespec t = {.tv_nsec = milliseconds * 1000000L};

	nanosleep(&t, NULL);
}

/* Until no request came for a moment or the time is up. Clients that hold a connection
 * open are told with their next answer that it closes. */
static void
drain(struct server *s, int64_t deadline)
{
	int64_t quiet_since = server_clock();

	while (server_clock() < deadline) {
		int64_t now = server_clock();

		if (atomic_load(&s->in_flight) > 0)
			quiet_since = now;
		if (atomic_load(&s->connections) == 0 || now - quiet_since >= QUIET)
			break;
		pause_for(STEP);
	}
}

void
server_stop(struct server *s, int seconds)
{
	int64_t deadline = server_clock() + (int64_t)seconds * 1000;

	porter_order(s, PORTER_CLOSE);
	while (atomic_load(&s->orders) != PORTER_CLOSED)
		pause_for(1);
	stream_end_all(s);
	drain(s, deadline);

	/* libmicrohttpd must not be stopped while a connection sleeps. */
	atomic_store(&s->is_closed, true);
	while (atomic_load(&s->inside) > 0) {
		exchange_abandon_all(s);
		pause_for(1);
	}
	porter_order(s, PORTER_LEAVE);
	pthread_join(s->porter, NULL);
	server_free(s);
}

struct server_figures
server_figures(const struct server *s)
{
	return (struct server_figures){
		.requests = atomic_load(&s->requests),
		.connections = atomic_load(&s->connections),
		.refused = atomic_load(&s->refused),
		.streams = atomic_load(&s->stream_count),
	};
}
