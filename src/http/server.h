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
	int64_t form;	/* most bytes of a body or of a form's text fields; negative: a
			   body is read and thrown away, for addresses that answer 404 */
	int64_t upload; /* most bytes of one file; 0: files are refused */
	int files;	/* most files */
};

/* How long a client may take, in milliseconds; 0: the default. */
struct server_waits {
	int headers; /* from connecting to the end of the first request's head; 10,000 */
	int body;    /* before a body must come at 1000 bytes a second; 20,000 */
	int answer;  /* before an answer must be taken at that pace; 20,000 */
	int idle;    /* between requests, with the next one's head; 30,000 */
	int stream;  /* silence on a stream before a comment goes out; 20,000 */
};

struct server_config {
	const char *listen;	   /* "127.0.0.1:8080", "[::1]:0" */
	const char *base;	   /* "https://desk.example.org": for cookies and HSTS */
	int threads;		   /* 0: one a core */
	int connections;	   /* most at once; 0: 20000, if descriptors allow it */
	int connections_per_peer;  /* 0: no limit; loopback and trusted proxies exempt */
	int rate;		   /* requests a second a peer may send in the long run;
				      beyond it: 429. 0: no limit; loopback exempt */
	int burst;		   /* and at once after a rest; 0: ten seconds' worth */
	bool guard_loopback;	   /* count loopback peers like others */
	const char *trusted_proxy; /* whose X-Forwarded-For is believed (addresses with
				      commas between), or NULL */
	const char *policy; /* Content-Security-Policy of pages; NULL: the default */
	const char *spool;  /* a folder for uploads on their way; NULL: /var/tmp */
	struct server_waits waits;

	/* At header time, before any of the body is read; only when there is a body. */
	struct body_rule (*body)(void *house, const struct request *q);

	/* A complete request, on a web thread. Either fills the reply and calls
	 * exchange_finish at once, or hands the exchange on and returns; the
	 * connection then waits until somebody calls exchange_finish. */
	void (*answer)(void *house, struct exchange *x);

	/* Writes the body of a refusal made by the server itself: 400, 413, 429 ...
	 * The request may be incomplete: path "/" when it could not be read, no parts,
	 * form or body. NULL: a plain body of our own (http/errors). */
	void (*error)(void *house, const struct request *q, int status, struct reply *r);
	void *house;
};

/* NULL when it cannot listen: logged. The config is copied, its texts are kept. */
struct server *server_start(const struct server_config *c);

/* The port bound, for ":0". */
int server_port(const struct server *s);

/* Stops accepting, ends streams, lets exchanges in flight finish for at most `seconds`,
 * and frees the server. An exchange that nobody finished by then is answered 503; its
 * holder may still call exchange_finish, once, which then only frees it. */
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
	int64_t requests;    /* begun since the start */
	int64_t connections; /* open now */
	int64_t refused;     /* connections and requests refused since the start */
	int64_t streams;     /* open now */
};
struct server_figures server_figures(const struct server *s);

#endif
