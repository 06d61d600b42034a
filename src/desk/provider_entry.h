/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_PROVIDER_ENTRY_H
#define DESK_PROVIDER_ENTRY_H

/*
 * Somebody whom an identity provider has vouched for. The subject finds the account that
 * was joined before; the first time a verified e-mail address joins an account of the
 * provider's own organisation, or makes one; who was asked in (desk/invite) is then given
 * what they were to have. Roles, also those that the organisation made, are made anew
 * each time from the groups (desk/group_role): a group that is not in the settings gives
 * nothing, nor does a role that has gone, which is logged and audited
 * (provider.role-gone).
 */

#include "store/account.h"
#include "store/provider.h"

enum { PROVIDER_ENTRY_GROUPS = 200 };

struct provider_says {
	const char *subject; /* never changes: sub, or the DN */
	const char *email;   /* NULL: none was said */
	const char *name;    /* NULL or "" : the address stands for it */
	bool verified;	     /* the address is theirs, says the provider */
	const char *groups[PROVIDER_ENTRY_GROUPS];
	int group_count;
};

/* DONE with the account; DENIED: this person does not get in by this provider (logged
 * why, audited). */
enum outcome provider_entry(struct work *w, const struct provider *p,
	const struct provider_says *says, struct account *a) must_check;

#endif
