/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SHARING_PAGE_H
#define WEB_SHARING_PAGE_H

/* The register of sharing agreements: what the organisation gives and takes, every
 * version of each, and the forms by which they are made, amended and ended. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/sharing: RIGHT_SHARING or RIGHT_AUDIT. */
enum outcome sharing_page_list(struct work *w, const struct request *q, struct reply *r);

/* GET /admin/sharing/new, /admin/sharing/:id, /admin/sharing/:id/amend */
enum outcome sharing_page_new(struct work *w, const struct request *q, struct reply *r);
enum outcome sharing_page_show(struct work *w, const struct request *q, struct reply *r);
enum outcome sharing_page_amend(struct work *w, const struct request *q, struct reply *r);

/* POST /admin/sharing, /admin/sharing/:id/amend, /admin/sharing/:id/end */
enum outcome sharing_page_make(struct work *w, const struct request *q, struct reply *r);
enum outcome sharing_page_change(
	struct work *w, const struct request *q, struct reply *r);
enum outcome sharing_page_end(struct work *w, const struct request *q, struct reply *r);

#endif
