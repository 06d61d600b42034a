/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_HEADS_H
#define APP_HEADS_H

/*
 * The heads of the audit chains in a file that belongs where nobody who can write to the
 * database can reach it: a line a day and organisation, "TIME CODE SEQ HASH" with tabs
 * between. `check` finds by it a chain whose end was cut off or that was made anew.
 */

#include "app/house.h"

/* Adds today's lines to the configured file, once a day for each process. False: logged.
 */
bool heads_export(struct house *h, struct arena *a);

/* Says on stdout which lines of the file the chains no longer bear out; returns how many,
 * or -1 when it cannot be read. */
int64_t heads_check(struct work *w, const char *file);

#endif
