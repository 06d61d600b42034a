/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/apply_calendar.h"

#include "desk/recount.h"
#include "format/words.h"
#include "store/calendar_row.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* Few enough that those who write meanwhile need not wait long. */
enum { TICKETS = 5000, MOST_CALENDARS = 100 };

/* A page that is counted on a connection of its own, in a thread of its own, while the
 * one before it is written. */
struct counting {
	struct work work;
	struct recount_page page;
	struct recount_plan plan;
	bool failed;
};

static void *
count_page(void *given)
{
	struct counting *c = given;

	db_begin(c->work.db);
	recount_plan(&c->work, &c->page, &c->plan);
	c->failed = db_failed(c->work.db);
	db_rollback(c->work.db);
	return NULL;
}

struct writing {
	const struct recount_plan *plan;
	int moved;
};

static enum outcome
write_page(struct work *w, void *context)
{
	struct writing *p = context;

	p->moved = recount_write(w, p->plan);
	return db_failed(w->db) ? FAULT : DONE;
}

/* Writes page after page, each while the next is counted. How many tickets, or -1. */
static int64_t
write_pages(struct errand *e, struct counting *c)
{
	int64_t tickets = 0;

	for (count_page(&c[0]); c[0].plan.looked > 0 && !c[0].failed;) {
		struct writing p = {.plan = &c[0].plan};
		struct counting done = c[0];
		pthread_t other;
		bool kept;

		c[1].page.after = done.plan.reached;
		arena_reset(c[1].work.arena);
		if (pthread_create(&other, NULL, count_page, &c[1]) != 0)
			return -1;
		kept = errand_write(e, done.page.org, write_page, &p);
		pthread_join(other, NULL);
		if (!kept)
			return -1;
		tickets += p.moved;
		c[0] = c[1];
		c[1] = done;
	}
	return c[0].failed ? -1 : tickets;
}

int64_t
apply_calendar(struct errand *e, int64_t org, int64_t calendar)
{
	struct actor house = work_house_actor(org);
	struct counting c[2];
	int64_t tickets = -1;
	struct db *db = db_open(e->config->db, DB_READ);

	if (!db)
		return -1;
	for (int i = 0; i < 2; i++)
		c[i] = (struct counting){
			.work = {.arena = arena_new(),
				.db = db,
				.shelf = e->shelf,
				.actor = &house,
				.words = words_of("en"),
				.base = e->config->base,
				.now = e->now ? e->now : times_now()},
			.page = {.org = org, .calendar = calendar, .limit = TICKETS},
		};
	tickets = write_pages(e, c);
	arena_free(c[0].work.arena);
	arena_free(c[1].work.arena);
	db_close(db);
	return tickets;
}

struct listing {
	int64_t org, wanted;
	const char *name; /* of the one wanted; "" when there is none */
};

static enum outcome
look(struct work *w, void *context)
{
	struct listing *l = context;

	l->name = calendar_row_name(w, l->org, l->wanted);
	if (l->wanted == 0)
		for (int64_t id = 1; id <= MOST_CALENDARS; id++) {
			const char *name = calendar_row_name(w, l->org, id);

			if (*name)
				printf("%" PRId64 "\t%s\n", id, name);
		}
	return DONE;
}

int
apply_calendar_command(const struct config *c)
{
	int64_t id = c->argument_count ? strtoll(c->arguments[0], NULL, 10) : 0;
	struct listing l = {.wanted = id};
	struct organisation o;
	struct errand e;
	int64_t tickets = -1;

	if (!errand_open(&e, c, DB_WRITE))
		return 1;
	if (errand_organisation(&e, "council", &o)) {
		l.org = o.id;
		if (!errand_write(&e, o.id, look, &l))
			tickets = -1;
		else if (id == 0)
			tickets = 0;
		else if (*l.name)
			tickets = apply_calendar(&e, o.id, id);
		else
			errand_say("there is no calendar %s",
				c->argument_count ? c->arguments[0] : "");
	}
	if (tickets >= 0 && id)
		printf("tickets: %" PRId64 "\n", tickets);
	errand_close(&e);
	return tickets >= 0 ? 0 : 1;
}
