/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SEALED_PAGE_H
#define WEB_SEALED_PAGE_H

/* Before a restricted ticket of another team is opened: why? The reason goes into the
 * audit, and the ticket is readable to its giver for HIDING_LOOK_SECONDS. */

#include "http/reply.h"
#include "store/ticket.h"

/* Prints the question instead of the ticket. Always DONE. */
enum outcome sealed_page_print(
	struct work *w, const struct request *q, const struct ticket *t, struct reply *r);

/* POST /staff/tickets/:ref/look {reason} */
enum outcome sealed_page_give(struct work *w, const struct request *q, struct reply *r);

#endif
