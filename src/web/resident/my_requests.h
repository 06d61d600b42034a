/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_MY_REQUESTS_H
#define WEB_MY_REQUESTS_H

#include "http/reply.h"
#include "store/work.h"

/* GET /account?before=ID: what the person who is signed in has asked for, newest first.
 * Requests of restricted services are not listed: others may look over a shoulder. */
enum outcome my_requests_show(struct work *w, const struct request *q, struct reply *r);

#endif
