/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_PROVIDER_ENTRY_H
#define DESK_PROVIDER_ENTRY_H

/*
 * Somebody whom an identity provider has vouched for. The subject finds the account that
 * was joined before; the first time a verified e-mail address joins an account of the
 * provider's own organisation, or makes one; who was asked in (desk/invite) is then given
 * what they were to have. Roles are made anew each time from the
 * groups: a group that is not in the settings gives nothing.
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

/* The role of a group by the lines of the setting "roles"; ROLE_COUNT when it gives
 * none. Also for forms: what the line means. */
enum role provider_entry_role(
	struct work *w, const struct provider *p, const char *group);

#endif
