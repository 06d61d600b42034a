/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CLOSURE_PAGE_H
#define WEB_CLOSURE_PAGE_H

/* Declaring a day closed afterwards (snow, a fire alarm) for named requests. */

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/closures */
enum outcome closure_page_show(struct work *w, const struct request *q, struct reply *r);

/* POST /staff/closures {calendar, date, reason, approver, references} */
enum outcome closure_page_declare(
	struct work *w, const struct request *q, struct reply *r);

#endif
