/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/cell.h"

#include "base/confine.h"
#include "base/log.h"
#include "base/times.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct cell {
	struct arena *arena;
	cell_task *const *tasks;
	int count;
	int warden; /* one byte asks for a run; its descriptor comes back */
	pid_t pid;
	pthread_mutex_t lock;
};

/* What goes in front of the bytes, either way. */
struct head {
	uint32_t what; /* the task; in an answer 1: done */
	uint32_t len;
};

static bool
send_all(int fd, const void *at, size_t n)
{
	const char *from = at;

	while (n > 0) {
		ssize_t sent = send(fd, from, n, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		from += sent;
		n -= (size_t)sent;
	}
	return true;
}

/* Is there something to read before `until`? 0: there is no end to waiting. */
static bool
comes(int fd, int64_t until_ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int64_t left = until_ms - times_now_ms();

	return until_ms == 0 || (left > 0 && poll(&p, 1, (int)left) > 0);
}

static bool
read_all(int fd, void *at, size_t n, int64_t until_ms)
{
	char *to = at;

	while (n > 0) {
		ssize_t got = comes(fd, until_ms) ? read(fd, to, n) : 0;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		to += got;
		n -= (size_t)got;
	}
	return true;
}

/* The run: everything it will need is there before it is confined. */
static _Noreturn void
run(const struct cell *c, int fd)
{
	struct arena *a = arena_new();
	struct head h;
	struct bytes in, out = {NULL, 0};
	char *room;

	if (!confine_cell(fd) || !read_all(fd, &h, sizeof h, 0) ||
		h.what >= (uint32_t)c->count || h.len > CELL_LARGEST)
		_exit(1);
	room = arena_alloc(a, h.len + 1);
	in = (struct bytes){(unsigned char *)room, h.len};
	if (!read_all(fd, room, h.len, 0))
		_exit(1);
	h.what = c->tasks[h.what](a, in, &out) && out.len <= CELL_LARGEST;
	h.len = h.what ? (uint32_t)out.len : 0;
	if (!send_all(fd, &h, sizeof h) || !send_all(fd, out.at, h.len))
		_exit(1);
	_exit(0);
}

/* Hands a descriptor over with one byte. */
static bool
hand_over(int to, int fd)
{
	char byte = 0;
	struct iovec part = {.iov_base = &byte, .iov_len = 1};
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {.room = {0}};
	struct msghdr m = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof control};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof fd);
	return sendmsg(to, &m, MSG_NOSIGNAL) == 1;
}

static int
take_over(int from)
{
	char byte;
	struct iovec part = {.iov_base = &byte, .iov_len = 1};
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {.room = {0}};
	struct msghdr m = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof control};
	struct cmsghdr *c;
	int fd = -1;

	if (recvmsg(from, &m, MSG_CMSG_CLOEXEC) != 1)
		return -1;
	c = CMSG_FIRSTHDR(&m);
	if (c && c->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(c), sizeof fd);
	return fd;
}

/* Until the house goes. It holds nothing but its own socket, and so do its children. */
static _Noreturn void
keep_ward(const struct cell *c, int house)
{
	char byte;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGCHLD, SIG_IGN); /* nobody waits for a run */
	signal(SIGPIPE, SIG_IGN);
	while (read_all(house, &byte, 1, 0)) {
		int pair[2];
		pid_t pid;

		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
			_exit(1);
		pid = fork();
		if (pid == 0) {
			close(house);
			close(pair[0]);
			run(c, pair[1]);
		}
		close(pair[1]);
		if (pid < 0 || !hand_over(house, pair[0]))
			_exit(1);
		close(pair[0]);
	}
	_exit(0);
}

struct cell *
cell_open(cell_task *const *tasks, int count)
{
	struct arena *a = arena_new();
	struct cell *c = arena_alloc(a, sizeof *c);
	int pair[2];

	*c = (struct cell){.arena = a, .tasks = tasks, .count = count};
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0 ||
		(c->pid = fork()) < 0) {
		log_error("no cell can be made: %s", strerror(errno));
		arena_free(a);
		return NULL;
	}
	if (c->pid == 0) {
		close_range(3, (unsigned)pair[1] - 1, 0);
		close_range((unsigned)pair[1] + 1, ~0U, 0);
		keep_ward(c, pair[1]);
	}
	close(pair[1]);
	c->warden = pair[0];
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

static int
ask(struct cell *c)
{
	int fd = -1;

	pthread_mutex_lock(&c->lock);
	if (send(c->warden, "", 1, MSG_NOSIGNAL) == 1)
		fd = take_over(c->warden);
	pthread_mutex_unlock(&c->lock);
	return fd;
}

static bool
converse(int fd, int task, struct arena *a, struct bytes in, struct bytes *out)
{
	int64_t until = times_now_ms() + CELL_SECONDS_MOST * 1000;
	struct head h = {.what = (uint32_t)task, .len = (uint32_t)in.len};
	unsigned char *room;

	if (!send_all(fd, &h, sizeof h) || !send_all(fd, in.at, in.len) ||
		!read_all(fd, &h, sizeof h, until) || h.what != 1 || h.len > CELL_LARGEST)
		return false;
	room = arena_alloc(a, (size_t)h.len + 1);
	*out = (struct bytes){room, h.len};
	return read_all(fd, room, h.len, until);
}

bool
cell_run(struct cell *c, int task, struct arena *a, struct bytes in, struct bytes *out)
{
	bool done = false;
	int fd;

	if (!c || in.len > CELL_LARGEST)
		return false;
	fd = ask(c);
	if (fd < 0)
		return false;
	done = converse(fd, task, a, in, out);
	close(fd); /* a run that is still at it is ended by its limit of time */
	if (!done)
		log_warning("a cell gave no answer");
	return done;
}

void
cell_close(struct cell *c)
{
	if (!c)
		return;
	close(c->warden);
	kill(c->pid, SIGKILL);
	waitpid(c->pid, NULL, 0);
	pthread_mutex_destroy(&c->lock);
	arena_free(c->arena);
}
