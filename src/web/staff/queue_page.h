/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_QUEUE_PAGE_H
#define WEB_QUEUE_PAGE_H

/* The work that waits, the most urgent first: mine, my teams', all. Paged by a cursor, so
 * that no page costs more than the first; the number of queries does not depend on the
 * number of rows. */

#include "http/reply.h"
#include "store/work.h"

/* GET /staff: where this person's day begins. */
enum outcome queue_page_home(struct work *w, const struct request *q, struct reply *r);

/* GET /staff/queue?view=mine|team|all&team=ID&after=CURSOR; part=live gives only what a
 * live page patches. */
enum outcome queue_page_show(struct work *w, const struct request *q, struct reply *r);

#endif
