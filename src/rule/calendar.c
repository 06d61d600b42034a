/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/calendar.h"

#include "base/arena.h"
#include "rule/pieces.h"

#include <assert.h>
#include <string.h>

enum { DAY = TIMES_DAY, TEN_YEARS = 3653 * DAY, FIVE_YEARS = 1827 * DAY };

struct calendar {
	int64_t id;
	const struct hours *hours;
	const struct zone *zone;
	const struct pieces *pieces;
};

const struct calendar *
calendar_new(struct arena *a, int64_t id, const struct hours *h, const struct zone *z)
{
	struct calendar *c = arena_alloc(a, sizeof *c);

	assert(strcmp(h->zone, zone_name(z)) == 0);
	*c = (struct calendar){id, h, z, pieces_new(a, h, z)};
	return c;
}

int64_t
calendar_id(const struct calendar *c)
{
	return c->id;
}

const struct hours *
calendar_hours(const struct calendar *c)
{
	return c->hours;
}

const struct zone *
calendar_zone(const struct calendar *c)
{
	return c->zone;
}

int64_t
calendar_elapsed(const struct calendar *c, int64_t from, int64_t to)
{
	return to <= from
		       ? 0
		       : pieces_reached(c->pieces, to) - pieces_reached(c->pieces, from);
}

bool
calendar_is_open(const struct calendar *c, int64_t instant)
{
	return calendar_elapsed(c, instant, instant + 1) > 0;
}

bool
calendar_due_by(const struct calendar *c, int64_t from, int64_t seconds, int64_t last,
	int64_t *due)
{
	int64_t all = pieces_all(c->pieces);
	int64_t begun = pieces_reached(c->pieces, from);
	int64_t wanted = seconds > 0 ? seconds : 1;

	assert(seconds >= 0);
	if (wanted > all - begun)
		return false;

	/* The first open instant is the one before the first open second is over. */
	int64_t t = pieces_when(c->pieces, begun + wanted) - (seconds == 0);

	if (t > last)
		return false;
	*due = t;
	return true;
}

bool
calendar_due(const struct calendar *c, int64_t from, int64_t seconds, int64_t *due)
{
	return calendar_due_by(c, from, seconds, from + TEN_YEARS, due);
}

bool
calendar_opens(const struct calendar *c, int64_t now)
{
	return calendar_elapsed(c, now, now + FIVE_YEARS) > 0;
}

bool
calendar_opening(
	const struct calendar *c, int64_t from, int64_t to, struct calendar_opening *o)
{
	if (from >= to || !calendar_due_by(c, from, 0, to - 1, &o->opens))
		return false;
	o->closes = pieces_closing(c->pieces, o->opens);
	while (o->closes < to && calendar_is_open(c, o->closes))
		o->closes = pieces_closing(c->pieces, o->closes);
	o->closes = o->closes < to ? o->closes : to;
	return true;
}

/* A date whose midnight is passed twice lies in two parts, so the spans that hold it are
 * taken one by one. */
bool
calendar_day(const struct calendar *c, int64_t date, struct calendar_day *d)
{
	int64_t t;
	bool works = false;

	if (!zone_day_ends(c->zone, date, &t, &d->ends))
		return false;
	if (d->ends - t == DAY && pieces_plain_day(c->pieces, t, &d->opens, &d->closes))
		return d->closes > d->opens;
	while (t < d->ends) {
		struct zone_span s = zone_span_at(c->zone, t);
		int64_t midnight = date * DAY - s.offset;
		int64_t from = midnight > t ? midnight : t;
		int64_t to = midnight + DAY < s.to ? midnight + DAY : s.to;
		int64_t before = pieces_reached(c->pieces, from),
			after = from < to ? pieces_reached(c->pieces, to) : before;

		if (after > before) {
			d->opens = works ? d->opens
					 : pieces_when(c->pieces, before + 1) - 1;
			d->closes = pieces_when(c->pieces, after);
			works = true;
		}
		t = s.to;
	}
	return works;
}
