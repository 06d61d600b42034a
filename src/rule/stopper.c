/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/stopper.h"

#include <string.h>

static const char *const names[STOPPER_KINDS] = {"answer", "inside", "outside"};

const char *
stopper_kind_name(enum stopper_kind k)
{
	return names[k];
}

enum stopper_kind
stopper_kind_named(const char *name)
{
	enum stopper_kind k = 0;

	while (k < STOPPER_KINDS && strcmp(names[k], name) != 0)
		k++;
	return k;
}

bool
stopper_is_whole(struct arena *a, const struct stopper *s)
{
	struct area area;

	if (s->kind == STOPPER_ANSWER)
		return *s->field;
	return s->kind < STOPPER_KINDS && area_read(a, s->area, &area);
}

/* Is it one of the parts between semicolons? */
static bool
holds(const char *answer, const char *value)
{
	size_t n = strlen(value);

	for (;;) {
		size_t part = strcspn(answer, ";");

		if (part == n && memcmp(answer, value, n) == 0)
			return true;
		if (answer[part] == 0)
			return false;
		answer += part + 1;
	}
}

bool
stopper_fits(struct arena *a, const struct stopper *s, const char *answer,
	const struct point *place, int64_t now)
{
	struct area area;

	if (s->until != 0 && s->until <= now)
		return false;
	if (s->kind == STOPPER_ANSWER)
		return answer && *answer && (!*s->value || holds(answer, s->value));
	if (!place || !area_read(a, s->area, &area))
		return false;
	return area_has(&area, *place) == (s->kind == STOPPER_INSIDE);
}
