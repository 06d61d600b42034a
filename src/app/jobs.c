/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/jobs.h"

#include "app/applying.h"
#include "app/bodies.h"
#include "app/heads.h"
#include "app/hooks.h"
#include "app/live.h"
#include "app/meter.h"
#include "app/photos.h"
#include "app/placing.h"
#include "app/post.h"
#include "app/pulling.h"
#include "app/scanning.h"
#include "app/seen.h"
#include "app/sights.h"
#include "app/timers.h"
#include "app/updates.h"
#include "base/log.h"
#include "base/times.h"
#include "store/audit.h"
#include "store/kept_answer.h"
#include "store/publication.h"
#include "store/session.h"
#include "store/token.h"
#include "store/webhook.h"

#include <errno.h>
#include <time.h>

enum {
	PAUSE_MS = 250,
	SWEEP_ROUNDS = 10,
	SEAL_SECONDS = 5,
	SEAL_ROWS = 500,
	HEADS_SECONDS = 60,
	PLACE_SECONDS = 20,
	APPLY_SECONDS = 2,
	NOTES = 1000,
	NEIGHBOUR_MS = 2000,
	SAME_REPORT = 3600,
	PHOTOS_MS = 1000,
	SCAN_MS = 500,
	SCAN_AGAIN_MS = 30000,
	TASKS = 12
};

struct jobs {
	struct arena *arena;
	struct house *house;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	uint64_t calls;
	pthread_t threads[TASKS];
};

static struct timespec
time_in(int64_t milliseconds)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += milliseconds / 1000;
	until.tv_nsec += milliseconds % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	return until;
}

/* Waits, but not longer than until the jobs are to stop; false then. */
static bool
go_on(struct jobs *j, int64_t milliseconds)
{
	struct timespec until = time_in(milliseconds);
	bool stopping;

	pthread_mutex_lock(&j->lock);
	while (!j->stopping &&
		pthread_cond_timedwait(&j->wake, &j->lock, &until) != ETIMEDOUT)
		;
	stopping = j->stopping;
	pthread_mutex_unlock(&j->lock);
	return !stopping;
}

/* The same, or until somebody calls; *calls is how many there were before. */
static bool
go_on_called(struct jobs *j, int64_t milliseconds, uint64_t *calls)
{
	struct timespec until = time_in(milliseconds);
	bool stopping;

	pthread_mutex_lock(&j->lock);
	while (!j->stopping && j->calls == *calls &&
		pthread_cond_timedwait(&j->wake, &j->lock, &until) != ETIMEDOUT)
		;
	*calls = j->calls;
	stopping = j->stopping;
	pthread_mutex_unlock(&j->lock);
	return !stopping;
}

static void *
send_letters(void *context)
{
	struct jobs *j = context;
	struct post *p = post_open(j->house);
	uint64_t calls = 0;

	while (go_on_called(j, PAUSE_MS, &calls))
		while (post_round(p) > 0)
			;
	post_close(p);
	return NULL;
}

static enum outcome
sweep(struct work *w, void *context)
{
	(void)context;
	session_sweep(w);
	kept_answer_sweep(w);
	webhook_sweep(w);
	publication_sweep(w, w->now - SAME_REPORT);
	return DONE;
}

struct notes {
	struct meter_note at[NOTES];
	int count;
};

static enum outcome
write_notes(struct work *w, void *context)
{
	const struct notes *n = context;

	for (int i = 0; i < n->count; i++)
		token_used(w, n->at[i].token, n->at[i].used);
	return DONE;
}

/* When tokens were last used. */
static void
note_tokens(struct house *h)
{
	struct arena *a = arena_new();
	struct notes *n = arena_alloc(a, sizeof *n);

	n->count = meter_take_notes(h->meter, n->at, NOTES);
	if (n->count > 0 && house_write(h, 0, write_notes, n) != DB_KEPT)
		log_warning("the last use of tokens could not be written");
	arena_free(a);
}

/* Who tries to get round pace, sizes or framing is seen in the log, a line a round at
 * most: a flood must not fill it. */
static int64_t
note_refusals(const struct house *h, int64_t known)
{
	int64_t now = h->server ? server_figures(h->server).refused : known;

	if (now > known)
		log_warning("%lld requests or connections were refused for their pace, "
			    "size or framing",
			(long long)(now - known));
	return now;
}

static void *
sweep_up(void *context)
{
	struct jobs *j = context;
	int64_t refused = 0;

	for (int round = 1; go_on(j, SEEN_EVERY * 1000); round++) {
		seen_write(j->house);
		note_tokens(j->house);
		refused = note_refusals(j->house, refused);
		live_end_late(j->house->streams, times_now());
		if (round % SWEEP_ROUNDS == 0 &&
			house_write(j->house, 0, sweep, NULL) != DB_KEPT)
			log_warning("what has ended could not be swept away");
	}
	seen_write(j->house);
	return NULL;
}

static bool
audit_wants_sealing(struct house *h, struct arena *a)
{
	arena_reset(a);
	return house_ask(h, a, audit_waits);
}

static enum outcome
seal(struct work *w, void *context)
{
	int64_t *sealed = context;

	*sealed = audit_seal(w, SEAL_ROWS);
	return DONE;
}

static void *
seal_audit(void *context)
{
	struct jobs *j = context;
	struct arena *a = arena_new();

	while (go_on(j, SEAL_SECONDS * 1000)) {
		int64_t sealed = SEAL_ROWS;

		if (!audit_wants_sealing(j->house, a))
			continue;
		while (sealed == SEAL_ROWS)
			if (house_write(j->house, 0, seal, &sealed) != DB_KEPT) {
				log_warning("the audit could not be sealed");
				sealed = 0;
			}
	}
	arena_free(a);
	return NULL;
}

/* A day begins at midnight UTC; the first time is soon after the start. */
static void *
export_heads(void *context)
{
	struct jobs *j = context;
	struct heads k = {.arena = arena_new()};

	while (go_on(j, HEADS_SECONDS * 1000))
		heads_round(&k, j->house, times_now());
	arena_free(k.arena);
	return NULL;
}

static void *
place_tickets(void *context)
{
	struct jobs *j = context;
	struct arena *a = arena_new();

	while (go_on(j, PLACE_SECONDS * 1000))
		placing_round(j->house, a);
	arena_free(a);
	return NULL;
}

static void *
write_sights(void *context)
{
	struct jobs *j = context;
	bool more = true;

	while (more) {
		more = go_on(j, PAUSE_MS);
		if (!sights_round(j->house))
			log_warning("what was looked at could not be written yet");
	}
	return NULL;
}

static void *
send_messages(void *context)
{
	struct jobs *j = context;
	struct arena *a = arena_new();
	uint64_t calls = 0;

	while (go_on_called(j, PAUSE_MS, &calls))
		while (hooks_round(j->house, a) > 0)
			;
	arena_free(a);
	return NULL;
}

static void *
fire_timers(void *context)
{
	struct jobs *j = context;
	struct arena *a = arena_new();
	int64_t pause = PAUSE_MS;
	uint64_t calls = 0;

	while (go_on_called(j, pause, &calls))
		pause = timers_round(j->house, a);
	arena_free(a);
	return NULL;
}

static void *
apply_tables(void *context)
{
	struct jobs *j = context;
	struct arena *a = arena_new();

	while (go_on(j, APPLY_SECONDS * 1000))
		applying_round(j->house, a);
	arena_free(a);
	return NULL;
}

static void *
meet_neighbours(void *context)
{
	struct jobs *j = context;
	struct arena *a = arena_new();

	while (go_on(j, NEIGHBOUR_MS)) {
		pulling_round(j->house, a);
		while (bodies_send(j->house, a) > 0)
			;
		while (updates_send(j->house, a) > 0)
			;
	}
	arena_free(a);
	return NULL;
}

static void *
fetch_photos(void *context)
{
	struct jobs *j = context;
	struct arena *a = arena_new();

	while (go_on(j, PHOTOS_MS))
		while (photos_round(j->house, a) > 0)
			;
	arena_free(a);
	return NULL;
}

static void *
scan_files(void *context)
{
	struct jobs *j = context;
	struct arena *a = arena_new();

	int done = 0;

	while (*j->house->config->clamd && go_on(j, done < 0 ? SCAN_AGAIN_MS : SCAN_MS))
		do
			done = scanning_round(j->house, a);
		while (done > 0);
	arena_free(a);
	return NULL;
}

/* Each has a thread of its own. */
static void *(*const tasks[TASKS])(void *context) = {
	send_letters,
	sweep_up,
	seal_audit,
	place_tickets,
	write_sights,
	export_heads,
	send_messages,
	meet_neighbours,
	fire_timers,
	apply_tables,
	fetch_photos,
	scan_files,
};

struct jobs *
jobs_start(struct house *h)
{
	struct arena *a = arena_new();
	struct jobs *j = arena_alloc(a, sizeof *j);
	pthread_condattr_t monotonic;

	*j = (struct jobs){.arena = a, .house = h};
	pthread_mutex_init(&j->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&j->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	for (int i = 0; i < TASKS; i++)
		if (pthread_create(&j->threads[i], NULL, tasks[i], j) != 0)
			log_fatal("no thread can be started");
	return j;
}

void
jobs_call(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	j->calls++;
	pthread_cond_broadcast(&j->wake);
	pthread_mutex_unlock(&j->lock);
}

uint64_t
jobs_calls(struct jobs *j)
{
	uint64_t calls;

	pthread_mutex_lock(&j->lock);
	calls = j->calls;
	pthread_mutex_unlock(&j->lock);
	return calls;
}

void
jobs_stop(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	j->stopping = true;
	pthread_cond_broadcast(&j->wake);
	pthread_mutex_unlock(&j->lock);
	for (int i = 0; i < TASKS; i++)
		pthread_join(j->threads[i], NULL);
	pthread_cond_destroy(&j->wake);
	pthread_mutex_destroy(&j->lock);
	arena_free(j->arena);
}
