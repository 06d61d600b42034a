/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_INVITATIONS_PAGE_H
#define WEB_INVITATIONS_PAGE_H

/* Asking somebody in to work here (desk/invite): a form and a table on /admin/accounts,
 * and a page for each who has not come yet. */

#include "http/reply.h"
#include "web/staff/ledger.h"

/* The form, for the page of accounts; and who was asked in, if anybody. */
void invitations_page_ask(struct work *w, const struct request *q, struct ledger_view *v);
void invitations_page_table(struct work *w, struct ledger_view *v);

/* POST /admin/accounts/invite {name, email, roles, teams, way, reason} */
enum outcome invitations_page_make(
	struct work *w, const struct request *q, struct reply *r);

/* GET /admin/invitations/:id; POST .../again, .../withdraw {reason} */
enum outcome invitations_page_show(
	struct work *w, const struct request *q, struct reply *r);
enum outcome invitations_page_do(
	struct work *w, const struct request *q, struct reply *r);

#endif
