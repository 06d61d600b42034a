/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_CELL_H
#define BASE_CELL_H

/*
 * A place for parsers that read what strangers sent. Each run is a process of its own,
 * forked from a small warden that was made before anything secret was read; it gets
 * bytes, gives bytes, and can do nothing else (confine_cell). What it was tricked into
 * dies with it: no other run, no descriptor, no memory of the house is within its reach.
 *
 * A run costs about a millisecond: for letters and files, not for every request.
 */

#include "base/arena.h"
#include "base/bytes.h"

struct cell;

/* Something a cell can do. False: it could not; the output is then not used. */
typedef bool cell_task(struct arena *a, struct bytes in, struct bytes *out);

enum { CELL_SECONDS_MOST = 10, CELL_LARGEST = 8 * 1024 * 1024 };

/* Forks the warden: before any other thread is made. NULL (logged) when it cannot be. The
 * tasks must outlive the cell. */
struct cell *cell_open(cell_task *const *tasks, int count);

/* Runs a task. False when it could not, took too long, or was ended for what it tried.
 * The output lies in the arena. From any thread; several may run at once. */
bool cell_run(
	struct cell *c, int task, struct arena *a, struct bytes in, struct bytes *out);

void cell_close(struct cell *c);

#endif
