/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * audit-bench URL ROWS: adds and seals rows in a migrated database, then walks the chain;
 * 0: only walks. One JSON object on stdout; of the walk also the processor's time, which
 * other work on the machine does not change.
 */
#include "base/times.h"
#include "store/audit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { BATCH = 5000 };

static double
processor(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

int
main(int argc, char **argv)
{
	struct db *db = argc == 3 ? db_open(argv[1], DB_WRITE) : NULL;
	struct actor actor = work_house_actor(0);
	struct id_source ids = id_source_at(1, times_now_ms());
	struct arena *a = arena_new();
	int64_t rows = argc == 3 ? strtoll(argv[2], NULL, 10) : 0;
	int64_t began = times_ticks(), added, walked;
	struct audit_verdict v;
	double spent;

	if (!db || sodium_init() < 0)
		return 2;
	actor.person = 1;
	for (int64_t done = 0; done < rows; done += BATCH) {
		struct work w = {.arena = a,
			.db = db,
			.ids = &ids,
			.actor = &actor,
			.now = times_now()};

		arena_reset(a);
		db_begin(db);
		for (int i = 0; i < BATCH; i++)
			audit_add(&w, "view",
				arena_printf(a, "ticket %08lld", (long long)done + i),
				"what=page");
		audit_seal(&w, BATCH);
		if (db_commit(db) != DB_KEPT)
			return 1;
	}
	added = times_ticks();
	arena_reset(a);
	db_begin(db);
	spent = processor();
	audit_verify(&(struct work){.arena = a, .db = db, .actor = &actor}, 0, &v);
	walked = times_ticks();
	spent = processor() - spent;
	printf("{\"audit_rows\":%lld,\"add_and_seal_s\":%.2f,\"verify_s\":%.2f,"
	       "\"verify_processor_s\":%.2f,\"problem\":\"%s\"}\n",
		(long long)v.rows, (double)(added - began) / 1e6,
		(double)(walked - added) / 1e6, spent, v.problem ? v.problem : "");
	db_rollback(db);
	db_close(db);
	return v.problem != NULL;
}
