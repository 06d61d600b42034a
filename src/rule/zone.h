/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_ZONE_H
#define RULE_ZONE_H

/*
 * What the clock on the wall says, and when it is changed: one IANA time zone.
 *
 * A zone is made from the bytes of a TZif file (RFC 9636, versions 1 to 4): the listed
 * changes, and for the years after the last of them the rule in the file's footer. It is
 * immutable and lives in the arena it was parsed into; any number of threads may ask it.
 * Neither the TZ variable nor the C library's idea of local time is ever touched.
 *
 * Time is a row of *spans* in which the offset from UTC stands still. Inside a span
 * local = utc + offset, so dates and times of day are plain arithmetic; nothing may ever
 * be carried from one span to the next. Instants lie in the years -9999 to 9999: the
 * doors of the house let no others in.
 */

#include "base/outcome.h"
#include "base/times.h"

struct zone;

struct zone_span {
	int64_t from, to; /* UTC instants, [from, to); INT64_MIN and INT64_MAX: no end */
	int32_t offset;	  /* seconds east of UTC */
	const char *name; /* "BST", "+0330": as the zone's file has it */
};

/* Reads a TZif file. NULL when it is not one, is damaged, or counts leap seconds (our
 * instants do not); *problem then says so in a short sentence. `name` is the zone's IANA
 * name and is copied. */
const struct zone *zone_parse(struct arena *a, const char *name, struct bytes tzif,
	const char **problem) must_check;

/* "Europe/London". */
const char *zone_name(const struct zone *z);

/* The span that holds an instant. Neighbouring spans may have the same offset. From the
 * year 10000 on the clock is never changed again. */
struct zone_span zone_span_at(const struct zone *z, int64_t instant);

/* What a clock and a calendar on the wall show. */
struct zone_time {
	struct date date;
	int second;	  /* of the local day by the clock: 0..86399 */
	int32_t offset;	  /* seconds east of UTC */
	const char *name; /* "BST" */
};

struct zone_time zone_time_at(const struct zone *z, int64_t instant);

/* The local date of an instant, as days since 1970-01-01. */
int64_t zone_day_at(const struct zone *z, int64_t instant);

/* The first instant of a local date and the first one after it; false when the date was
 * left out altogether (Samoa, 30 December 2011). */
bool zone_day_ends(const struct zone *z, int64_t day, int64_t *from, int64_t *to);

/* How a local time that a person typed was understood. A page shows what was taken
 * whenever it was not exact (clock.md 1, decision). */
enum zone_reading {
	ZONE_EXACT,	    /* it occurs once */
	ZONE_FIRST_OF_TWO,  /* the hour is repeated: its first occurrence */
	ZONE_MOVED_FORWARD, /* it does not exist: moved forward by the size of the gap */
};

/* The instant of a local date and second of the day (0..86400). */
int64_t zone_instant(
	const struct zone *z, struct date date, int second, enum zone_reading *reading);

/* "2026-06-02T17:00:00+01:00"; an offset with seconds (before 1972) is given in full. */
const char *zone_iso(struct arena *a, const struct zone *z, int64_t instant);

#endif
