/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_HONESTY_LIST_H
#define WEB_HONESTY_LIST_H

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/reports/honesty/tickets?what=: the tickets behind a figure of
 * web/staff/honesty_page, those that the reader may see. */
enum outcome honesty_list_show(struct work *w, const struct request *q, struct reply *r);

#endif
