/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_WORK_H
#define STORE_WORK_H

/*
 * The first parameter of everything above db: what one piece of work may use. It is
 * made at the door (app/dispatch), by a job, or by a test; nothing reads the clock, the
 * environment or a global behind its back.
 */

#include "base/arena.h"
#include "base/ids.h"
#include "base/outcome.h"
#include "db/db.h"
#include "rule/access.h"

struct cell;
struct house;
struct outgoing;
struct parting;
struct shelf;
struct shelf_live;
struct vault;
struct words;

/* What is wrong with the input: which field, and the key of the message. */
struct problem {
	const char *field;
	const char *key;    /* dotted message key: "problem.email.shape" */
	const char *detail; /* fills {detail} in the message, or NULL */
};

struct problems {
	struct problem *at;
	int count;
	int size;
};

/* A change that open pages may want to know of, told after the commit. */
struct change {
	int64_t org;
	int64_t ticket;
	int64_t team;
	int64_t assignee;
	int64_t customer;
	bool restricted;
	int64_t at;
	const char *service;
	const char *reference;
	const char *what; /* the event's kind */
	struct change *next;
};

/* Something somebody looked at. It is written to the audit by who made the work: with
 * the others of a moment, or, when `first`, before the answer leaves. */
struct glance {
	int64_t org; /* whose audit it belongs to */
	bool first;
	const char *action, *subject, *detail;
	struct glance *next;
};

struct session {
	const char *hash;   /* of the cookie; NULL: there is no session */
	const char *secret; /* for form tokens */
	int64_t org;
	int64_t person;
	int64_t created, seen, expires;
	const char *way; /* how they signed in; "" : they have not */
	bool must_enrol; /* nothing else before a second factor is set up */
};

/* The token that a machine came with. */
struct caller {
	const char *hash;
	int64_t token, rate; /* its id, and its requests a second; 0: the house's */
	uint64_t scopes;     /* bits of rule/scopes */
};

struct work {
	struct arena *arena;
	struct db *db;
	struct id_source *ids;
	struct shelf *shelf;
	struct shelf *own_shelf;       /* once this work made a version: store/shelf */
	const struct shelf_live *live; /* rule tables in force, once asked: store/shelf */
	const struct vault *vault;     /* seals secrets; NULL: there is none */
	const struct actor *actor;
	const struct session *session;
	const struct caller *caller; /* NULL: not a machine with a token */
	const struct words *words;   /* the language of the answer */
	const char *base;	     /* the public address: "https://desk.example.org" */
	const struct outgoing *outgoing; /* where requests may go: http/outgoing */
	int64_t now;			 /* UTC seconds */
	struct problems problems;
	struct change *changes;		/* newest first */
	struct glance *glances;		/* what was read, for the audit; newest first */
	const struct parting *partings; /* whose live pages end: store/parting */
	uint64_t endings;     /* of live pages before this work began: http/stream */
	const void *prepared; /* what the route's `prepare` found, for its `handle` */
	struct cell *cell;    /* for parsers of what strangers sent */
	struct house *house;  /* for the handlers of app alone */
};

/* The next row id. */
int64_t work_id(struct work *w);

/* Notes a problem and returns INVALID, so that `return work_problem(...)` reads well. */
enum outcome work_problem(struct work *w, const char *field, const char *key);
enum outcome work_problem_detail(
	struct work *w, const char *field, const char *key, const char *detail);

/* The actor of the house's own jobs in an organisation. */
struct actor work_house_actor(int64_t org);

#endif
