/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/restore.h"

#include "app/check.h"
#include "db/copy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool
restore(struct errand *backup, struct errand *to)
{
	const char *integrity = copy_integrity(backup->arena, backup->db);
	struct check_counts counts;
	int64_t rows;

	if (strcmp(integrity, "ok") != 0) {
		errand_say("the backup is damaged: %s", integrity);
		return false;
	}
	if (!copy_empty(to->arena, to->db)) {
		errand_say("the database is not empty; a backup goes into an empty one");
		return false;
	}
	if (!copy_rows(to->arena, backup->db, to->db, &rows)) {
		errand_say("nothing was restored");
		return false;
	}
	if (check_quick(to, &counts) != 0)
		return false;
	printf("restored: %" PRId64 " tickets, %" PRId64 " events, %" PRId64 " rows\n",
		counts.tickets, counts.events, rows);
	return true;
}

int
restore_command(const struct config *c)
{
	struct errand backup, to;
	struct config of_file = *c;
	bool well;

	if (c->argument_count != 1) {
		errand_say("usage: portreeve restore FILE");
		return 2;
	}
	if (access(c->arguments[0], R_OK) != 0) {
		perror(c->arguments[0]);
		return 1;
	}
	if (!errand_open_migrated(&to, c))
		return 1;
	of_file.db = arena_printf(to.arena, "sqlite:%s", c->arguments[0]);
	well = errand_open(&backup, &of_file, DB_READ);
	if (well) {
		well = restore(&backup, &to);
		errand_close(&backup);
	}
	errand_close(&to);
	return well ? 0 : 1;
}
