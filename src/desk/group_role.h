/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_GROUP_ROLE_H
#define DESK_GROUP_ROLE_H

/* The setting "roles" of an identity provider: a line "group = role" for each role that a
 * group gives. The last "=" parts them, for a DN has some of its own. */

#include "base/arena.h"
#include "base/bytes.h"
#include "store/role_row.h"

struct group_role {
	const char *group, *role; /* "" : the line has none */
};

/* The next line that is not empty. False: there is none. */
bool group_role_next(struct arena *a, struct bytes *lines, struct group_role *g);

/* Is there such a role in the organisation that a provider may give to people? A
 * machine's is none. DONE or MISSING. */
enum outcome group_role_get(
	struct work *w, int64_t org, const char *role, struct role_row *r) must_check;

/* The name of the role that is called so: by its name, else by the label of one that the
 * organisation made; as it came when there is none. */
const char *group_role_named(struct work *w, int64_t org, const char *called);

#endif
