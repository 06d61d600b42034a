/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/write_ahead.h"

#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

/* At most so much is gathered: 31 pages with their headers. SQLite's own file system
 * takes no piece of 128 KiB or more at once. */
enum { ROOM = 31 * (4096 + 24) };

struct file {
	sqlite3_file file;
	sqlite3_file *real;
	struct file *log;   /* of a database: its log, while that is open */
	struct file *owner; /* of a log: its database */
	sqlite3_int64 at;   /* where in the log what is gathered belongs */
	int length;
	char *gathered; /* ROOM bytes, once something is written */
};

static struct {
	pthread_once_t once;
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
} below = {.once = PTHREAD_ONCE_INIT};

static sqlite3_file *
real(sqlite3_file *f)
{
	return ((struct file *)f)->real;
}

static int
hand_on(struct file *f)
{
	int length = f->length;

	f->length = 0;
	if (!length)
		return SQLITE_OK;
	return f->real->pMethods->xWrite(f->real, f->gathered, length, f->at);
}

static int
log_write(sqlite3_file *given, const void *from, int n, sqlite3_int64 at)
{
	struct file *f = (struct file *)given;

	if (f->length && (at != f->at + f->length || f->length + n > ROOM)) {
		int code = hand_on(f);

		if (code != SQLITE_OK)
			return code;
	}
	if (!f->gathered)
		f->gathered = sqlite3_malloc(ROOM);
	if (!f->gathered || n > ROOM)
		return f->real->pMethods->xWrite(f->real, from, n, at);
	if (!f->length)
		f->at = at;
	memcpy(f->gathered + f->length, from, (size_t)n);
	f->length += n;
	return SQLITE_OK;
}

static int
log_read(sqlite3_file *given, void *to, int n, sqlite3_int64 at)
{
	int code = hand_on((struct file *)given);

	if (code != SQLITE_OK)
		return code;
	return real(given)->pMethods->xRead(real(given), to, n, at);
}

static int
log_truncate(sqlite3_file *given, sqlite3_int64 size)
{
	int code = hand_on((struct file *)given);

	if (code != SQLITE_OK)
		return code;
	return real(given)->pMethods->xTruncate(real(given), size);
}

static int
log_sync(sqlite3_file *given, int flags)
{
	int code = hand_on((struct file *)given);

	if (code != SQLITE_OK)
		return code;
	return real(given)->pMethods->xSync(real(given), flags);
}

static int
log_size(sqlite3_file *given, sqlite3_int64 *size)
{
	int code = hand_on((struct file *)given);

	if (code != SQLITE_OK)
		return code;
	return real(given)->pMethods->xFileSize(real(given), size);
}

static int
close_file(sqlite3_file *given)
{
	struct file *f = (struct file *)given;
	int written = hand_on(f);
	int code = f->real->pMethods->xClose(f->real);

	if (f->owner)
		f->owner->log = NULL;
	if (f->log)
		f->log->owner = NULL;
	sqlite3_free(f->gathered);
	return code != SQLITE_OK ? code : written;
}

static int
pass_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xRead(real(f), to, n, at);
}

static int
pass_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xWrite(real(f), from, n, at);
}

static int
pass_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	return real(f)->pMethods->xTruncate(real(f), size);
}

static int
pass_sync(sqlite3_file *f, int flags)
{
	return real(f)->pMethods->xSync(real(f), flags);
}

static int
pass_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real(f)->pMethods->xFileSize(real(f), size);
}

static int
pass_lock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int
pass_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int
pass_check(sqlite3_file *f, int *out)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int
pass_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int
pass_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int
pass_traits(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int
pass_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int
pass_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}

/* SQLite stands here between the two copies of the header that announces a commit. The
 * log has been synced by then; what is gathered now was rolled back, and need not even
 * arrive. */
static void
shm_barrier(sqlite3_file *f)
{
	struct file *log = ((struct file *)f)->log;

	if (log)
		(void)hand_on(log);
	real(f)->pMethods->xShmBarrier(real(f));
}

static int
pass_shm_unmap(sqlite3_file *f, int delete)
{
	return real(f)->pMethods->xShmUnmap(real(f), delete);
}

static const sqlite3_io_methods log_methods = {
	.iVersion = 1,
	.xClose = close_file,
	.xRead = log_read,
	.xWrite = log_write,
	.xTruncate = log_truncate,
	.xSync = log_sync,
	.xFileSize = log_size,
	.xLock = pass_lock,
	.xUnlock = pass_unlock,
	.xCheckReservedLock = pass_check,
	.xFileControl = pass_control,
	.xSectorSize = pass_sector,
	.xDeviceCharacteristics = pass_traits,
};

static const sqlite3_io_methods other_methods = {
	.iVersion = 2,
	.xClose = close_file,
	.xRead = pass_read,
	.xWrite = pass_write,
	.xTruncate = pass_truncate,
	.xSync = pass_sync,
	.xFileSize = pass_size,
	.xLock = pass_lock,
	.xUnlock = pass_unlock,
	.xCheckReservedLock = pass_check,
	.xFileControl = pass_control,
	.xSectorSize = pass_sector,
	.xDeviceCharacteristics = pass_traits,
	.xShmMap = pass_shm_map,
	.xShmLock = pass_shm_lock,
	.xShmBarrier = shm_barrier,
	.xShmUnmap = pass_shm_unmap,
};

/* The real file lies behind ours in the space that SQLite gives. */
static int
open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *given, int flags, int *out)
{
	struct file *f = (struct file *)given;
	int code;

	(void)vfs;
	memset(f, 0, sizeof *f);
	f->real = (sqlite3_file *)(f + 1);
	code = below.real->xOpen(below.real, path, f->real, flags, out);
	if (code != SQLITE_OK)
		return code;
	f->file.pMethods = flags & SQLITE_OPEN_WAL ? &log_methods : &other_methods;
	if (flags & SQLITE_OPEN_WAL) {
		f->owner = (struct file *)sqlite3_database_file_object(path);
		f->owner->log = f;
	}
	return SQLITE_OK;
}

static void
settle(void)
{
	sqlite3_initialize();
	below.real = sqlite3_vfs_find(NULL);
	below.vfs = *below.real;
	below.vfs.pNext = NULL;
	below.vfs.zName = "portreeve";
	below.vfs.szOsFile = (int)sizeof(struct file) + below.real->szOsFile;
	below.vfs.xOpen = open_file;
	sqlite3_vfs_register(&below.vfs, 0);
}

const char *
write_ahead_files(void)
{
	pthread_once(&below.once, settle);
	return below.vfs.zName;
}
