/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_DAYTEXT_H
#define RULE_DAYTEXT_H

/*
 * Dates and times of day as people type them, in English and Welsh. No zone and no
 * today: a date is a calendar date, a time is minutes since midnight.
 */

#include "base/times.h"

/* What is wrong with a date; bits, so that several can be told at once. */
enum daytext_fault {
	DAYTEXT_DAY = 1,    /* the day is missing */
	DAYTEXT_MONTH = 2,  /* the month is missing */
	DAYTEXT_YEAR = 4,   /* the year is missing */
	DAYTEXT_DIGITS = 8, /* the year has not four digits or is out of 1800..2200 */
	DAYTEXT_REAL = 16,  /* there is no such day */
};

/* The date of three inputs. A month may be a name ("March", "mar", "Mawrth"). Returns
 * 0 or daytext_fault bits; all three missing when nothing was typed. */
unsigned daytext_date(struct arena *a, const char *const parts[3], struct date *out);

/* Takes a date off the front of a text: "2026-03-02", "2/3/2026", "2.3.2026",
 * "2nd March 2026". *rest is what follows. Returns as daytext_date. */
unsigned daytext_take_date(
	struct arena *a, const char *text, struct date *out, const char **rest);

/* A time of day: "14:30", "14.30", "1430", "2pm", "2:30 pm", "midday", "hanner dydd",
 * "midnight", "hanner nos". Seconds are dropped. False when it is none. */
bool daytext_time(struct arena *a, const char *text, int *minutes);

#endif
