/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CLOCK_PAGE_H
#define WEB_CLOCK_PAGE_H

/* How a clock was counted, in words a manager understands, to be read and printed. */

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/tickets/:ref/clocks/:kind?team=ID (for a leg) */
enum outcome clock_page_show(struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/clocks/:kind?team=ID {seq, day, time, reason, version}: it
 * happened at another time. 422 and the page when it cannot be. */
enum outcome clock_page_amend(struct work *w, const struct request *q, struct reply *r);

#endif
