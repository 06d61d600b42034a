/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_HEADS_H
#define APP_HEADS_H

/*
 * The heads of the audit chains in a file that belongs where nobody who can write to the
 * database can reach it: a line a day and organisation, "TIME CODE SEQ HASH" with tabs
 * between. `check` finds by it a chain whose end was cut off or that was made anew.
 */

#include "app/house.h"

/* What a process remembers of it. */
struct heads {
	struct arena *arena;
	int64_t day;   /* whose lines stand in the file */
	int64_t again; /* when to look again whether letters are due */
};

/* Adds the lines of the day of `now` to the configured file, once a day for each process;
 * sends each organisation's by letter, once a day over all (desk/head_letter). What fails
 * is logged, and done the next time. */
void heads_round(struct heads *k, struct house *h, int64_t now);

/* Says on stdout which lines of the file (or of a letter as it came) the chains no longer
 * bear out; returns how many, or -1 when there are none to be read. */
int64_t heads_check(struct work *w, const char *file);

#endif
