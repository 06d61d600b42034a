/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_RECEIVER_H
#define TESTING_RECEIVER_H

/*
 * A small HTTP server of the loopback that keeps what is posted to it:
 *
 *     /fail        500            /fail-twice  500 two times, then 200
 *     /gone        410            /move        302 to /in
 *     other        200 "fine", or what was set for the path
 */

#include "base/bytes.h"
#include "format/pairs.h"

struct testing_receiver;

struct testing_letter {
	const char *method, *path, *body;
	struct pairs headers; /* names in small letters */
	struct pairs query, form;
};

struct testing_receiver *testing_receiver_start(void);
void testing_receiver_stop(struct testing_receiver *r);

/* "http://127.0.0.1:PORT" */
const char *testing_receiver_address(const struct testing_receiver *r);

/* Answers a path with this body from now on. */
void testing_receiver_say(struct testing_receiver *r, const char *path, const char *body);

/* The same with another status, with bytes that are no text, or leading elsewhere. */
struct testing_saying {
	int status; /* 0: 200 */
	struct bytes body;
	const char *location, *type; /* or NULL */
};
void testing_receiver_answer(
	struct testing_receiver *r, const char *path, struct testing_saying s);

int testing_receiver_count(struct testing_receiver *r);
const struct testing_letter *testing_receiver_letter(struct testing_receiver *r, int i);
void testing_receiver_forget(struct testing_receiver *r);

#endif
