/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/area.h"

#include <string.h>

bool
area_read(struct arena *a, const char *text, struct area *out)
{
	struct point *corners = arena_array(a, AREA_CORNERS, sizeof *corners);

	*out = (struct area){corners, 0};
	for (;;) {
		size_t n;

		text += strspn(text, " \t\r\n;");
		n = strcspn(text, " \t\r\n;");
		if (n == 0)
			return out->count >= 3;
		if (out->count == AREA_CORNERS ||
			point_read(a, arena_text(a, text, n), &corners[out->count]) !=
				POINT_READ)
			return false;
		out->count++;
		text += n;
	}
}

/* Does a line from p to the east cross the edge? Its lower end counts, its upper one does
 * not. */
static bool
crosses(struct point from, struct point to, struct point p)
{
	struct point low = from.lat <= to.lat ? from : to;
	struct point high = from.lat <= to.lat ? to : from;

	if (p.lat < low.lat || p.lat >= high.lat)
		return false;
	return (p.lon - low.lon) * (high.lat - low.lat) <
	       (p.lat - low.lat) * (high.lon - low.lon);
}

bool
area_has(const struct area *area, struct point p)
{
	bool inside = false;

	for (int i = 0; i < area->count; i++) {
		struct point from = area->corners[i];
		struct point to = area->corners[(i + 1) % area->count];

		if (from.lat == p.lat && from.lon == p.lon)
			return true;
		if (crosses(from, to, p))
			inside = !inside;
	}
	return inside;
}
