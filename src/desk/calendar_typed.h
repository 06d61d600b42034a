/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_CALENDAR_TYPED_H
#define DESK_CALENDAR_TYPED_H

/* A calendar as people write it (rule/hours_typed): the hours of each weekday, dates that
 * are closed every year, dates that are closed or have hours of their own. Bank holidays
 * are named by their kind and not among the dates. */

#include "store/calendar_row.h"

enum { CALENDAR_TYPED_WEEK = 7 };

struct calendar_typed {
	const char *zone;
	const char *week[CALENDAR_TYPED_WEEK]; /* Monday first; "": closed */
	const char *yearly, *dates;	       /* a line each */
};

/* What a version says. False when its definition cannot be read. */
bool calendar_typed_of(
	struct work *w, const struct calendar_row *c, struct calendar_typed *t);

/* The definition that it says. Problems are noted: day-1 to day-7, yearly, dates,
 * definition when it never opens. */
const char *calendar_typed_definition(struct work *w, const struct calendar_typed *t);

#endif
