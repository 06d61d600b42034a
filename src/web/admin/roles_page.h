/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ROLES_PAGE_H
#define WEB_ROLES_PAGE_H

/* /admin/roles: what each role may do, who has it, and changing that (desk/roles). */

#include "http/reply.h"
#include "http/request.h"
#include "store/work.h"

enum outcome roles_page_list(struct work *w, const struct request *q, struct reply *r);
enum outcome roles_page_make(struct work *w, const struct request *q, struct reply *r);
enum outcome roles_page_show(struct work *w, const struct request *q, struct reply *r);
enum outcome roles_page_change(struct work *w, const struct request *q, struct reply *r);
enum outcome roles_page_give(struct work *w, const struct request *q, struct reply *r);
enum outcome roles_page_remove(struct work *w, const struct request *q, struct reply *r);

#endif
