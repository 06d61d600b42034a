/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_HOME_H
#define WEB_HOME_H

#include "http/reply.h"
#include "store/work.h"

/* GET /: what residents can do here. */
enum outcome home_show(struct work *w, const struct request *q, struct reply *r);

#endif
