/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PUBLICATION_PAGE_H
#define WEB_PUBLICATION_PAGE_H

/* What everybody can read of a ticket, and which of its words and photographs. */

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/tickets/:ref/publication */
enum outcome publication_page_show(
	struct work *w, const struct request *q, struct reply *r);

/* POST the same {shown, words, photos (repeated)} */
enum outcome publication_page_change(
	struct work *w, const struct request *q, struct reply *r);

#endif
