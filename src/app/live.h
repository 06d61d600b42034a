/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_LIVE_H
#define APP_LIVE_H

/* Live pages: what a commit changed goes to the streams whose owner may see it. */

#include "http/stream.h"
#include "store/work.h"

/* Answers GET /events for a signed-in person. */
enum outcome live_open(struct work *w, struct streams *s, struct reply *r);

/* What such a stream keeps of its owner (a plain value of *size bytes), and whether that
 * owner may hear of a `struct change`: the same condition as SCOPE_SQL. */
const void *live_watcher(struct work *w, size_t *size);
bool live_sees(const void *watcher, const void *change);

void live_tell(struct streams *s, struct arena *a, const struct change *c);

#endif
