/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/clamd.h"

#include "base/buffer.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, ANSWER = 512 };

static int
connected(int fd, const struct sockaddr *to, socklen_t n)
{
	struct timeval patience = {.tv_sec = CLAMD_SECONDS};

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(fd, to, n) == 0)
		return fd;
	close(fd);
	return -1;
}

static int
open_path(const char *path)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};

	if (strlen(path) >= sizeof to.sun_path)
		return -1;
	memcpy(to.sun_path, path, strlen(path) + 1);
	return connected(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0),
		(struct sockaddr *)&to, sizeof to);
}

static int
open_port(struct arena *a, const char *address)
{
	const char *colon = strrchr(address, ':');
	struct addrinfo hints = {
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM,
	};
	struct addrinfo *found = NULL;
	int fd = -1;

	if (!colon || getaddrinfo(arena_text(a, address, (size_t)(colon - address)),
			      colon + 1, &hints, &found) != 0)
		return -1;
	fd = connected(socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0),
		found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return fd;
}

static bool
put(int fd, const void *at, size_t n)
{
	const unsigned char *p = at;

	while (n > 0) {
		ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		p += sent;
		n -= (size_t)sent;
	}
	return true;
}

/* Each piece with its length before it; a length of nothing ends it. */
static bool
put_stream(int fd, struct bytes data)
{
	static const char command[] = "zINSTREAM";
	size_t at = 0;

	if (!put(fd, command, sizeof command))
		return false;
	for (;;) {
		size_t n = data.len - at < PIECE ? data.len - at : PIECE;
		uint32_t length = htonl((uint32_t)n);

		if (!put(fd, &length, sizeof length) || !put(fd, data.at + at, n))
			return false;
		if (n == 0)
			return true;
		at += n;
	}
}

/* Up to its NUL; what does not end is no answer. */
static const char *
answer_of(struct arena *a, int fd)
{
	char text[ANSWER];
	size_t n = 0;

	while (n < sizeof text) {
		ssize_t got = recv(fd, text + n, sizeof text - n, 0);

		if (got <= 0)
			return NULL;
		n += (size_t)got;
		if (memchr(text, 0, n))
			return bytes_text_lossy(a, bytes_of(text));
	}
	return NULL;
}

static bool
ends(const char *text, const char *back)
{
	size_t n = strlen(text), m = strlen(back);

	return n >= m && strcmp(text + n - m, back) == 0;
}

/* "stream: OK", "stream: Eicar-Signature FOUND", "... ERROR". */
static enum clamd_verdict
read_verdict(struct arena *a, const char *answer, const char **said)
{
	static const char front[] = "stream: ";
	const size_t n = sizeof front - 1;

	*said = answer;
	if (strncmp(answer, front, n) != 0)
		return CLAMD_NO_ANSWER;
	if (strcmp(answer + n, "OK") == 0)
		return CLAMD_CLEAN;
	if (!ends(answer, " FOUND"))
		return CLAMD_NO_ANSWER;
	*said = arena_text(a, answer + n, strlen(answer) - n - strlen(" FOUND"));
	return CLAMD_FOUND;
}

enum clamd_verdict
clamd_scan(struct arena *a, const char *address, struct bytes data, const char **said)
{
	int fd = *address == '/' ? open_path(address) : open_port(a, address);
	const char *answer = NULL;

	*said = "clamd does not answer";
	if (fd < 0)
		return CLAMD_NO_ANSWER;
	/* It may stop reading and say why: what it says is read all the same. */
	(void)!put_stream(fd, data);
	answer = answer_of(a, fd);
	close(fd);
	return answer ? read_verdict(a, answer, said) : CLAMD_NO_ANSWER;
}
