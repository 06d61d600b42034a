/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_NODES_H
#define APP_NODES_H

/*
 * Several processes serve one database on PostgreSQL: what a commit on one changed is
 * told to the live pages of the others and wakes their jobs, a few milliseconds later and
 * without a part in the transaction; what ends live pages (store/parting) is said by the
 * transaction itself. While the others cannot be heard, live pages are ended again and
 * again, so that none goes on with old rights; when they are heard again all pages ask
 * anew once, and all jobs look.
 *
 * On SQLite one process serves; it looks every second whether a command ended something.
 */

#include "app/house.h"

struct nodes;

/* Begins to listen, on a thread of its own. */
struct nodes *nodes_start(struct house *h);
void nodes_stop(struct nodes *n);

/* Says it to the other nodes, soon. From any thread, after the commit. Nothing happens
 * when there are none to tell. */
void nodes_tell(struct nodes *n, const struct change *changes);

/* These live pages have been ended here: they are not ended again when that is heard. */
void nodes_parted(struct nodes *n, const struct parting *partings);

#endif
