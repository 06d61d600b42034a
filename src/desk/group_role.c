/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/group_role.h"

#include <string.h>

bool
group_role_next(struct arena *a, struct bytes *lines, struct group_role *g)
{
	while (lines->len > 0) {
		struct bytes line = bytes_trim(bytes_cut(lines, '\n'));
		struct bytes group = line, role = {.len = 0};
		size_t n = line.len;

		while (n > 0 && line.at[n - 1] != '=')
			n--;
		if (n > 0) {
			group = bytes_trim((struct bytes){line.at, n - 1});
			role = bytes_trim((struct bytes){line.at + n, line.len - n});
		}
		if (line.len == 0)
			continue;
		g->group = arena_text(a, group.at, group.len);
		g->role = role.len ? arena_text(a, role.at, role.len) : "";
		return true;
	}
	return false;
}

enum outcome
group_role_get(struct work *w, int64_t org, const char *role, struct role_row *r)
{
	if (role_row_get(w, org, role, r) != DONE || r->role == ROLE_SYSTEM ||
		r->role == ROLE_CUSTOMER)
		return MISSING;
	return DONE;
}

const char *
group_role_named(struct work *w, int64_t org, const char *called)
{
	const char *name = called;
	struct role_row_list list;

	role_row_list(w, org, &list);
	for (int i = 0; i < list.count; i++) {
		if (strcmp(list.at[i].name, called) == 0)
			return called;
		if (*called && strcmp(list.at[i].label, called) == 0)
			name = list.at[i].name;
	}
	return name;
}
