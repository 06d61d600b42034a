/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_LENGTHS_H
#define RULE_LENGTHS_H

/*
 * A length of time as a person types it: "4 hours", "1 hour 30 minutes", "90 min", "2h",
 * "20 working days", "30 days", "1 month". Hours are time of a calendar; working days,
 * calendar days and months are units of their own, so "1 day" is never 24 hours.
 */

#include "base/arena.h"
#include "base/outcome.h"
#include "rule/clock_unit.h"

#include <stdbool.h>
#include <stdint.h>

enum { LENGTHS_MOST_DAYS = 1000, LENGTHS_MOST_HOURS = 10000, LENGTHS_MOST_MONTHS = 36 };

struct length {
	int64_t n; /* of the unit; 0: nothing */
	enum clock_unit unit;
};

/* False for what is not one: a bare number, a sum of units that are not time, too much.
 * "" is nothing. */
bool lengths_read(const char *text, struct length *l) must_check;

/* The most of a unit that can be typed. */
int64_t lengths_most(enum clock_unit u);

/* In the one spelling that lengths_read understands in English. */
const char *lengths_text(struct arena *a, const struct length *l);

#endif
