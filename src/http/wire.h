/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_WIRE_H
#define HTTP_WIRE_H

/*
 * The inside of the server, shared by its files and by nobody else:
 *
 *     porter    accepts connections and drops those that are too slow
 *     wire      what libmicrohttpd calls: heads, pieces of bodies, ends
 *     collect   bodies: forms, uploads, raw
 *     exchange  one request and its reply, from the first line to the last byte
 *     respond   replies on their way out: headers, 304, gzip, streams
 *     server    the settings, start and stop
 */

#include "http/collect.h"
#include "http/framing.h"
#include "http/guard.h"
#include "http/gzip.h"
#include "http/server.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>

enum { WIRE_NO_DEADLINE = -1 };

/* One connection. Made and freed by its web thread; listed for the porter. */
struct line {
	struct server *server;
	struct line *next, *previous;
	int fd; /* may be shut down under lines_lock, for it is closed after unlisting */
	bool is_exempt; /* from limits for peers */
	struct guard_peer peer;
	char address[INET6_ADDRSTRLEN];
	_Atomic int64_t deadline; /* milliseconds of server_clock; WIRE_NO_DEADLINE */
};

/* Who holds an exchange. The web thread and whoever finishes it settle by exchanging
 * this one word who does the rest. */
enum stage {
	STAGE_RUNNING,	 /* the web thread is reading or in the house's answer() */
	STAGE_WAITING,	 /* suspended: the finisher resumes it */
	STAGE_FINISHED,	 /* the reply may be sent */
	STAGE_ABANDONED, /* the server stops: the web thread answers 503 */
	STAGE_ORPHANED,	 /* the connection is gone: the finisher frees it */
};

struct exchange {
	struct request request;
	struct reply reply;
	struct server *server;
	struct line *line;
	struct MHD_Connection *wire;
	struct arena *arena; /* NULL once a stream needs it no more */
	void *kept;
	_Atomic int stage;
	const char *target_end; /* in libmicrohttpd's buffer, while the head is there */
	bool has_head;		/* the head was read */
	int refusal;	   /* the status to answer with instead of asking the house */
	const char *retry; /* Retry-After of the refusal */
	struct collect collect;
	int64_t began; /* milliseconds, when the body's time began */
	char id[17];
	struct exchange *next, *previous; /* among all, or of the idle (next only) */
	bool is_inside;			  /* counted in server.inside */
};

struct server {
	struct server_config config;
	struct server_waits waits;
	struct MHD_Daemon *daemon;
	struct MHD_Response *sorry; /* 503 of abandoned exchanges */
	bool is_https;
	int listener;
	int port;
	int most; /* connections */

	pthread_t porter;
	int bell;	    /* eventfd: wakes the porter */
	_Atomic int orders; /* enum porter_orders */

	pthread_mutex_t lines_lock;
	struct line *lines;

	pthread_mutex_t exchanges_lock;
	struct exchange *exchanges; /* all that are not idle */
	struct exchange *idle;
	int idle_count;
	uint64_t id_key;
	_Atomic uint64_t id_count;

	pthread_mutex_t streams_lock;
	struct stream *streams; /* open ones, listed by http/stream */

	struct guard *guard;
	struct gzip_pool *gzips;
	struct arena *arena; /* of settings */

	_Atomic int64_t requests, connections, refused, stream_count;
	_Atomic int64_t in_flight; /* exchanges */
	_Atomic int64_t inside;	   /* exchanges that the house has */
	_Atomic bool is_closed;	   /* the house is asked no more */
};

/* Milliseconds of a clock that does not go back. */
int64_t server_clock(void);

/* exchange */
struct exchange *exchange_take(struct server *s);
void exchange_give(struct exchange *x);
void exchange_free(struct exchange *x);
void exchange_light(struct exchange *x); /* gives the arena back early */
void exchange_abandon_all(struct server *s);

/* wire: libmicrohttpd's callbacks */
void *wire_begin(void *server, const char *uri, struct MHD_Connection *wire);
enum MHD_Result wire_handle(void *server, struct MHD_Connection *wire, const char *url,
	const char *method, const char *version, const char *data, size_t *size,
	void **context);
void wire_end(void *server, struct MHD_Connection *wire, void **context,
	enum MHD_RequestTerminationCode how);
void wire_line(void *server, struct MHD_Connection *wire, void **context,
	enum MHD_ConnectionNotificationCode what);
bool wire_is_exempt(struct server *s, const struct guard_peer *peer, const char *address);
void wire_write_address(const struct sockaddr *address, char to[static INET6_ADDRSTRLEN]);

/* respond */
enum MHD_Result respond_send(struct exchange *x);
enum MHD_Result respond_refuse(struct exchange *x, int status);
enum MHD_Result respond_sorry(struct exchange *x);
struct MHD_Response *respond_sorry_new(void);

/* porter */
enum porter_orders { PORTER_OPEN, PORTER_CLOSE, PORTER_CLOSED, PORTER_LEAVE };
void *porter_run(void *server);
void porter_order(struct server *s, enum porter_orders orders);

/* stream */
struct stream *stream_open(struct exchange *x);
ssize_t stream_read(void *stream, uint64_t position, char *to, size_t room);
void stream_close(void *stream);
void stream_tend_all(struct server *s, int64_t now);
void stream_end_all(struct server *s);

#endif
