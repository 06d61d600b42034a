/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TRACK_TIMELINE_H
#define WEB_TRACK_TIMELINE_H

/* What a customer reads of their request: how it stands, what happens next, by when, and
 * what was said both ways. Who of the staff said it is not shown. */

#include "store/ticket.h"
#include "web/resident/track_view.h"

/* Fills status, next, due, asked, events and older; `before` is a seq, or 0. */
void track_timeline_fill(struct work *w, const struct ticket *t, int64_t before,
	struct track_request_view *v);

/* The status in plain words, and the class of its tag. */
enum word track_timeline_status(enum ticket_status s);
const char *track_timeline_class(enum ticket_status s);

#endif
