/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ACCESS_PAGE_H
#define WEB_ACCESS_PAGE_H

/* Why somebody can see a ticket, or cannot: right by right, the rule that decided; and
 * everybody who can. For RIGHT_EXPLAIN in the ticket's organisation. */

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/tickets/:ref/access?who=E-MAIL */
enum outcome access_page_show(struct work *w, const struct request *q, struct reply *r);

#endif
