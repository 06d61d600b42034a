/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_HOUSE_H
#define APP_HOUSE_H

/*
 * Everything one process keeps: the connections, the lanes, the shelf, the streams. Made
 * once by a command, handed to whoever makes work. There is no other global state.
 */

#include "app/config.h"
#include "db/lanes.h"
#include "http/router.h"
#include "http/server.h"
#include "http/stream.h"
#include "store/shelf.h"
#include "store/vault.h"
#include "store/work.h"

#include <pthread.h>

struct cell;
struct flights;
struct jobs;
struct meter;
struct nodes;
struct seen;
struct side;
struct sights;

struct house {
	const struct config *config;
	struct lanes *lanes;
	struct shelf *shelf;
	struct cell *cell; /* made before any thread, by serve; or NULL */
	struct vault vault;
	struct seen *seen;
	struct streams *streams;
	struct side *side;
	struct flights *flights; /* app/flights */
	struct meter *meter;	 /* app/meter */
	struct sights *sights;	 /* what was looked at, not yet in the audit */
	struct nodes *nodes;	 /* app/nodes; NULL: nobody else is told */
	struct jobs *jobs;	 /* app/jobs; NULL: there are none */
	struct server *server;
	const struct router *router;
	struct id_source ids;

	/* Read connections that nobody uses now. */
	pthread_mutex_t lock;
	struct db *readers[64];
	int reader_count;
};

/* Opens lanes, shelf and streams on a migrated database. False: logged. */
bool house_open(struct house *h, const struct config *c);
void house_close(struct house *h);

/* A read connection, to be given back; NULL when none can be opened. */
struct db *house_reader(struct house *h);
void house_reader_back(struct house *h, struct db *db);

/* Work for the house's own jobs, and for commands: no session, system actor of `org`. */
struct work house_work(
	struct house *h, struct arena *a, struct db *db, const struct actor *actor);

/* Asks the database something as the house itself, on a read connection: for jobs that
 * look before they write. False too when none can be opened. What is read lies in the
 * arena. */
bool house_ask(struct house *h, struct arena *a, bool (*question)(struct work *w));

/* Runs a transaction on a write lane and waits for it. `run` gets the work; the actor is
 * the house's own. */
enum db_end house_write(struct house *h, int64_t org,
	enum outcome (*run)(struct work *w, void *context), void *context);

/* Tells open pages what a committed work changed. */
void house_tell(struct house *h, const struct work *w);

#endif
