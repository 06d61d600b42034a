/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/forecast.h"

#include <math.h>

/* What the team is expected to finish of its list from the beginning until `at`,
 * thousandths of a ticket. */
static int64_t
finished(const struct forecast_shift *s, int64_t at)
{
	int64_t done = 0;

	for (int i = 0; i < s->step_count; i++) {
		int64_t begins = s->from + (int64_t)i * FORECAST_STEP;
		int64_t length = at - begins;
		int64_t people = s->steps[i].people;

		if (length <= 0)
			break;
		if (length > FORECAST_STEP)
			length = FORECAST_STEP;
		if (begins < s->until)
			people += s->extra;
		done += people * s->rate * length / (100 * 3600) -
			s->steps[i].arrivals * length / FORECAST_STEP;
		if (done < 0)
			done = 0;
	}
	return done;
}

/* The chance in percent that fewer than n happen where `mean` thousandths are expected.
 */
static int
fewer_than(int64_t n, int64_t mean)
{
	double m = (double)mean / 1000, chance = 0;

	if (mean == 0)
		return n > 0 ? 100 : 0;
	for (int64_t i = 0; i < n; i++)
		chance += exp(-m + (double)i * log(m) - lgamma((double)i + 1));
	return chance >= 1 ? 100 : (int)(chance * 100 + 0.5);
}

/* Does somebody take time for it before what stands behind it in the list? */
static bool
takes_place(const struct forecast_shift *s, const struct forecast_ticket *t)
{
	return !t->rests && (s->order == FORECAST_BY_LIST || !t->broken);
}

void
forecast_run(const struct forecast_shift *s, struct forecast_ticket *at, int count)
{
	int64_t place = 0;

	for (int i = 0; i < count; i++) {
		place += takes_place(s, &at[i]);
		at[i].late = at[i].broken ? 100
					  : fewer_than(place, finished(s, at[i].due));
	}
}

enum forecast_class
forecast_class_of(int late)
{
	if (late >= 90)
		return FORECAST_CERTAIN;
	if (late >= 50)
		return FORECAST_LIKELY;
	return late >= 10 ? FORECAST_POSSIBLE : FORECAST_SAFE;
}

int
forecast_likely(const struct forecast_ticket *at, int count)
{
	int likely = 0;

	for (int i = 0; i < count; i++)
		likely += !at[i].broken &&
			  forecast_class_of(at[i].late) >= FORECAST_LIKELY;
	return likely;
}

/* Runs it once more over a copy, a ticket at a time; only the sum is wanted. */
static int
likely_if(const struct forecast_shift *s, const struct forecast_ticket *at, int count)
{
	int64_t place = 0;
	int likely = 0;

	for (int i = 0; i < count; i++) {
		place += takes_place(s, &at[i]);
		if (!at[i].broken && forecast_class_of(fewer_than(place,
					     finished(s, at[i].due))) >= FORECAST_LIKELY)
			likely++;
	}
	return likely;
}

/* The end of the half hour in which the last of them is due. */
static int64_t
last_due(const struct forecast_shift *s, const struct forecast_ticket *at, int count)
{
	int64_t last = s->from;

	for (int i = 0; i < count; i++)
		if (!at[i].broken && at[i].due > last &&
			forecast_class_of(at[i].late) >= FORECAST_LIKELY)
			last = at[i].due;
	return s->from +
	       (last - s->from + FORECAST_STEP - 1) / FORECAST_STEP * FORECAST_STEP;
}

struct forecast_rescue
forecast_rescue(
	const struct forecast_shift *s, const struct forecast_ticket *at, int count)
{
	struct forecast_rescue r = {.likely = forecast_likely(at, count)};
	struct forecast_shift other = *s;

	if (r.likely == 0)
		return r;
	other.order = FORECAST_BROKEN_LAST;
	r.by_order = likely_if(&other, at, count);
	other = *s;
	r.until = other.until = last_due(s, at, count);
	for (int n = 1; n <= FORECAST_MOST_EXTRA && r.people == 0; n++) {
		other.extra = s->extra + (int64_t)n * 100;
		if (likely_if(&other, at, count) == 0)
			r.people = n;
	}
	return r;
}
