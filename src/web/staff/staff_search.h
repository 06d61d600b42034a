/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_STAFF_SEARCH_H
#define WEB_STAFF_SEARCH_H

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/search?q=TEXT: a reference leads straight to its ticket; an e-mail address,
 * a telephone number or the beginning of a name finds people and their newest tickets.
 * The page says what is searched, and what not. */
enum outcome staff_search_show(struct work *w, const struct request *q, struct reply *r);

#endif
