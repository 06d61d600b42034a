/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_HOURS_TYPED_H
#define RULE_HOURS_TYPED_H

/*
 * Opening hours as an administrator types them, and back (rule/hours has them as they are
 * kept):
 *
 *	a weekday     "09:00 to 12:30, 13:30 to 17:00", "9am-5pm", "all day"; "" is closed
 *	every year    a line each: "25 December", "25/12"
 *	single dates  a line each: "24 December 2026: closed",
 *		      "24/12/2026: 09:00 to 13:00"
 *
 * What is read becomes words of a definition, which hours_parse checks further.
 */

#include "base/arena.h"
#include "base/buffer.h"
#include "rule/hours.h"

/* "32400-45000,48600-61200" behind `before` for each segment ("1/"); nothing for closed.
 * False when it cannot be read. */
bool hours_typed_day(struct buffer *out, const char *before, const char *text) must_check;

/* "12-25,01-01": false with the line that cannot be read in *wrong. */
bool hours_typed_yearly(struct arena *a, struct buffer *out, const char *lines,
	const char **wrong) must_check;

/* Closed dates into one list, dates with hours of their own into the other. */
bool hours_typed_dates(struct arena *a, struct buffer *closed, struct buffer *open,
	const char *lines, const char **wrong) must_check;

/* "24 December 2026", "24/12/2026", "2026-12-24" */
bool hours_typed_date(const char *text, struct date *d) must_check;

/* "14:30", "2.30pm", "9": seconds of the day; 24:00 is its end. */
bool hours_typed_time(const char *text, int *second) must_check;

/* The same texts from what is kept. */
const char *hours_typed_day_text(struct arena *a, struct hours_day day);
const char *hours_typed_yearly_text(struct arena *a, const struct hours *h);
const char *hours_typed_dates_text(struct arena *a, const struct hours *h);

#endif
