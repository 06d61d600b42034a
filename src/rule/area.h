/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_AREA_H
#define RULE_AREA_H

/*
 * A part of the map: a ring of at least three corners, written as points with blanks or
 * lines between, "51.50,-0.14 51.52,-0.14 51.52,-0.10". Edges are straight in degrees,
 * which is near enough over a town; a corner lies in it.
 */

#include "rule/point.h"

#include <stdbool.h>

enum { AREA_CORNERS = 500 };

struct area {
	const struct point *corners;
	int count;
};

/* False when a corner cannot be read or there are too few or too many. */
bool area_read(struct arena *a, const char *text, struct area *out);

/* Even-odd rule, exact in whole numbers. */
bool area_has(const struct area *area, struct point p);

#endif
