/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_VISITOR_H
#define WEB_VISITOR_H

/* Somebody without an account for whom the desk keeps something: a half-filled form, the
 * right to follow one request. */

#include "http/reply.h"
#include "store/work.h"

/* The cookie of every session, signed in or not. */
#define VISITOR_COOKIE "portreeve"

/* The session of the work, made now if there is none, with its cookie in the reply. For
 * handlers of a write only. */
void visitor_need_session(struct work *w, const struct request *q, struct reply *r);

/* The session of the work ends, and its browser is told to forget what it has of us. */
void visitor_leave(struct work *w, struct reply *r);

#endif
