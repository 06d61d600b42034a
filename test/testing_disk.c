/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_disk.h"

#include "testing.h"

#include "base/log.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 256, SECTOR = 512 };

struct unsynced {
	struct unsynced *next;
	sqlite3_int64 at;
	int length; /* -1: the file was cut to `at` bytes */
	unsigned char bytes[];
};

/* A file by its name, however often it is open. */
struct image {
	char path[512];
	int synced; /* an unnamed file with what the disk holds for certain */
	struct arena *arena;
	struct unsynced *first;
	struct unsynced **last;
	int count;
};

struct disk_file {
	sqlite3_file file;
	struct image *image; /* NULL: of no interest */
	sqlite3_file *real;
};

static struct {
	pthread_mutex_t mutex;
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	struct image image[MOST_FILES];
	int images;
	int writes_left; /* until they fail; 0: they do not */
	int syncs_left;
	int until_then;
	void (*then)(void *what);
	void *what;
} disk = {.mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP};

static struct disk_file *
of(sqlite3_file *f)
{
	return (struct disk_file *)f;
}

static sqlite3_file *
real(sqlite3_file *f)
{
	return of(f)->real;
}

static void
forget_unsynced(struct image *i)
{
	arena_reset(i->arena);
	i->first = NULL;
	i->last = &i->first;
	i->count = 0;
}

static struct image *
image_of(const char *path)
{
	struct image *i;

	for (int n = 0; n < disk.images; n++)
		if (!strcmp(disk.image[n].path, path))
			return &disk.image[n];
	if (disk.images == MOST_FILES)
		log_fatal("too many files for the test disk");
	i = &disk.image[disk.images++];
	snprintf(i->path, sizeof i->path, "%s", path);
	i->synced = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (i->synced < 0)
		log_fatal("no file for the test disk");
	i->arena = arena_new();
	forget_unsynced(i);
	return i;
}

static void
remember(struct image *i, sqlite3_int64 at, const void *bytes, int length)
{
	size_t size = length > 0 ? (size_t)length : 0;
	struct unsynced *u = arena_alloc(i->arena, sizeof *u + size);

	u->at = at;
	u->length = length;
	if (size)
		memcpy(u->bytes, bytes, size);
	*i->last = u;
	i->last = &u->next;
	i->count++;
}

static void
apply(int fd, const struct unsynced *u)
{
	bool well = u->length < 0
			    ? !ftruncate(fd, u->at)
			    : pwrite(fd, u->bytes, (size_t)u->length, u->at) == u->length;

	if (!well)
		log_fatal("the test disk itself is full");
}

/* Counts down to the failure; it is then for good. */
static bool
fails(int *left)
{
	if (*left > 1)
		--*left;
	else if (*left == 1)
		return true;
	return false;
}

static int
disk_close(sqlite3_file *f)
{
	int code = real(f)->pMethods->xClose(real(f));

	sqlite3_free(real(f));
	return code;
}

static int
disk_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xRead(real(f), to, n, at);
}

static int
disk_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	int code = SQLITE_FULL;

	pthread_mutex_lock(&disk.mutex);
	if (disk.until_then && !--disk.until_then)
		disk.then(disk.what);
	if (!fails(&disk.writes_left)) {
		code = real(f)->pMethods->xWrite(real(f), from, n, at);
		if (of(f)->image)
			remember(of(f)->image, at, from, n);
	}
	pthread_mutex_unlock(&disk.mutex);
	return code;
}

static int
disk_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	int code;

	pthread_mutex_lock(&disk.mutex);
	code = real(f)->pMethods->xTruncate(real(f), size);
	if (of(f)->image)
		remember(of(f)->image, size, NULL, -1);
	pthread_mutex_unlock(&disk.mutex);
	return code;
}

static int
disk_sync(sqlite3_file *f, int flags)
{
	int code = SQLITE_IOERR_FSYNC;

	pthread_mutex_lock(&disk.mutex);
	if (!fails(&disk.syncs_left)) {
		code = SQLITE_OK;
		if (of(f)->image) {
			for (struct unsynced *u = of(f)->image->first; u; u = u->next)
				apply(of(f)->image->synced, u);
			forget_unsynced(of(f)->image);
		}
	}
	pthread_mutex_unlock(&disk.mutex);
	(void)flags;
	return code;
}

static int
disk_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real(f)->pMethods->xFileSize(real(f), size);
}

static int
disk_lock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int
disk_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int
disk_check(sqlite3_file *f, int *out)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int
disk_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int
disk_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int
disk_traits(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int
disk_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int
disk_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}

static void
disk_shm_barrier(sqlite3_file *f)
{
	real(f)->pMethods->xShmBarrier(real(f));
}

static int
disk_shm_unmap(sqlite3_file *f, int delete)
{
	return real(f)->pMethods->xShmUnmap(real(f), delete);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = disk_close,
	.xRead = disk_read,
	.xWrite = disk_write,
	.xTruncate = disk_truncate,
	.xSync = disk_sync,
	.xFileSize = disk_size,
	.xLock = disk_lock,
	.xUnlock = disk_unlock,
	.xCheckReservedLock = disk_check,
	.xFileControl = disk_control,
	.xSectorSize = disk_sector,
	.xDeviceCharacteristics = disk_traits,
	.xShmMap = disk_shm_map,
	.xShmLock = disk_shm_lock,
	.xShmBarrier = disk_shm_barrier,
	.xShmUnmap = disk_shm_unmap,
};

static int
disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out)
{
	struct disk_file *d = of(f);
	int code;

	(void)vfs;
	*d = (struct disk_file){.real = sqlite3_malloc(disk.real->szOsFile)};
	code = disk.real->xOpen(disk.real, path, d->real, flags, out);
	if (code != SQLITE_OK) {
		sqlite3_free(d->real);
		return code;
	}
	d->file.pMethods = &methods;
	if (path && flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL |
				    SQLITE_OPEN_MAIN_JOURNAL)) {
		pthread_mutex_lock(&disk.mutex);
		d->image = image_of(path);
		pthread_mutex_unlock(&disk.mutex);
	}
	return SQLITE_OK;
}

/* A file that is deleted is gone from the disk at once. */
static int
disk_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
	(void)vfs;
	pthread_mutex_lock(&disk.mutex);
	for (int n = 0; n < disk.images; n++)
		if (!strcmp(disk.image[n].path, path)) {
			forget_unsynced(&disk.image[n]);
			if (ftruncate(disk.image[n].synced, 0))
				log_fatal("the test disk");
		}
	pthread_mutex_unlock(&disk.mutex);
	return disk.real->xDelete(disk.real, path, sync);
}

void
testing_disk_install(void)
{
	if (disk.real)
		return;
	sqlite3_initialize();
	disk.real = sqlite3_vfs_find(NULL);
	disk.vfs = *disk.real;
	disk.vfs.zName = "testing";
	disk.vfs.szOsFile = sizeof(struct disk_file);
	disk.vfs.xOpen = disk_open;
	disk.vfs.xDelete = disk_delete;
	sqlite3_vfs_register(&disk.vfs, 1);
}

static void
copy_synced(const struct image *i, int to)
{
	static unsigned char bytes[1 << 16];
	ssize_t n;

	for (off_t at = 0; (n = pread(i->synced, bytes, sizeof bytes, at)) > 0; at += n)
		if (pwrite(to, bytes, (size_t)n, at) != n)
			log_fatal("the test disk itself is full");
}

/* Of an unsynced write each sector may be there or not. */
static void
apply_by_chance(int to, const struct unsynced *u, unsigned *chance)
{
	if (u->length < 0) {
		if (rand_r(chance) % 2)
			apply(to, u);
		return;
	}
	for (int from = 0; from < u->length;) {
		int end = from + SECTOR - (int)((u->at + from) % SECTOR);

		if (end > u->length)
			end = u->length;
		if (rand_r(chance) % 2 &&
			pwrite(to, u->bytes + from, (size_t)(end - from), u->at + from) !=
				end - from)
			log_fatal("the test disk itself is full");
		from = end;
	}
}

int
testing_disk_cut(const char *folder, unsigned chance)
{
	int unsynced = 0;

	pthread_mutex_lock(&disk.mutex);
	for (int n = 0; n < disk.images; n++) {
		const struct image *i = &disk.image[n];
		char path[1024];
		int to;

		snprintf(path, sizeof path, "%s/%s", folder, strrchr(i->path, '/') + 1);
		to = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
		if (to < 0)
			log_fatal("the test disk cannot be cut");
		copy_synced(i, to);
		for (const struct unsynced *u = i->first; u; u = u->next)
			apply_by_chance(to, u, &chance);
		unsynced += i->count;
		close(to);
	}
	pthread_mutex_unlock(&disk.mutex);
	return unsynced;
}

void
testing_disk_at_write(int after, void (*then)(void *what), void *what)
{
	pthread_mutex_lock(&disk.mutex);
	disk.until_then = after;
	disk.then = then;
	disk.what = what;
	pthread_mutex_unlock(&disk.mutex);
}

static void
set(int *what, int to)
{
	pthread_mutex_lock(&disk.mutex);
	*what = to;
	pthread_mutex_unlock(&disk.mutex);
}

void
testing_disk_fail_writes(int after)
{
	set(&disk.writes_left, after);
}

void
testing_disk_fail_syncs(int after)
{
	set(&disk.syncs_left, after);
}

int
testing_disk_unsynced(const char *ending)
{
	int count = 0;

	pthread_mutex_lock(&disk.mutex);
	for (int n = 0; n < disk.images; n++) {
		size_t length = strlen(disk.image[n].path);

		if (length > strlen(ending) &&
			!strcmp(disk.image[n].path + length - strlen(ending), ending))
			count += disk.image[n].count;
	}
	pthread_mutex_unlock(&disk.mutex);
	return count;
}
