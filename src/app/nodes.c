/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/nodes.h"

#include "app/jobs.h"
#include "app/live.h"
#include "base/log.h"
#include "base/times.h"
#include "db/bell.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
	MOST_WAITING =
		20000, /* changes; beyond, the others are told to look for themselves */
	WAIT_MS = 1000,
	PAUSE_S = 1,  /* before the next try to hear the others */
	CALM_MS = 50, /* the jobs are woken no more often */
	FIELDS = 10,
	OWN = 64, /* partings of our own that are remembered */
};

/* What is to be said to everybody when too much was not. */
static const char again[] = "again";

struct line {
	const char *text;
	struct line *next;
};

struct nodes {
	struct arena *arena;
	struct house *house;
	pthread_t thread;
	int ring;	     /* an eventfd: there is something to say, or to stop */
	struct arena *heard; /* of one call */
	struct bell *bell;
	int64_t after;	/* the last parting seen on SQLite */
	int64_t called; /* when jobs were last woken: times_ticks */
	bool jobs_due;

	pthread_mutex_t lock;
	bool stopping;
	bool lost; /* something was not said */
	struct arena *waiting_arena, *saying_arena;
	struct line *first, **last; /* what waits, oldest first */
	int count;
	int64_t own[OWN];
	unsigned own_next;
};

static bool
is_stopping(struct nodes *n)
{
	bool stopping;

	pthread_mutex_lock(&n->lock);
	stopping = n->stopping;
	pthread_mutex_unlock(&n->lock);
	return stopping;
}

static void
wake(struct nodes *n)
{
	uint64_t one = 1;

	(void)!write(n->ring, &one, sizeof one);
}

/* --- saying ------------------------------------------------------------------------- */

static const char *
write_change(struct arena *a, const struct change *c)
{
	return arena_printf(a,
		"change\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64
		"\t%d\t%" PRId64 "\t%s\t%s\t%s",
		c->org, c->ticket, c->team, c->assignee, c->customer, c->restricted,
		c->at, c->service, c->reference, c->what);
}

void
nodes_tell(struct nodes *n, const struct change *changes)
{
	if (!n || !changes || db_url_engine(n->house->config->db) != DB_POSTGRES)
		return;
	pthread_mutex_lock(&n->lock);
	for (; changes; changes = changes->next) {
		struct line *l;

		if (n->count >= MOST_WAITING) {
			n->lost = true;
			break;
		}
		l = arena_alloc(n->waiting_arena, sizeof *l);
		*l = (struct line){write_change(n->waiting_arena, changes), NULL};
		*n->last = l;
		n->last = &l->next;
		n->count++;
	}
	pthread_mutex_unlock(&n->lock);
	wake(n);
}

/* Takes what waits; the caller has it until the next time. */
static struct line *
take(struct nodes *n, bool *lost)
{
	struct arena *swap = n->saying_arena;
	struct line *first;

	arena_reset(swap);
	pthread_mutex_lock(&n->lock);
	first = n->first;
	*lost = n->lost;
	n->saying_arena = n->waiting_arena;
	n->waiting_arena = swap;
	n->first = NULL;
	n->last = &n->first;
	n->count = 0;
	n->lost = false;
	pthread_mutex_unlock(&n->lock);
	return first;
}

/* As many as fit go in one call. */
static bool
say(struct nodes *n)
{
	struct buffer b = buffer_in(n->heard, BELL_LONGEST);
	bool lost, well = true;
	struct line *l = take(n, &lost);

	for (; l && well; l = l->next) {
		size_t len = strlen(l->text);

		if (len > BELL_LONGEST / 2)
			continue;
		if (b.len + len + 1 >= BELL_LONGEST) {
			well = bell_ring(n->bell, buffer_text(&b));
			b = buffer_in(n->heard, BELL_LONGEST);
		}
		if (b.len)
			buffer_text_add(&b, "\n");
		buffer_text_add(&b, l->text);
	}
	if (b.len && well)
		well = bell_ring(n->bell, buffer_text(&b));
	if (lost && well)
		well = bell_ring(n->bell, again);
	if (!well) {
		pthread_mutex_lock(&n->lock);
		n->lost = true;
		pthread_mutex_unlock(&n->lock);
	}
	return well;
}

void
nodes_parted(struct nodes *n, const struct parting *partings)
{
	if (!n || !partings)
		return;
	pthread_mutex_lock(&n->lock);
	for (; partings; partings = partings->next)
		n->own[n->own_next++ % OWN] = partings->id;
	pthread_mutex_unlock(&n->lock);
}

/* --- hearing ------------------------------------------------------------------------ */

/* Everybody asks anew what they may see; jobs look whether there is something to do. */
static void
wake_all(struct nodes *n)
{
	live_part(n->house->streams, &(struct parting){.person = 0, .session = ""});
	n->jobs_due = true;
}

static void
part(struct nodes *n, const struct parting *p)
{
	bool own = false;

	pthread_mutex_lock(&n->lock);
	for (int i = 0; i < OWN; i++)
		own = own || n->own[i] == p->id;
	pthread_mutex_unlock(&n->lock);
	if (!own)
		live_part(n->house->streams, p);
}

static bool
read_change(char *line, struct change *c)
{
	char *field[FIELDS];
	char *rest = line;

	if (strcmp(strsep(&rest, "\t"), "change") != 0)
		return false;
	for (int i = 0; i < FIELDS; i++)
		if (!(field[i] = strsep(&rest, "\t")))
			return false;
	*c = (struct change){
		.org = strtoll(field[0], NULL, 10),
		.ticket = strtoll(field[1], NULL, 10),
		.team = strtoll(field[2], NULL, 10),
		.assignee = strtoll(field[3], NULL, 10),
		.customer = strtoll(field[4], NULL, 10),
		.restricted = *field[5] != '0',
		.at = strtoll(field[6], NULL, 10),
		.service = field[7],
		.reference = field[8],
		.what = field[9],
	};
	return true;
}

static void
hear_line(struct nodes *n, char *line)
{
	struct parting p;
	struct change c;

	if (parting_read(n->heard, line, &p)) {
		part(n, &p);
	} else if (strcmp(line, again) == 0) {
		wake_all(n);
	} else if (read_change(line, &c)) {
		live_tell(n->house->streams, n->heard, &c);
		n->jobs_due = true;
	}
}

static void
hear(void *context, const char *text)
{
	struct nodes *n = context;
	char *rest = arena_text(n->heard, text, strlen(text));
	char *line;

	while ((line = strsep(&rest, "\n")))
		hear_line(n, line);
}

static void
call_jobs(struct nodes *n)
{
	int64_t now = times_ticks();

	if (!n->jobs_due || now - n->called < CALM_MS * 1000)
		return;
	n->jobs_due = false;
	n->called = now;
	if (n->house->jobs)
		jobs_call(n->house->jobs);
}

static void
quiet(struct nodes *n)
{
	uint64_t count;

	if (n->ring >= 0)
		(void)!read(n->ring, &count, sizeof count);
}

/* One turn with a connection. */
static void
listen_once(struct nodes *n)
{
	bool well = bell_wait(n->bell, n->ring, n->jobs_due ? CALM_MS : WAIT_MS, hear, n);

	quiet(n);
	if (!well || !say(n)) {
		log_warning("other nodes are not heard any more");
		bell_close(n->bell);
		n->bell = NULL;
		wake_all(n);
	}
	call_jobs(n);
}

static void *
run_postgres(void *context)
{
	struct nodes *n = context;
	bool first = true;

	while (!is_stopping(n)) {
		arena_reset(n->heard);
		if (!n->bell) {
			n->bell = bell_open(n->house->config->db, PARTING_CHANNEL);
			if (!first)
				wake_all(n);
			call_jobs(n);
			first = first && !n->bell;
		}
		if (n->bell)
			listen_once(n);
		else
			sleep(PAUSE_S);
	}
	return NULL;
}

static void *
run_sqlite(void *context)
{
	struct nodes *n = context;

	while (!is_stopping(n)) {
		struct db *db = house_reader(n->house);
		struct actor actor = work_house_actor(0);
		struct work w;

		arena_reset(n->heard);
		if (db) {
			db_begin(db);
			w = house_work(n->house, n->heard, db, &actor);
			for (const struct parting *p = parting_since(&w, &n->after); p;
				p = p->next)
				part(n, p);
			db_rollback(db);
			house_reader_back(n->house, db);
		}
		for (int i = 0; i < 10 && !is_stopping(n); i++)
			usleep(WAIT_MS * 1000 / 10);
	}
	return NULL;
}

struct nodes *
nodes_start(struct house *h)
{
	struct arena *a = arena_new();
	struct nodes *n = arena_alloc(a, sizeof *n);
	bool postgres = db_url_engine(h->config->db) == DB_POSTGRES;

	*n = (struct nodes){
		.arena = a,
		.house = h,
		.heard = arena_new(),
		.after = -1,
		.waiting_arena = arena_new(),
		.saying_arena = arena_new(),
		.ring = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
	};
	n->last = &n->first;
	pthread_mutex_init(&n->lock, NULL);
	if (n->ring < 0 || pthread_create(&n->thread, NULL,
				   postgres ? run_postgres : run_sqlite, n) != 0)
		log_fatal("no thread can be started");
	return n;
}

void
nodes_stop(struct nodes *n)
{
	if (!n)
		return;
	pthread_mutex_lock(&n->lock);
	n->stopping = true;
	pthread_mutex_unlock(&n->lock);
	wake(n);
	pthread_join(n->thread, NULL);
	bell_close(n->bell);
	close(n->ring);
	pthread_mutex_destroy(&n->lock);
	arena_free(n->heard);
	arena_free(n->waiting_arena);
	arena_free(n->saying_arena);
	arena_free(n->arena);
}
