/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_WALLBOARD_H
#define WEB_WALLBOARD_H

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/wallboard: what waits by team, the longest wait, what breaks next; for who
 * may see the organisation's tickets or figures. Tickets are named to the former
 * alone. Scripts keep it live; ?renew=SECONDS asks the browser to load it again without
 * them, so that it is the reader who decides. */
enum outcome wallboard_show(struct work *w, const struct request *q, struct reply *r);

#endif
