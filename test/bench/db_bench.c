/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * db-bench ADDRESS FOLDER [SECONDS]: how many durable transactions a second the lanes
 * keep for 1, 16 and 64 callers that each wait for their answer, beside how often a
 * second FOLDER's disk syncs. One JSON object a line.
 *
 *	db-bench sqlite:/var/tmp/bench.db /var/tmp 5
 */
#include "base/times.h"
#include "db/lanes.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_CALLERS = 64, MOST_TIMES = 1 << 22 };

static int64_t times[MOST_TIMES];
static atomic_int taken;
static atomic_int_fast64_t next_id;

static int
by_size(const void *a, const void *b)
{
	const int64_t *x = a;
	const int64_t *y = b;

	return (*x > *y) - (*x < *y);
}

static void
note(int64_t since)
{
	int at = taken++;

	if (at < MOST_TIMES)
		times[at] = times_ticks() - since;
}

static void
report(const char *what, int callers, int64_t from)
{
	double seconds = (double)(times_ticks() - from) / 1e6;
	int n = taken < MOST_TIMES ? taken : MOST_TIMES;

	qsort(times, (size_t)n, sizeof times[0], by_size);
	printf("{\"bench\":\"%s\",\"callers\":%d,\"per_second\":%.0f,\"p50_us\":%lld,"
	       "\"p99_us\":%lld,\"max_us\":%lld}\n",
		what, callers, n / seconds, (long long)times[n / 2],
		(long long)times[n * 99L / 100], (long long)times[n - 1]);
	fflush(stdout);
	taken = 0;
}

/* Writes of one page, in place or behind the last, each synced. */
static void
sync_rate(const char *folder, const char *what, bool in_place, int64_t seconds)
{
	static char page[4096];
	char path[4096];
	int64_t start;
	int64_t size = in_place ? 16 << 20 : 0;
	int fd;

	snprintf(path, sizeof path, "%s/db-bench-sync", folder);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	for (int64_t at = 0; at < size; at += sizeof page)
		if (pwrite(fd, page, sizeof page, at) != sizeof page)
			exit(1);
	fsync(fd);
	start = times_ticks();
	for (int64_t at = 0; times_ticks() - start < seconds * 1000000;
		at += sizeof page) {
		int64_t since = times_ticks();

		page[0]++;
		if (pwrite(fd, page, sizeof page, in_place ? at % size : at) !=
				sizeof page ||
			fdatasync(fd))
			exit(1);
		note(since);
	}
	report(what, 1, start);
	close(fd);
	unlink(path);
}

struct caller {
	struct job job;
	struct lanes *lanes;
	int64_t until;
	pthread_t thread;
};

/* About what one report from a resident writes. */
static enum keep
one_report(struct job *j, struct db *db)
{
	static const char words[] =
		"The drain in front of number 12 has been blocked since "
		"Monday and now floods the path whenever it rains. ";
	int64_t id = ++next_id;
	int64_t person = id % 50000;

	(void)j;
	db_run(db,
		"insert into contact (org, id, person, at, words) values ($1, $2, $3, "
		"$4, $5)",
		1, id, person, id, words);
	db_run(db,
		"insert into ticket (org, id, reference, status, team, due, subject)"
		" values ($1, $2, $3, $4, $5, $6, $7)",
		1, id, id * 7919, 1, id % 40, id + 86400, "Blocked drain");
	db_run(db,
		"insert into event (org, ticket, id, at, kind, words) values ($1, $2, "
		"$3, $4, $5, $6)",
		1, id, id, id, 1, words);
	db_run(db, "insert into outbox (org, id, due, body) values ($1, $2, $3, $4)", 1,
		id, id, words);
	return KEEP;
}

static void *
call(void *given)
{
	struct caller *c = given;

	while (times_ticks() < c->until) {
		int64_t since = times_ticks();

		if (lanes_wait(c->lanes, &c->job) != DB_KEPT)
			exit(1);
		note(since);
	}
	return NULL;
}

static void
lanes_rate(const char *url, int callers, int64_t seconds)
{
	static struct caller c[MOST_CALLERS];
	struct lanes *l = lanes_open(url, 0, 1000);
	int64_t start = times_ticks();

	if (!l)
		exit(1);
	for (int i = 0; i < callers; i++) {
		c[i] = (struct caller){.job = {.run = one_report},
			.lanes = l,
			.until = start + seconds * 1000000};
		pthread_create(&c[i].thread, NULL, call, &c[i]);
	}
	for (int i = 0; i < callers; i++)
		pthread_join(c[i].thread, NULL);
	report("lanes", callers, start);
	lanes_close(l);
}

/* As sql/ does it: one tree for a table and its key where SQLite can have that. */
#define TABLES(KEY)                                                                    \
	"create table contact (org bigint, id bigint, person bigint, at bigint,"       \
	" words text, primary key (org, id))" KEY ";"                                  \
	"create table ticket (org bigint, id bigint, reference bigint, status bigint," \
	" team bigint, due bigint, subject text, primary key (org, id))" KEY ";"       \
	"create unique index ticket_reference on ticket (reference);"                  \
	"create index ticket_queue on ticket (org, team, due);"                        \
	"create table event (org bigint, ticket bigint, id bigint, at bigint,"         \
	" kind bigint, words text, primary key (org, ticket, id))" KEY ";"             \
	"create table outbox (org bigint, id bigint, due bigint, body text,"           \
	" primary key (org, id))" KEY

static void
make_tables(const char *url)
{
	struct db *db = db_open(url, DB_WRITE);

	if (!db || !db_script(db, db_engine(db) == DB_SQLITE ? TABLES(" without rowid")
							     : TABLES("")))
		exit(1);
	db_close(db);
}

int
main(int argc, char **argv)
{
	static const int callers[] = {1, 16, 64};
	int64_t seconds = argc > 3 ? strtol(argv[3], NULL, 10) : 5;

	if (argc < 3) {
		fprintf(stderr, "usage: db-bench ADDRESS FOLDER [SECONDS]\n");
		return 2;
	}
	make_tables(argv[1]);
	sync_rate(argv[2], "sync in place", true, seconds);
	sync_rate(argv[2], "sync and grow", false, seconds);
	for (size_t i = 0; i < sizeof callers / sizeof *callers; i++)
		lanes_rate(argv[1], callers[i], seconds);
	sync_rate(argv[2], "sync in place", true, seconds);
	return 0;
}
