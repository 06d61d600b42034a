/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_ROLE_ROW_H
#define STORE_ROLE_ROW_H

/* What each role may do in an organisation, and who has it. */

#include "store/work.h"

struct role_row {
	enum role role;	   /* ROLE_LOCAL: one that the organisation made */
	const char *name;  /* as grants name it */
	const char *label; /* what people call a local one; "" : a standard role */
	uint64_t rights;
	uint64_t gives;	 /* what who has it may hand on, and take back */
	int64_t holders; /* read along by role_row_list and role_row_get */
};

struct role_row_list {
	struct role_row *at;
	int count;
};

/* Gives an organisation the standard roles that it lacks. */
void role_row_seed(struct work *w, int64_t org);

/* All of them: the standard ones in the order of enum role, then local ones by label. */
void role_row_list(struct work *w, int64_t org, struct role_row_list *list);

/* DONE or MISSING. */
enum outcome role_row_get(
	struct work *w, int64_t org, const char *name, struct role_row *r) must_check;

/* Sets what a standard role may do. */
void role_row_save(struct work *w, int64_t org, enum role r, uint64_t rights);

/* Makes a local role, or changes any: rights, gives and label. Live pages end. */
void role_row_put(struct work *w, int64_t org, const struct role_row *r);

/* Removes a local role that nobody has; false when somebody has, or there is none. */
bool role_row_remove(struct work *w, int64_t org, const char *name);

/* What the role may do there; 0 when the organisation does not know it. */
uint64_t role_row_rights(struct work *w, int64_t org, enum role r);

/* All that somebody's roles there let them hand on. */
uint64_t role_row_gives(struct work *w, int64_t org, int64_t person);

/* How many people can run the desk: accounts that are not disabled with a role that has
 * RIGHT_ADMIN. Accounts behind glass do not count. */
int64_t role_row_administrators(struct work *w, int64_t org);

/* Keeps other changes of the roles of an organisation out until the end. */
void role_row_hold(struct work *w, int64_t org);

#endif
