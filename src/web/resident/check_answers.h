/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CHECK_ANSWERS_H
#define WEB_CHECK_ANSWERS_H

/* The answers once more before they are sent, and what happens then. */

#include "http/reply.h"
#include "store/work.h"

/* GET /services/:code/check: while something is missing the way leads there. */
enum outcome check_answers_show(struct work *w, const struct request *q, struct reply *r);

/* POST /services/:code/check: sends. Sent again (a double click, the back button) it
 * leads to the same confirmation. */
enum outcome check_answers_send(struct work *w, const struct request *q, struct reply *r);

/* GET /services/:code/sent/:ref: the confirmation, for the session that sent it; for
 * anybody else the way leads to tracking. */
enum outcome check_answers_sent(struct work *w, const struct request *q, struct reply *r);

#endif
