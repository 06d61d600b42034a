/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SECURITY_PAGE_H
#define WEB_SECURITY_PAGE_H

/* What guards one's account, and where one is signed in: for residents and staff. */

#include "http/reply.h"
#include "store/work.h"
#include "web/door_view.h"

/* GET /account/security */
enum outcome security_page_show(struct work *w, const struct request *q, struct reply *r);

/* GET /account/sessions */
enum outcome security_page_sessions(
	struct work *w, const struct request *q, struct reply *r);

/* POST /account/sessions/end {session} or {all}; back to `next` or the list. */
enum outcome security_page_end(struct work *w, const struct request *q, struct reply *r);

/* The person's sessions as rows of a page. */
struct door_sessions security_page_rows(struct work *w, bool *others);

#endif
