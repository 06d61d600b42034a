/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ADMIN_RULES_H
#define WEB_ADMIN_RULES_H

#include "store/work.h"
#include "web/admin_view.h"

/* The live rule tables of an organisation: each row's conditions and what it gives, in
 * words. */
struct admin_tables admin_rules_tables(struct work *w, int64_t org);

#endif
