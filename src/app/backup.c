/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/backup.h"

#include "app/check.h"
#include "db/copy.h"
#include "db/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* From PostgreSQL row by row into a fresh SQLite database. */
static bool
copy_from_server(struct errand *e, const char *path)
{
	const char *url = arena_printf(e->arena, "sqlite:%s", path);
	struct db *to = db_open(url, DB_WRITE);
	int64_t rows;
	bool well = to && migrate(to) && copy_rows(e->arena, e->db, to, &rows) &&
		    copy_plain(to);

	db_close(to);
	return well;
}

static bool
copy(struct errand *e, const char *path)
{
	if (db_engine(e->db) == DB_SQLITE)
		return copy_sqlite(e->config->db + strlen("sqlite:"), path);
	return copy_from_server(e, path);
}

/* Opens the copy as any program would, and looks. */
static bool
verify(struct errand *e, const char *path, struct check_counts *counts)
{
	struct config c = *e->config;
	struct errand there;
	const char *integrity;
	bool well;

	c.db = arena_printf(e->arena, "sqlite:%s", path);
	if (!errand_open(&there, &c, DB_READ))
		return false;
	integrity = copy_integrity(there.arena, there.db);
	well = strcmp(integrity, "ok") == 0;
	if (!well)
		errand_say("the copy is damaged: %s", integrity);
	well = well && check_quick(&there, counts) == 0;
	errand_close(&there);
	return well;
}

/* The bytes of the file, or the name in its folder, are on the disk. */
static bool
sync_path(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	bool well = fd >= 0 && fsync(fd) == 0;

	if (!well)
		errand_say("%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return well;
}

static const char *
folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_text(a, path, (size_t)(slash - path) + 1) : ".";
}

static bool
give_name(struct errand *e, const char *from, const char *to)
{
	if (!sync_path(from, O_RDONLY))
		return false;
	if (rename(from, to) != 0) {
		errand_say("%s: %s", to, strerror(errno));
		return false;
	}
	return sync_path(folder_of(e->arena, to), O_RDONLY | O_DIRECTORY);
}

/* A fresh name beside FILE; the file itself is made by the copy. */
static const char *
part_name(struct arena *a, const char *path)
{
	char *part = arena_printf(a, "%s.part-XXXXXX", path);
	int fd = mkstemp(part);

	if (fd < 0) {
		errand_say("%s: %s", part, strerror(errno));
		return NULL;
	}
	close(fd);
	return part;
}

static bool
make_backup(struct errand *e, const char *path)
{
	const char *part = part_name(e->arena, path);
	struct check_counts counts;
	struct stat st;
	bool well;

	if (!part)
		return false;
	well = copy(e, part) && verify(e, part, &counts) && stat(part, &st) == 0 &&
	       give_name(e, part, path);
	if (well)
		printf("backup: %" PRId64 " tickets, %" PRId64 " events, %" PRId64
		       " bytes in %s\n",
			counts.tickets, counts.events, (int64_t)st.st_size, path);
	else
		unlink(part);
	unlink(arena_printf(e->arena, "%s-wal", part));
	unlink(arena_printf(e->arena, "%s-shm", part));
	return well;
}

int
backup_command(const struct config *c)
{
	struct errand e;
	bool well;

	if (c->argument_count != 1) {
		errand_say("usage: portreeve backup FILE");
		return 2;
	}
	if (!errand_open(&e, c, DB_READ))
		return 1;
	well = make_backup(&e, c->arguments[0]);
	errand_close(&e);
	return well ? 0 : 1;
}
