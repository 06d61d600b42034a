/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SERVICE_PAGE_H
#define WEB_SERVICE_PAGE_H

#include "http/reply.h"
#include "store/work.h"
#include "web/resident/service_view.h"

/* GET /services: by category; ?sort=az by letter; ?group=NAME one category; ?q=WORDS what
 * a search finds. */
enum outcome service_page_list(struct work *w, const struct request *q, struct reply *r);

/* GET /services/:code: what it is, who may ask, what it costs, how long it takes. */
enum outcome service_page_show(struct work *w, const struct request *q, struct reply *r);

/* POST /services/:code/start: begins a form, or goes on with the one that was begun;
 * with `again` begins it afresh. */
enum outcome service_page_start(struct work *w, const struct request *q, struct reply *r);

/* A service as a link to its start page, and the address of a category. */
struct page_link service_page_link(struct work *w, const char *code, const char *name);
const char *service_page_group(struct work *w, const char *category);

/* "£38.50", "£45.00 a day": the charge of the catalogue, which is written without signs.
 */
const char *service_page_charge(struct arena *a, const char *charge);

#endif
