/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_FEEDBACK_H
#define WEB_FEEDBACK_H

/* The survey after a request was resolved, reached by the token of the letter alone. */

#include "http/reply.h"
#include "store/work.h"

/* GET /feedback/:token?score=N: chooses N, but changes nothing; mail programs open links
 * by themselves. */
enum outcome feedback_show(struct work *w, const struct request *q, struct reply *r);

/* POST /feedback/:token {score, comment}. May be sent again: the last one counts. */
enum outcome feedback_give(struct work *w, const struct request *q, struct reply *r);

#endif
