/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/assignment.h"

#include <assert.h>

const char *
assignment_bar_name(int nth)
{
	static const char *const names[ASSIGNMENT_BARS] = {
		"shift", "presence", "licence", "skill", "load"};

	assert(nth >= 0 && nth < ASSIGNMENT_BARS);
	return names[nth];
}

static int64_t
level_of(const struct assignment_skills *has, int64_t skill)
{
	for (int i = 0; i < has->count; i++)
		if (has->at[i].skill == skill)
			return has->at[i].level;
	return 0;
}

static bool
is_skilled(const struct assignment_skills *has, const struct assignment_skills *needs)
{
	for (int i = 0; i < needs->count; i++)
		if (level_of(has, needs->at[i].skill) < needs->at[i].level)
			return false;
	return true;
}

static int
bars_of(const struct assignment_candidate *c, const struct assignment_skills *needs)
{
	int bars = 0;

	if (!c->on_shift)
		bars |= ASSIGNMENT_OFF_SHIFT;
	if (!c->present)
		bars |= ASSIGNMENT_NOT_PRESENT;
	if (!c->licensed)
		bars |= ASSIGNMENT_NOT_LICENSED;
	if (!is_skilled(&c->has, needs))
		bars |= ASSIGNMENT_NOT_SKILLED;
	if (c->load >= c->cap)
		bars |= ASSIGNMENT_FULL;
	return bars;
}

/* load / capacity is compared without dividing. */
static bool
is_better(const struct assignment_candidate *a, const struct assignment_candidate *b)
{
	int64_t x = a->load * b->capacity;
	int64_t y = b->load * a->capacity;

	if (x != y)
		return x < y;
	if (a->given != b->given)
		return a->given < b->given;
	return a->person < b->person;
}

int
assignment_choose(const struct assignment_question *q,
	struct assignment_candidate *candidates, int count)
{
	int best = -1;

	for (int i = 0; i < count; i++) {
		struct assignment_candidate *c = &candidates[i];

		assert(c->capacity > 0 && c->load >= 0);
		c->bars = bars_of(c, &q->needs);
		if (c->bars == 0 && (best < 0 || is_better(c, &candidates[best])))
			best = i;
	}
	for (int i = 0; i < count && q->last; i++)
		if (candidates[i].person == q->last && candidates[i].bars == 0)
			return i;
	return best;
}
