/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_HTTP_H
#define TESTING_HTTP_H

/* A real server on a free port of the loopback, and blunt ways to talk to it. */

#include "testing.h"

#include "http/server.h"

/* Starts a server at a free port; everything not set in *c is made sensible for tests. */
struct server *testing_http_start(struct server_config *c);

/* A connection to it. Reads wait at most five seconds. */
int testing_http_connect(const struct server *s);

void testing_http_send(int fd, const char *text);

/* What comes until the other side closes. */
const char *testing_http_rest(int fd);

/* What comes until that text has come (or nothing more does). */
const char *testing_http_until(int fd, const char *text);

/* Sends and returns what comes until the other side closes. The request must make it
 * close. */
const char *testing_http_ask(const struct server *s, const char *request);

/* The status of an answer: 200; 0 when there is none. */
int testing_http_status(const char *answer);

/* The value of a header of an answer, or NULL. */
const char *testing_http_header(const char *answer, const char *name);

/* The body of an answer. */
const char *testing_http_body(const char *answer);

/* Waits until a number that other threads change is what it should be: at most five
 * seconds, asking often. */
#define testing_http_wait(condition)                            \
	for (int left = 5000; !(condition) && left > 0; left--) \
	testing_http_pause(1)
void testing_http_pause(int milliseconds);

#endif
