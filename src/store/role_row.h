/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_ROLE_ROW_H
#define STORE_ROLE_ROW_H

/* What each role may do in an organisation. */

#include "store/work.h"

struct role_row {
	enum role role;
	uint64_t rights;
};

struct role_row_list {
	struct role_row at[ROLE_COUNT];
	int count;
};

/* Gives an organisation the standard roles that it lacks. */
void role_row_seed(struct work *w, int64_t org);

/* All roles but the customer's, in the order of enum role. */
void role_row_list(struct work *w, int64_t org, struct role_row_list *list);

void role_row_save(struct work *w, int64_t org, enum role r, uint64_t rights);

/* What the role may do there; 0 when the organisation does not know it. */
uint64_t role_row_rights(struct work *w, int64_t org, enum role r);

#endif
