/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/testing_http.h"

#include "base/buffer.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE = 5000 };

static struct body_rule
small_bodies(void *house, const struct request *q)
{
	(void)house, (void)q;
	return (struct body_rule){.form = 64 * 1024};
}

struct server *
testing_http_start(struct server_config *c)
{
	struct server *s;

	if (!c->listen)
		c->listen = "127.0.0.1:0";
	if (!c->base)
		c->base = "http://127.0.0.1";
	if (!c->body)
		c->body = small_bodies;
	if (!c->threads)
		c->threads = 2;
	s = server_start(c);
	assert_non_null(s);
	return s;
}

int
testing_http_connect(const struct server *s)
{
	struct sockaddr_in where = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)server_port(s)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&where, sizeof where), 0);
	return fd;
}

void
testing_http_send(int fd, const char *text)
{
	size_t n = strlen(text);

	assert_int_equal(send(fd, text, n, MSG_NOSIGNAL), n);
}

static const char *
read_until(int fd, const char *mark)
{
	struct buffer b = buffer_in(testing_arena(), 4096);

	for (;;) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		ssize_t n;

		if (mark && strstr(buffer_text(&b), mark))
			break;
		if (poll(&p, 1, PATIENCE) != 1)
			break;
		n = recv(fd, buffer_room(&b, 4096), 4096, 0);
		if (n <= 0)
			break;
		b.len += (size_t)n;
		b.at[b.len] = 0;
	}
	return buffer_text(&b);
}

const char *
testing_http_rest(int fd)
{
	return read_until(fd, NULL);
}

const char *
testing_http_until(int fd, const char *text)
{
	return read_until(fd, text);
}

const char *
testing_http_ask(const struct server *s, const char *request)
{
	int fd = testing_http_connect(s);
	const char *answer;

	testing_http_send(fd, request);
	answer = testing_http_rest(fd);
	close(fd);
	return answer;
}

int
testing_http_status(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? (int)strtol(answer + 9, NULL, 10)
						    : 0;
}

const char *
testing_http_header(const char *answer, const char *name)
{
	const char *end = strstr(answer, "\r\n\r\n");
	size_t n = strlen(name);

	for (const char *p = strstr(answer, "\r\n"); p && p < end;
		p = strstr(p, "\r\n")) {
		p += 2;
		if (strncasecmp(p, name, n) == 0 && p[n] == ':')
			return arena_text(
				testing_arena(), p + n + 2, strcspn(p + n + 2, "\r\n"));
	}
	return NULL;
}

const char *
testing_http_body(const char *answer)
{
	const char *end = strstr(answer, "\r\n\r\n");

	return end ? end + 4 : "";
}

void
testing_http_pause(int milliseconds)
{
	poll(NULL, 0, milliseconds);
}
