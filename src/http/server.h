/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

/*
 * The HTTP/1.1 door on libmicrohttpd: epoll, one thread a core, suspend and resume.
 * It reads requests within limits of size, time and rate, refuses ambiguous framing,
 * hands complete requests to the house, and sends replies. It knows nothing of
 * sessions, routes or the database.
 */

#include "http/reply.h"
#include "http/request.h"

struct server;
struct exchange; /* one request and its reply */

struct body_rule {
	int64_t form;	/* most bytes of a body or of a form's text fields */
	int64_t upload; /* most bytes of one file; 0: files are refused */
	int files;	/* most files */
};

struct server_config {
	const char *listen;	 /* "127.0.0.1:8080", "[::1]:0" */
	const char *base;	 /* "https://desk.example.org": for cookies and Origin */
	int threads;		 /* 0: one a core */
	int connections;	 /* most at once; 0: 20000 */
	int connections_per_peer; /* 0: no limit; loopback and trusted proxies exempt */
	const char *trusted_proxy; /* whose X-Forwarded-For is believed, or NULL */

	/* At header time, before any of the body is read. */
	struct body_rule (*body)(void *house, const struct request *q);

	/* A complete request, on a web thread. Either fills the reply and calls
	 * exchange_finish at once, or hands the exchange on and returns; the
	 * connection then waits until somebody calls exchange_finish. */
	void (*answer)(void *house, struct exchange *x);
	void *house;
};

/* NULL when it cannot listen: logged. */
struct server *server_start(const struct server_config *c);

/* The port bound, for ":0". */
int server_port(const struct server *s);

/* Stops accepting, lets exchanges in flight finish for at most `seconds`, ends streams. */
void server_stop(struct server *s, int seconds);

struct request *exchange_request(struct exchange *x);
struct reply *exchange_reply(struct exchange *x);

/* A place for the house to keep what belongs to this exchange; the arena is the
 * request's and lives until the answer is sent. */
void exchange_keep(struct exchange *x, void *what);
void *exchange_kept(struct exchange *x);

/* Sends the reply. From any thread, exactly once; the exchange is gone afterwards. */
void exchange_finish(struct exchange *x);

/* Figures for /metrics. */
struct server_figures {
	int64_t requests, connections, refused, streams;
};
struct server_figures server_figures(const struct server *s);

#endif
