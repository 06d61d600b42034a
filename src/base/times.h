/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_TIMES_H
#define BASE_TIMES_H

/*
 * Instants are int64 counts of UTC seconds; nothing is counted in minutes. Local
 * time exists only in rule/zone and rule/calendar. Dates are proleptic Gregorian.
 */

#include "base/bytes.h"

#include <stdint.h>

struct date {
	int year, month, day; /* month 1..12, day 1..31 */
};

enum { TIMES_DAY = 86400 };

/* "No instant": sorts before every real one. */
#define TIMES_NONE INT64_MIN

/* Days since 1970-01-01 of a date, and back. */
int64_t times_days(struct date d);
struct date times_date(int64_t days);

/* The day (since 1970-01-01) that a count of seconds lies in, also before 1970. */
int64_t times_day(int64_t seconds);

/* 1 Monday .. 7 Sunday (ISO 8601). */
int times_weekday(int64_t days);

/* The length of a month: 28..31. */
int times_month_length(int year, int month);

/* "2026-03-02T09:00:00Z". */
const char *times_iso(struct arena *a, int64_t instant);

/* Reads "YYYY-MM-DDThh:mm:ss" with Z or an offset (+01:00, +0100), fractions of a
 * second dropped. False when it is not such a text or not such a date. */
bool times_parse_iso(struct bytes text, int64_t *instant);

/* Reads "YYYY-MM-DD". */
bool times_parse_date(struct bytes text, struct date *d);

/* Now, in UTC seconds and milliseconds: for doors, jobs and main only. Everything
 * above takes the time from its work. */
int64_t times_now(void);
int64_t times_now_ms(void);

/* A monotonic count of microseconds, for measuring durations. */
int64_t times_ticks(void);

#endif
