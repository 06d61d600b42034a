/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_SIGHTS_H
#define APP_SIGHTS_H

/*
 * What people looked at, on its way to the audit. An ordinary look is collected here and
 * written with the others within a quarter of a second, so that reading waits for no
 * disk: what a crash catches in that time is lost. A look at a restricted ticket never
 * comes here: its answer waits until its row is durable (app/dispatch).
 */

#include "app/house.h"

struct sights;

struct sights *sights_new(void);
void sights_free(struct sights *s);

/* Takes a copy of what the work noted; false when too much waits, then the answer must
 * wait for it too. From any thread. */
bool sights_add(struct sights *s, const struct work *w);

/* Writes what was collected; from one thread. False: it is kept for the next time. */
bool sights_round(struct house *h);

#endif
