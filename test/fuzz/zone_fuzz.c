/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "rule/calendar.h"

/* Whatever is taken for a zone has spans that follow each other, shows every instant on
 * some clock, and can carry a calendar. */
static void
walk(const struct zone *z)
{
	int64_t t = -4000000000;

	for (int i = 0; i < 2000 && t < 8000000000; i++) {
		struct zone_span s = zone_span_at(z, t);
		struct zone_time at = zone_time_at(z, t);
		enum zone_reading reading;

		fuzz_require(s.from <= t && t < s.to);
		fuzz_require(bytes_are_text(bytes_of(s.name)));
		fuzz_require(at.second >= 0 && at.second < TIMES_DAY);
		zone_instant(z, at.date, at.second, &reading);
		t = s.to;
	}
}

void
fuzz_one(struct arena *a, struct bytes in)
{
	static const struct hours_segment nine_to_five = {32400, 61200};
	struct hours h = {.zone = "Any", .week[2] = {1, &nine_to_five}};
	const char *problem;
	const struct zone *z = zone_parse(a, "Any", in, &problem);
	int64_t due, from = 1780000000;

	fuzz_require(!z == !!problem);
	if (!z)
		return;
	walk(z);

	const struct calendar *c = calendar_new(a, 1, &h, z);

	if (calendar_due(c, from, 3600, &due))
		fuzz_require(calendar_elapsed(c, from, due) == 3600);
}
