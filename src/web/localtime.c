/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/localtime.h"

#include <stdio.h>

static bool
read_time(const char *text, int *second)
{
	int hours, minutes, seconds = 0, n = 0, more = 0;

	if (sscanf(text, "%2d:%2d%n", &hours, &minutes, &n) != 2 || n == 0)
		return false;
	if (text[n] == ':' && (sscanf(text + n, ":%2d%n", &seconds, &more) != 1))
		return false;
	if (text[n + more] || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 ||
		seconds < 0 || seconds > 59)
		return false;
	*second = hours * 3600 + minutes * 60 + seconds;
	return true;
}

int64_t
localtime_typed(const struct zone *z, const char *day, const char *time)
{
	enum zone_reading reading;
	struct date d;
	int second;

	if (!times_parse_date(bytes_of(day), &d) || !read_time(time, &second))
		return 0;
	if (!z)
		return times_days(d) * TIMES_DAY + second;
	return zone_instant(z, d, second, &reading);
}
