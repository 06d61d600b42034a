/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_DECIMAL_H
#define RULE_DECIMAL_H

/*
 * Decimal numbers without floating point: a number with `places` decimals is an int64
 * count of 10^-places. Independent of any locale.
 */

#include "base/arena.h"

#include <stdint.h>

enum { DECIMAL_PLACES = 9 };

enum decimal_reading {
	DECIMAL_READ,
	DECIMAL_FINER, /* more decimals than places; the value is cut off there */
	DECIMAL_ILL,   /* not a number */
	DECIMAL_LARGE, /* does not fit */
};

/* Reads "1234", "-0.5", ".5", "1,234.50"; commas only between thousands. The whole
 * text must be the number. places: 0 to DECIMAL_PLACES. */
enum decimal_reading decimal_read(const char *text, int places, int64_t *value);

/* The number with at least `least` decimals and no zero behind them: 1500 with three
 * places is "1.5". */
const char *decimal_text(struct arena *a, int64_t value, int places, int least);

#endif
