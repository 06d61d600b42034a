/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/escalation.h"

#include <stdlib.h>

/* Time as whole days, away from zero. */
static int64_t
whole_days(int64_t seconds)
{
	int64_t days = (llabs(seconds) + TIMES_DAY - 1) / TIMES_DAY;

	return seconds < 0 ? -days : days;
}

int64_t
escalation_spent(const struct escalation_step *s, const struct clock *c)
{
	int64_t length = clock_length(c), spent = length + s->amount;

	if (s->kind == ESCALATION_PERCENT)
		spent = length / 100 * s->amount + length % 100 * s->amount / 100;
	else if (s->kind == ESCALATION_OFFSET && c->unit != CLOCK_SECONDS)
		spent = length + whole_days(s->amount);
	return spent > 0 ? spent : 0;
}

bool
escalation_due(const struct clock *c, const struct escalation_step *s,
	struct escalation_alarm *alarm)
{
	int64_t spent = escalation_spent(s, c);

	if (s->kind == ESCALATION_DAYS && c->unit == CLOCK_SECONDS)
		return false;
	*alarm = (struct escalation_alarm){.step = s, .late = spent < c->spent};
	return clock_when(c, spent, &alarm->at);
}

bool
escalation_breach(const struct clock *c, struct escalation_alarm *alarm)
{
	*alarm = (struct escalation_alarm){0};
	return clock_over(c, &alarm->at);
}

/* True when a comes before b. */
static bool
precedes(const struct clock *c, const struct escalation_alarm *a,
	const struct escalation_alarm *b)
{
	if (a->at != b->at)
		return a->at < b->at;
	return a->step && b->step &&
	       escalation_spent(a->step, c) < escalation_spent(b->step, c);
}

bool
escalation_next(const struct clock *c, const struct escalation_step *steps, size_t n,
	struct escalation_alarm *alarm)
{
	struct escalation_alarm one;
	bool found = false;

	for (size_t i = 0; i < n; i++)
		if (escalation_due(c, &steps[i], &one) &&
			(!found || precedes(c, &one, alarm))) {
			*alarm = one;
			found = true;
		}
	if (escalation_breach(c, &one) && (!found || precedes(c, &one, alarm))) {
		*alarm = one;
		found = true;
	}
	return found;
}
