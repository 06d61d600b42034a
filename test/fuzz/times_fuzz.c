/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "base/times.h"
#include "rule/daytext.h"

static bool
is_real(struct date d)
{
	return d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	       d.day <= times_month_length(d.year, d.month);
}

static void
check_date(struct date d)
{
	struct date back = times_date(times_days(d));

	fuzz_require(is_real(d));
	fuzz_require(back.year == d.year && back.month == d.month && back.day == d.day);
	fuzz_require(times_weekday(times_days(d)) >= 1);
	fuzz_require(times_weekday(times_days(d)) <= 7);
}

void
fuzz_one(struct arena *a, struct bytes in)
{
	int64_t first = -62167219200, last = 253402300799; /* the years 0 to 9999 */
	const char *text = bytes_text(a, in), *rest;
	int64_t instant, again;
	struct date d;
	int minutes;

	if (times_parse_iso(in, &instant) && instant >= first && instant <= last) {
		fuzz_require(times_parse_iso(bytes_of(times_iso(a, instant)), &again));
		fuzz_require(again == instant);
	}
	if (times_parse_date(in, &d))
		check_date(d);
	if (text && daytext_take_date(a, text, &d, &rest) == 0) {
		check_date(d);
		fuzz_require(bytes_are_text(bytes_of(rest)));
	}
	if (text && daytext_time(a, text, &minutes))
		fuzz_require(minutes >= 0 && minutes < 24 * 60);
}
