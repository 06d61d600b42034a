/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/house.h"

#include "app/flights.h"
#include "app/live.h"
#include "app/meter.h"
#include "app/nodes.h"
#include "app/seen.h"
#include "app/side.h"
#include "app/sights.h"
#include "format/words.h"

#include <stdlib.h>
#include <string.h>

enum { WRITES_WAITING = 4096, SIDE_THREADS = 2, CHORES_WAITING = 1024 };

enum { TOKEN_RATE = 50 }; /* requests a second, unless the token says otherwise */

bool
house_open(struct house *h, const struct config *c)
{
	*h = (struct house){
		.config = c,
		.ids = id_source_at(strtol(c->node, NULL, 10), times_now_ms()),
	};
	pthread_mutex_init(&h->lock, NULL);
	if (!c->key) /* a house for a while: tests */
		vault_forgetful(&h->vault);
	else if (!vault_open(&h->vault, c->key))
		return false;
	h->seen = seen_new();
	h->lanes = lanes_open(c->db, 0, WRITES_WAITING);
	if (!h->lanes)
		return false;
	h->shelf = shelf_new();
	h->streams = streams_new();
	h->sights = sights_new();
	h->side = side_open(SIDE_THREADS, CHORES_WAITING);
	h->flights = flights_new();
	h->meter = meter_new(c->limits && strcmp(c->limits, "off") == 0 ? 0 : TOKEN_RATE);
	return true;
}

void
house_close(struct house *h)
{
	side_close(h->side);
	lanes_close(h->lanes);
	streams_free(h->streams);
	flights_free(h->flights);
	meter_free(h->meter);
	sights_free(h->sights);
	shelf_free(h->shelf);
	seen_free(h->seen);
	for (int i = 0; i < h->reader_count; i++)
		db_close(h->readers[i]);
	pthread_mutex_destroy(&h->lock);
}

struct db *
house_reader(struct house *h)
{
	struct db *db = NULL;

	pthread_mutex_lock(&h->lock);
	if (h->reader_count > 0)
		db = h->readers[--h->reader_count];
	pthread_mutex_unlock(&h->lock);
	return db ? db : db_open(h->config->db, DB_READ);
}

void
house_reader_back(struct house *h, struct db *db)
{
	const int room = sizeof h->readers / sizeof *h->readers;

	pthread_mutex_lock(&h->lock);
	if (h->reader_count < room) {
		h->readers[h->reader_count++] = db;
		db = NULL;
	}
	pthread_mutex_unlock(&h->lock);
	if (db)
		db_close(db);
}

struct work
house_work(struct house *h, struct arena *a, struct db *db, const struct actor *actor)
{
	return (struct work){
		.arena = a,
		.db = db,
		.ids = &h->ids,
		.shelf = h->shelf,
		.cell = h->cell,
		.vault = &h->vault,
		.actor = actor,
		.words = words_of("en"),
		.house = h,
		.base = h->config->base,
		.outgoing = &h->config->outgoing,
		.now = times_now(),
	};
}

bool
house_ask(struct house *h, struct arena *a, bool (*question)(struct work *w))
{
	struct db *db = house_reader(h);
	struct actor actor = work_house_actor(0);
	struct work w;
	bool answer;

	if (!db)
		return false;
	db_begin(db);
	w = house_work(h, a, db, &actor);
	answer = question(&w);
	db_rollback(db);
	house_reader_back(h, db);
	return answer;
}

/* A transaction of the house's own. */
struct own_job {
	struct job job;
	struct house *house;
	struct arena *arena;
	struct actor actor;
	struct work work;
	enum outcome (*run)(struct work *w, void *context);
	void *context;
};

static enum keep
own_run(struct job *j, struct db *db)
{
	struct own_job *o = (struct own_job *)j;

	arena_reset(o->arena);
	o->work = house_work(o->house, o->arena, db, &o->actor);
	return o->run(&o->work, o->context) == DONE ? KEEP : UNDO;
}

static void
own_done(struct job *j, enum db_end end)
{
	struct own_job *o = (struct own_job *)j;

	if (end == DB_KEPT)
		house_tell(o->house, &o->work);
}

enum db_end
house_write(struct house *h, int64_t org,
	enum outcome (*run)(struct work *w, void *context), void *context)
{
	struct own_job o = {
		.job = {.run = own_run, .done = own_done},
		.house = h,
		.arena = arena_new(),
		.actor = work_house_actor(org),
		.run = run,
		.context = context,
	};
	enum db_end end = lanes_wait(h->lanes, &o.job);

	arena_free(o.arena);
	return end;
}

void
house_tell(struct house *h, const struct work *w)
{
	for (const struct change *c = w->changes; c; c = c->next)
		live_tell(h->streams, w->arena, c);
	nodes_tell(h->nodes, w->changes);
	nodes_parted(h->nodes, w->partings);
	for (const struct parting *p = w->partings; p; p = p->next)
		live_part(h->streams, p);
}
