/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SKILL_H
#define STORE_SKILL_H

/* Skills an organisation knows, and who has them at which level: 1 learning, 2 able,
 * 3 expert. What services ask for is store/demand's. */

#include "store/work.h"

struct worker_list;

enum { SKILL_LEVELS = 3 };

struct skill {
	int64_t id;
	const char *name;
};

struct skill_list {
	struct skill *at;
	int count;
};

/* By name. */
void skill_list(struct work *w, int64_t org, struct skill_list *list);

/* The skill of that name, made when it is not there. INVALID (field name) when the name
 * is empty or too long. */
enum outcome skill_ensure(
	struct work *w, int64_t org, const char *name, int64_t *id) must_check;

/* Level 0 takes it away. INVALID (skill, level) for what is not there. */
enum outcome skill_give(struct work *w, int64_t org, int64_t person, int64_t skill,
	int64_t level) must_check;

struct skill_held {
	int64_t person, skill, level;
	const char *person_name, *skill_name;
};

struct skill_held_list {
	struct skill_held *at;
	int count;
};

/* Who has what, by person. */
void skill_held(struct work *w, int64_t org, struct skill_held_list *list);

/* Fills in the skills of the members of a team. */
void skill_of_workers(
	struct work *w, int64_t org, int64_t team, struct worker_list *list);

#endif
