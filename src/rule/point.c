/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/point.h"

#include "rule/decimal.h"
#include "rule/typed.h"

#include <string.h>

enum { PLACES = 6, DEGREE = 1000000 };

/* Further decimals than we keep are common: they are cut off. */
static bool
read_degrees(struct arena *a, struct bytes raw, int64_t *out)
{
	enum decimal_reading got = decimal_read(
		typed_line(a, arena_text(a, raw.at, raw.len)), PLACES, out);

	return got == DECIMAL_READ || got == DECIMAL_FINER;
}

enum point_reading
point_read(struct arena *a, const char *text, struct point *out)
{
	struct bytes east = bytes_of(text);
	struct bytes north = bytes_cut(&east, ',');

	if (!read_degrees(a, north, &out->lat) || !read_degrees(a, east, &out->lon))
		return POINT_ILL;
	if (out->lat < 49 * DEGREE || out->lat > 61 * DEGREE || out->lon < -9 * DEGREE ||
		out->lon > 21 * DEGREE / 10)
		return POINT_OUTSIDE;
	return POINT_READ;
}

const char *
point_text(struct arena *a, struct point p)
{
	return arena_printf(a, "%s,%s", decimal_text(a, p.lat, PLACES, PLACES),
		decimal_text(a, p.lon, PLACES, PLACES));
}
