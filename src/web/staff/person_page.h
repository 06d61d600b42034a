/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PERSON_PAGE_H
#define WEB_PERSON_PAGE_H

#include "http/reply.h"
#include "store/person.h"
#include "web/staff/person_view.h"

/* GET /staff/people/:id?after=CURSOR: somebody we know and all their tickets that the
 * actor may see. Needs RIGHT_PEOPLE. */
enum outcome person_page_show(struct work *w, const struct request *q, struct reply *r);

/* A person as pages show them, without tickets. */
struct person_row person_page_row(struct work *w, const struct person *p);

/* A ticket in a list of somebody's. */
struct ticket_link person_page_ticket(
	struct work *w, const struct zone *z, const struct ticket *t);

#endif
