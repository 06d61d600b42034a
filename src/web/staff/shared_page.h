/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SHARED_PAGE_H
#define WEB_SHARED_PAGE_H

/* What other organisations share with the one where the actor works: open tickets, by
 * due, a table for each. */

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/shared; from=CODE&after=DUE.ID goes on in one of them. */
enum outcome shared_page_show(struct work *w, const struct request *q, struct reply *r);

#endif
