/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/pairs.h"

#include "base/arena.h"

#include <stddef.h>
#include <string.h>

const char *
pairs_get(const struct pairs *p, const char *name)
{
	for (int i = 0; i < p->count; i++)
		if (strcmp(p->at[i].name, name) == 0)
			return p->at[i].value;
	return NULL;
}

void
pairs_add(struct arena *a, struct pairs *p, const char *name, const char *value)
{
	/* Room is for a power of two, so a full one shows in the count alone. */
	if ((p->count & (p->count - 1)) == 0) {
		size_t room = p->count ? (size_t)p->count * 2 : 1;
		struct pair *at = arena_array(a, room, sizeof *at);

		if (p->count)
			memcpy(at, p->at, (size_t)p->count * sizeof *at);
		p->at = at;
	}
	p->at[p->count++] = (struct pair){name, value};
}

void
pairs_add_int(struct arena *a, struct pairs *p, const char *name, long long value)
{
	pairs_add(a, p, name, arena_printf(a, "%lld", value));
}
