/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_LIVE_H
#define APP_LIVE_H

/* Live pages: what a commit changed goes to the streams whose owner may see it. */

#include "http/stream.h"
#include "store/parting.h"

/* Answers GET /events for a signed-in person. */
enum outcome live_open(struct work *w, struct streams *s, struct reply *r);

/* What such a stream keeps of its owner (a plain value of *size bytes), and whether that
 * owner may hear of a `struct change`: the same condition as SCOPE_SQL. */
const void *live_watcher(struct work *w, size_t *size);
bool live_sees(const void *watcher, const void *change);

void live_tell(struct streams *s, struct arena *a, const struct change *c);

/* Ends the streams of those who part. */
void live_part(struct streams *s, const struct parting *p);

/* Ends the streams whose session is over by its age or because nobody used it, as far as
 * was known when they were opened; from that instant they are told nothing any more. A
 * browser whose session goes on comes back. */
void live_end_late(struct streams *s, int64_t now);

#endif
