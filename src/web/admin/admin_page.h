/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ADMIN_PAGE_H
#define WEB_ADMIN_PAGE_H

/* What an organisation's desk consists of, to look at: services, teams, and the letters
 * that could not be sent. All for WHO_ADMIN. */

#include "http/reply.h"
#include "store/work.h"
#include "web/page.h"

/* The ways between the pages for administrators; the one of that title has no href. */
struct page_links admin_page_ways(struct work *w, enum word title);

/* GET /admin: how much there is of each. */
enum outcome admin_page_show(struct work *w, const struct request *q, struct reply *r);

/* GET /admin/letters, services, teams */
enum outcome admin_page_letters(struct work *w, const struct request *q, struct reply *r);
enum outcome admin_page_services(
	struct work *w, const struct request *q, struct reply *r);
enum outcome admin_page_teams(struct work *w, const struct request *q, struct reply *r);

/* POST /admin/letters/:id/retry */
enum outcome admin_page_retry(struct work *w, const struct request *q, struct reply *r);

#endif
