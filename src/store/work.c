/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/work.h"

#include <string.h>

int64_t
work_id(struct work *w)
{
	return id_next(w->ids, w->now * 1000);
}

enum outcome
work_problem_detail(
	struct work *w, const char *field, const char *key, const char *detail)
{
	struct problems *p = &w->problems;

	if (p->count == p->size) {
		int size = p->size ? p->size * 2 : 8;
		struct problem *at = arena_array(w->arena, (size_t)size, sizeof *at);

		if (p->count)
			memcpy(at, p->at, (size_t)p->count * sizeof *at);
		p->at = at;
		p->size = size;
	}
	p->at[p->count++] = (struct problem){field, key, detail};
	return INVALID;
}

enum outcome
work_problem(struct work *w, const char *field, const char *key)
{
	return work_problem_detail(w, field, key, NULL);
}

struct actor
work_house_actor(int64_t org)
{
	return (struct actor){.kind = ACTOR_SYSTEM, .org = org, .name = ""};
}
