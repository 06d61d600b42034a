/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/log.h"
#include "http/wire.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * The porter is one thread that accepts connections, hands them to the web threads in
 * turn, and looks at the clock. That libmicrohttpd does not listen itself lets stopping
 * be orderly (its MHD_quiesce_daemon races with its threads) and spreads connections
 * evenly.
 */

enum { LONGEST_ROUND = 500, SHORTEST_ROUND = 10, AT_ONCE = 64, BREATH = 100 };

static const char too_many[] =
	"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 10\r\nConnection: close\r\n"
	"Cache-Control: no-store\r\nContent-Length: 0\r\n\r\n";
static const char full[] =
	"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nConnection: close\r\n"
	"Cache-Control: no-store\r\nContent-Length: 0\r\n\r\n";

/* A courtesy: the socket is new, so a few bytes fit; if not, so be it. */
static void
turn_away(struct server *s, int fd, const char *words, size_t len)
{
	ssize_t ignored = send(fd, words, len, MSG_NOSIGNAL | MSG_DONTWAIT);

	(void)ignored;
	shutdown(fd, SHUT_WR);
	close(fd);
	atomic_fetch_add(&s->refused, 1);
}

static void
admit(struct server *s, int fd, const struct sockaddr *address, socklen_t len)
{
	struct guard_peer peer = guard_peer_of(address);
	char text[INET6_ADDRSTRLEN];
	bool is_exempt;

	wire_write_address(address, text);
	is_exempt = wire_is_exempt(s, &peer, text);
	if (atomic_load(&s->connections) >= s->most) {
		turn_away(s, fd, full, sizeof full - 1);
		return;
	}
	if (!is_exempt && !guard_connect(s->guard, &peer)) {
		turn_away(s, fd, too_many, sizeof too_many - 1);
		return;
	}
	atomic_fetch_add(&s->connections, 1);
	if (MHD_add_connection(s->daemon, fd, address, len) == MHD_YES)
		return;
	atomic_fetch_sub(&s->connections, 1);
	if (!is_exempt)
		guard_disconnect(s->guard, &peer);
}

/* False when the process is out of descriptors and a pause is due. */
static bool
accept_some(struct server *s)
{
	for (int i = 0; i < AT_ONCE; i++) {
		struct sockaddr_storage address;
		socklen_t len = sizeof address;
		int fd = accept4(s->listener, (struct sockaddr *)&address, &len,
			SOCK_CLOEXEC | SOCK_NONBLOCK);

		if (fd >= 0) {
			admit(s, fd, (struct sockaddr *)&address, len);
		} else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
			   errno == ENOMEM) {
			log_warning("connections wait: out of descriptors or memory");
			return false;
		} else if (errno == EAGAIN) {
			break;
		}
	}
	return true;
}

static void
drop_slow(struct server *s, int64_t now)
{
	pthread_mutex_lock(&s->lines_lock);
	for (struct line *l = s->lines; l; l = l->next) {
		int64_t deadline = atomic_load_explicit(
			&l->deadline, memory_order_relaxed);

		if (deadline == WIRE_NO_DEADLINE || now <= deadline)
			continue;
		shutdown(l->fd, SHUT_RDWR);
		atomic_store_explicit(
			&l->deadline, WIRE_NO_DEADLINE, memory_order_relaxed);
	}
	pthread_mutex_unlock(&s->lines_lock);
}

static void
close_door(struct server *s)
{
	/* Who is already in the queue is still served. */
	accept_some(s);
	close(s->listener);
	s->listener = -1;
	atomic_store(&s->orders, PORTER_CLOSED);
}

/* The shortest wait there is, in eight steps. */
static int
round_length(const struct server_waits *w)
{
	const int all[] = {w->headers, w->body, w->answer, w->idle, w->stream};
	int least = LONGEST_ROUND * 8;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i] < least)
			least = all[i];
	return least / 8 > SHORTEST_ROUND ? least / 8 : SHORTEST_ROUND;
}

static void
wait_for_something(struct server *s, int round)
{
	struct pollfd wanted[] = {
		{.fd = s->bell, .events = POLLIN},
		{.fd = s->listener, .events = POLLIN}, /* negative: ignored */
	};
	eventfd_t ignored;

	if (poll(wanted, 2, round) <= 0)
		return;
	if (wanted[0].revents)
		eventfd_read(s->bell, &ignored);
	if (wanted[1].revents && !accept_some(s))
		poll(wanted, 1, BREATH);
}

void *
porter_run(void *server)
{
	struct server *s = server;
	int round = round_length(&s->waits);
	int64_t next = server_clock() + round;
	int orders;

	while ((orders = atomic_load(&s->orders)) != PORTER_LEAVE) {
		int64_t now;

		if (orders == PORTER_CLOSE)
			close_door(s);
		wait_for_something(s, round);
		now = server_clock();
		if (now < next)
			continue;
		drop_slow(s, now);
		stream_tend_all(s, now);
		next = now + round;
	}
	return NULL;
}

void
porter_order(struct server *s, enum porter_orders orders)
{
	atomic_store(&s->orders, orders);
	eventfd_write(s->bell, 1);
}
