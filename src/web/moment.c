/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/moment.h"

#include "format/words.h"
#include "rule/calendar.h"
#include "store/shelf.h"
#include "store/team.h"

const struct zone *
moment_zone(struct work *w, int64_t org)
{
	const struct calendar *c;
	struct organisation o;
	int64_t version;

	if (team_organisation(w, org, &o) != DONE)
		return NULL;
	c = shelf_calendar(w, org, o.calendar, w->now, &version);
	return c ? calendar_zone(c) : NULL;
}

static struct zone_time
local(const struct zone *z, int64_t instant)
{
	int64_t day = times_day(instant);

	if (z)
		return zone_time_at(z, instant);
	return (struct zone_time){
		.date = times_date(day),
		.second = (int)(instant - day * TIMES_DAY),
		.name = "UTC",
	};
}

struct date
moment_date(const struct zone *z, int64_t instant)
{
	return local(z, instant).date;
}

static const char *
brief(struct work *w, const struct zone_time *t, const struct zone_time *now)
{
	if (t->date.year != now->date.year)
		return words_date(w->arena, w->words, t->date, DATE_LONG);
	if (times_days(t->date) != times_days(now->date))
		return words_date(w->arena, w->words, t->date, DATE_SHORT);
	return words_time(w->arena, w->words, t->second);
}

struct moment
moment_at(struct work *w, const struct zone *z, int64_t instant)
{
	struct zone_time t, now;

	if (instant == TIMES_NONE)
		return (struct moment){NULL};
	t = local(z, instant);
	now = local(z, w->now);
	return (struct moment){
		.iso = times_iso(w->arena, instant),
		.exact = words_date_time(w->arena, w->words, t.date, t.second),
		.near = words_relative(w->arena, w->words, instant - w->now),
		.brief = brief(w, &t, &now),
	};
}

struct moment
moment_by(struct work *w, const struct zone *z, int64_t instant)
{
	struct moment m = moment_at(w, z, instant);
	struct zone_time t, now;

	if (instant == TIMES_NONE || local(z, instant).second != 0)
		return m;
	t = local(z, instant - 1);
	now = local(z, w->now);
	m.exact = words_text(w->arena, w->words, WORD_dates_end_of,
		words_values(word_value(
			"date", words_date(w->arena, w->words, t.date, DATE_WEEKDAY))));
	if (times_days(t.date) != times_days(now.date))
		m.brief = brief(w, &t, &now);
	return m;
}
