/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_POINT_H
#define RULE_POINT_H

/*
 * A place on the map: WGS 84 degrees in millionths (a tenth of a metre), stored as the
 * text "51.501364,-0.141890".
 */

#include "base/arena.h"

#include <stdint.h>

struct point {
	int64_t lat, lon; /* millionths of a degree, north and east positive */
};

enum point_reading {
	POINT_READ,
	POINT_ILL,     /* not "latitude,longitude" */
	POINT_OUTSIDE, /* not in the United Kingdom: 49..61 north, 9 west..2.1 east */
};

/* Reads "lat,long" in decimal degrees; blanks are allowed around the numbers. */
enum point_reading point_read(struct arena *a, const char *text, struct point *out);

const char *point_text(struct arena *a, struct point p);

#endif
