/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_LENGTHS_H
#define RULE_LENGTHS_H

/*
 * A length of time as a person types it: "4 hours", "1 hour 30 minutes", "90 min", "2h",
 * "20 working days". Hours are time of a calendar; days are always working days, which
 * are a unit of their own (clock.md section 2), so "1 day" is never 24 hours.
 */

#include "base/arena.h"
#include "base/outcome.h"

#include <stdbool.h>
#include <stdint.h>

enum { LENGTHS_MOST_DAYS = 1000, LENGTHS_MOST_HOURS = 10000 };

struct length {
	int64_t n; /* seconds or working days; 0: nothing */
	bool working_days;
};

/* False for what is not one: a bare number, a sum of days and hours, too much. "" is
 * nothing. */
bool lengths_read(const char *text, struct length *l) must_check;

/* In the one spelling that lengths_read understands in English. */
const char *lengths_text(struct arena *a, const struct length *l);

#endif
