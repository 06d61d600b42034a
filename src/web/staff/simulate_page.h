/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SIMULATE_PAGE_H
#define WEB_SIMULATE_PAGE_H

/* The desk's lists as somebody else of the organisation sees them: which tickets, not
 * what is in them. Whoever looks becomes nobody else, can change nothing here, and is
 * noted in the audit before the answer leaves. */

#include "http/reply.h"
#include "http/request.h"
#include "store/work.h"

/* GET /staff/simulate?who=EMAIL&view=mine|team|all */
enum outcome simulate_page_show(struct work *w, const struct request *q, struct reply *r);

#endif
