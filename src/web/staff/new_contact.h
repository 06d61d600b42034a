/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_NEW_CONTACT_H
#define WEB_NEW_CONTACT_H

/*
 * Somebody rings, calls in or writes: a member of staff writes down what they say, on the
 * same form the public fills in, all of it on one page, and it goes through intake like
 * everything else. Needs RIGHT_CREATE.
 */

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/new: the services to choose from, ?find=WORDS those with the words in their
 * name; ?service=CODE the form of one; &person=ID for somebody known. */
enum outcome new_contact_show(struct work *w, const struct request *q, struct reply *r);

/* POST /staff/new. The files are read before the write enters its lane. */
enum outcome new_contact_prepare(struct work *w, struct request *q, struct reply *r);
enum outcome new_contact_send(struct work *w, const struct request *q, struct reply *r);

#endif
