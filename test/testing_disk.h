/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_DISK_H
#define TESTING_DISK_H

/*
 * A disk under SQLite that can be cut off and can fail. It passes everything on to the
 * real one and remembers, for each file, what has been synced and which writes came
 * after. From then on every SQLite connection of the program uses it.
 */

#include <stdbool.h>

void testing_disk_install(void);

/* What a power cut at this moment might leave, written to `folder` under the files' own
 * names: everything synced, and of each 512 bytes written since, by chance, the new
 * state or the old. Returns the number of writes that were not synced. */
int testing_disk_cut(const char *folder, unsigned chance);

/* Calls `then` just before the `after`-th write from now, while nothing else is written
 * or synced: the moment to cut. It may ask for the next. */
void testing_disk_at_write(int after, void (*then)(void *what), void *what);

/* The `after`-th write (or sync) from now, and all that follow until the next call,
 * fail for want of room (or with an I/O error). 0: nothing fails. */
void testing_disk_fail_writes(int after);
void testing_disk_fail_syncs(int after);

/* Writes to files whose name ends so that are not synced yet. */
int testing_disk_unsynced(const char *ending);

#endif
