/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ACCOUNTS_PAGE_H
#define WEB_ACCOUNTS_PAGE_H

/* /admin/accounts: who signs in, their roles, teams and state (desk/roles). */

#include "http/reply.h"
#include "http/request.h"
#include "store/work.h"

enum outcome accounts_page_list(struct work *w, const struct request *q, struct reply *r);
enum outcome accounts_page_show(struct work *w, const struct request *q, struct reply *r);

/* The deeds: /admin/accounts/:id/give take join leave disable enable sign-out. */
enum outcome accounts_page_do(struct work *w, const struct request *q, struct reply *r);

#endif
