/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_CALENDAR_H
#define RULE_CALENDAR_H

/*
 * Working time: one version of a calendar laid over a time zone, ready for counting.
 *
 * An instant is *open* iff its local time of day lies in a segment of its local date
 * (rule/hours). Everything else follows from that sentence (clock.md 1): an hour that is
 * skipped in spring counts nothing, one that is repeated in autumn counts twice, an
 * exact fit ends at closing and not at the next opening.
 *
 * A calendar is immutable once made and may be asked by any number of threads. It knows
 * the years 1970 to 2199; outside them nothing is open. Counting takes two binary
 * searches and some arithmetic, well under a microsecond; the memory is 24 bytes for each
 * change of clocks and 48 or more for each dated exception: about 20 KB for a council
 * desk with ten years of bank holidays.
 *
 * All instants and lengths are UTC seconds; intervals are half-open.
 */

#include "rule/hours.h"
#include "rule/zone.h"

struct calendar;

/* Lays hours over their zone. `id` names the version (its row) and means nothing here.
 * The zone must be the one that h->zone names; both must live as long as the calendar. */
const struct calendar *calendar_new(
	struct arena *a, int64_t id, const struct hours *h, const struct zone *z);

int64_t calendar_id(const struct calendar *c);
const struct hours *calendar_hours(const struct calendar *c);
const struct zone *calendar_zone(const struct calendar *c);

bool calendar_is_open(const struct calendar *c, int64_t instant);

/* The number of open seconds in [from, to); 0 when to <= from. */
int64_t calendar_elapsed(const struct calendar *c, int64_t from, int64_t to);

/* The least t with elapsed(from, t) >= seconds; for 0 seconds the first open instant not
 * before `from`. False when that is more than ten years ahead: never a wrong date. */
bool calendar_due(
	const struct calendar *c, int64_t from, int64_t seconds, int64_t *due) must_check;

/* As calendar_due, with a last instant of the caller's own instead of the ten years. */
bool calendar_due_by(const struct calendar *c, int64_t from, int64_t seconds,
	int64_t last, int64_t *due) must_check;

/* False for a calendar without an open second in the five years from `now`: "this
 * calendar never opens", and saving it is refused. */
bool calendar_opens(const struct calendar *c, int64_t now);

/* A stretch of open time, for the account on a page: [opens, closes). */
struct calendar_opening {
	int64_t opens, closes;
};

/* The first such stretch that touches [from, to), cut to it; false when there is none.
 * Walk on with `from` = o->closes. */
bool calendar_opening(
	const struct calendar *c, int64_t from, int64_t to, struct calendar_opening *o);

/* A working date: its first opening, its last closing, and the first instant after the
 * date. */
struct calendar_day {
	int64_t opens, closes, ends;
};

/* False when the local date (days since 1970-01-01) has no open second. */
bool calendar_day(const struct calendar *c, int64_t date, struct calendar_day *d);

#endif
