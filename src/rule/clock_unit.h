/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_CLOCK_UNIT_H
#define RULE_CLOCK_UNIT_H

/* In what a promise is counted. Each is a unit of its own: "1 day" is never 24 hours of a
 * calendar, and "1 month" is no number of days. */

#include <stdbool.h>

enum clock_unit {
	CLOCK_SECONDS,	    /* open seconds of a calendar */
	CLOCK_WORKING_DAYS, /* its working dates (rule/workdays) */
	CLOCK_MONTHS,	    /* calendar months (rule/dates) */
	CLOCK_DAYS,	    /* calendar days (rule/dates) */
	CLOCK_UNITS
};

/* The words of the database and the interfaces: "seconds", "working_days", "months",
 * "days". The reading direction gives seconds for any other word, and for NULL. */
const char *clock_unit_text(enum clock_unit u);
enum clock_unit clock_unit_read(const char *text);

/* A promise for a date of the wall calendar: months and days. */
bool clock_unit_of_dates(enum clock_unit u);

#endif
