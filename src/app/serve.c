/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/serve.h"

#include "app/dispatch.h"
#include "app/jobs.h"
#include "app/nodes.h"
#include "app/routes.h"
#include "base/cell.h"
#include "base/confine.h"
#include "base/log.h"
#include "db/migrate.h"
#include "format/sanitise.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { DRAIN_SECONDS = 10 };

/* SIGTERM and SIGINT are waited for by this thread alone: blocked before any other is
 * made, so that all inherit it. */
static sigset_t
block_signals(void)
{
	sigset_t stop;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	return stop;
}

static bool
prepare_database(const struct config *c)
{
	struct db *db = db_open(c->db, DB_WRITE);
	bool ready = db && migrate(db);

	if (db)
		db_close(db);
	return ready;
}

/* The port may have been chosen by the kernel. */
static const char *
address(struct arena *a, const struct config *c, int port)
{
	const char *colon = strrchr(c->listen, ':');

	return arena_printf(
		a, "http://%.*s:%d", (int)(colon - c->listen), c->listen, port);
}

static bool
open_door(struct house *h, struct arena *a, const struct config *c)
{
	struct routes all = routes_all(a);
	struct server_config s = {
		.listen = c->listen,
		.base = c->base,
		.trusted_proxy = *c->trusted_proxy ? c->trusted_proxy : NULL,
		.connections_per_peer = 256,
		.rate = strcmp(c->limits, "off") == 0 ? 0 : 50,
		.body = dispatch_body,
		.answer = dispatch_answer,
		.error = dispatch_error,
		.house = h,
	};

	h->router = router_new(a, all.at, all.count);
	h->server = server_start(&s);
	return h->server != NULL;
}

/* What strangers sent is parsed in a process of its own. */
static cell_task *const cell_tasks[] = {sanitise_task};

int
serve_command(const struct config *c)
{
	struct arena *a = arena_new();
	sigset_t stop = block_signals();
	struct house *h = arena_alloc(a, sizeof *h);
	struct cell *cell = cell_open(cell_tasks, 1);
	int signal;

	arena_settle();
	if (!cell || !confine_server()) {
		log_error("this kernel cannot confine a process (seccomp)");
		return 1;
	}
	if (!prepare_database(c) || !house_open(h, c))
		return 1;
	h->cell = cell;
	if (!open_door(h, a, c))
		return 1;
	h->jobs = jobs_start(h);
	h->nodes = nodes_start(h);
	printf("listening on %s\n", address(a, c, server_port(h->server)));
	fflush(stdout);
	sigwait(&stop, &signal);
	log_info("stopping: no new work is taken");
	server_stop(h->server, DRAIN_SECONDS);
	nodes_stop(h->nodes);
	jobs_stop(h->jobs);
	house_close(h);
	cell_close(cell);
	arena_free(a);
	return 0;
}
