/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_DOOR_H
#define TESTING_DOOR_H

/*
 * The whole house behind a real port of the loopback, with the council of testing_desk in
 * a fresh database, and a client: for what only shows when bytes go over the wire.
 */

#include "app/house.h"
#include "http/outgoing.h"
#include "testing.h"
#include "testing_desk.h"

/* The lines of a request beside its method and path; whatever is NULL is left out. */
struct testing_request {
	const char *token; /* Authorization: Bearer */
	const char *key;   /* Idempotency-Key */
	const char *tag;   /* If-Match */
	const char *type;  /* Content-Type; application/json when there is a body */
	const char *body;
	struct bytes raw; /* a body that is no text */
};

struct testing_answer {
	int status;
	const char *type, *body;
	struct pairs headers; /* names in small letters */
	struct bytes raw;     /* the body as it came */
};

struct testing_door {
	struct config config;
	struct house house;
	struct server *server;
	struct outgoing home;
	struct testing_people people;
	const char *base; /* http://127.0.0.1:PORT */
	const char *url;  /* of the database */
};

/* Opens a house; `limits` is "on" or "off". */
struct testing_door *testing_door_open(const char *limits);
/* A second node, 1, on the same database: PostgreSQL only. */
void testing_door_second(const struct testing_door *first, struct testing_door *d);
void testing_door_close(struct testing_door *d);

/* A token of that role in SOUTHMERE, of the analyst. */
const char *testing_door_token(struct testing_door *d, enum role role);

struct testing_answer testing_door_ask(struct testing_door *d, const char *method,
	const char *path, struct testing_request with);

/* Runs a transaction in the house: it must be kept. */
void testing_door_write(struct testing_door *d,
	enum outcome (*run)(struct work *w, void *context), void *context);

/* A number out of the database: the first column of the first row. */
int64_t testing_door_number(struct testing_door *d, const char *sql);

#endif
