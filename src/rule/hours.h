/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_HOURS_H
#define RULE_HOURS_H

/*
 * Opening hours as a person writes them down: one version of a calendar, in local time,
 * before it is laid over a time zone (rule/calendar). Source: clock.md 1.
 *
 *   zone=Europe/London week=1/32400-61200,2/32400-61200 closed=2026-12-25,2026-12-28
 *   yearly=01-01,12-24 open=2026-12-24/32400-43200+46800-50400
 *
 * Words in any order, parted by spaces; each at most once; only zone is a must, and
 * one of week and open.
 *
 *   zone    an IANA name
 *   week    D/FROM-TO: weekday 1 (Monday) to 7, seconds of the local day 0..86400, open
 *           from FROM until before TO; a weekday may occur several times, its hours
 *           may touch but not overlap
 *   closed  dates without hours (bank holidays: data, never computed)
 *   yearly  month and day without hours in every year (29 February: in leap years)
 *   open    a date with hours of its own instead of any other
 *
 * For one date `open` wins over `closed`, that over `yearly`, that over `week`.
 */

#include "base/outcome.h"
#include "base/times.h"

struct hours_segment {
	int32_t from, to; /* seconds of the local day, [from, to) */
};

/* The segments of a day, ascending; none: closed. */
struct hours_day {
	size_t n;
	const struct hours_segment *at;
};

/* A date (days since 1970-01-01) with its own hours. */
struct hours_date {
	int64_t date;
	struct hours_day day;
};

/* All lists are ascending and without doubles. */
struct hours {
	const char *zone;
	struct hours_day week[7]; /* Monday first */
	size_t n_closed;
	const int64_t *closed; /* days since 1970-01-01 */
	size_t n_yearly;
	const int64_t *yearly; /* month * 100 + day */
	size_t n_open;
	const struct hours_date *open;
};

/* Why a definition was refused: a sentence, and the piece of it that is meant. */
struct hours_problem {
	const char *what;
	const char *where;
};

/* Reads a definition into the arena; NULL with a problem when it is not one. */
const struct hours *hours_parse(struct arena *a, const char *definition,
	struct hours_problem *problem) must_check;

/* The definition in its one canonical spelling: what is stored and compared. */
const char *hours_text(struct arena *a, const struct hours *h);

/* The same hours with n more closed dates (days since 1970-01-01, in any order): how the
 * bank holidays of a division get into a new version. */
const struct hours *hours_with_closed(
	struct arena *a, const struct hours *h, const int64_t *dates, size_t n);

/* The segments of a local date, by the order of precedence above. */
struct hours_day hours_on(const struct hours *h, int64_t date);

#endif
