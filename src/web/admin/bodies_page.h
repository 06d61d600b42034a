/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_BODIES_PAGE_H
#define WEB_BODIES_PAGE_H

/* Other bodies that speak Open311, for administrators: who they are, which of our
 * services are which of theirs, what their statuses do here, how the last exchanges went,
 * what is on its way, and what they sent that found no place. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/bodies */
enum outcome bodies_page_list(struct work *w, const struct request *q, struct reply *r);

/* GET /admin/bodies/:id ("new": an empty form) */
enum outcome bodies_page_show(struct work *w, const struct request *q, struct reply *r);

/* POST the same {name, url, api_key, jurisdiction, team, services, statuses, requests,
 * area, active} */
enum outcome bodies_page_save(struct work *w, const struct request *q, struct reply *r);

/* POST /admin/bodies/:id/do {deed: again, end} */
enum outcome bodies_page_do(struct work *w, const struct request *q, struct reply *r);

#endif
