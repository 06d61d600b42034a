/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_CLAMD_H
#define APP_CLAMD_H

/* Asks clamd (Debian: clamav-daemon) about bytes, by its INSTREAM command (clamd(8)). It
 * blocks for at most CLAMD_SECONDS a step: for jobs alone. */

#include "base/arena.h"
#include "base/bytes.h"

enum { CLAMD_SECONDS = 30 };

enum clamd_verdict {
	CLAMD_CLEAN,
	CLAMD_FOUND,
	CLAMD_NO_ANSWER, /* it is away, or says that it could not look: ask again */
};

/* `address` is the path of its socket or "HOST:PORT" with a number for the host. *said is
 * what it calls the thing, or why there is no answer; printable, never NULL. */
enum clamd_verdict clamd_scan(
	struct arena *a, const char *address, struct bytes data, const char **said);

#endif
