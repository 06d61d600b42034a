/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_HOUSE_H
#define TESTING_HOUSE_H

/*
 * A house whose answers show what it was asked, for tests of the door:
 *
 *     /fill?bytes=N       N letters         /tag?tag=T&bytes=N   the same with an ETag
 *     /move               303 and cookies   /file                an attachment
 *     /kept               own policies      /missing             404, bodies ignored
 *     /upload             takes two files   /hold                is kept as hostage
 *     anything else       what arrived; 1000 bytes of body at most
 *
 * With later=x in the query another thread answers.
 */

#include "http/testing_http.h"

#include "base/buffer.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>

struct house {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct exchange *queue[256];
	int queued;
	bool is_over;
	pthread_t lane;
	_Atomic int held;	  /* exchanges that nobody finishes until told */
	struct exchange *hostage; /* the last of them */
};

struct house *testing_house_new(void);
void testing_house_free(struct house *h);

/* A server in front of it; what is set in c is kept. */
struct server *testing_house_open(struct house *h, struct server_config c);

/* For cmocka's group: *state becomes the house; its server is testing_house_server. */
int testing_house_begin(void **state);
int testing_house_end(void **state);
struct server *testing_house_server(void);

/* Asks that server; the request must make it close. */
#define ASK(text) testing_http_ask(testing_house_server(), text)

#define CLOSE "Host: desk\r\nConnection: close\r\n"

/* A request by a real client. */
struct answer {
	long status;
	struct buffer body, head;
};
struct answer testing_house_fetch(CURL *c, const struct server *s, const char *path);

#endif
