/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_LIVE_H
#define APP_LIVE_H

/* Live pages: what a commit changed goes to the streams whose owner may see it. */

#include "http/stream.h"
#include "store/work.h"

/* Answers GET /events for a signed-in person. */
enum outcome live_open(struct work *w, struct streams *s, struct reply *r);

void live_tell(struct streams *s, struct arena *a, const struct change *c);

#endif
