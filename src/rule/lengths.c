/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/lengths.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MINUTE = 60, HOUR = 3600 };

static const char blanks[] = " \t";

/* Seconds of a unit; 0 for days; -1: no such unit. */
static int64_t
unit_of(const char *word, size_t n)
{
	static const struct {
		const char *name;
		int64_t seconds;
	} units[] = {
		{"h", HOUR},
		{"hour", HOUR},
		{"hours", HOUR},
		{"hr", HOUR},
		{"hrs", HOUR},
		{"m", MINUTE},
		{"min", MINUTE},
		{"mins", MINUTE},
		{"minute", MINUTE},
		{"minutes", MINUTE},
		{"d", 0},
		{"day", 0},
		{"days", 0},
		{"wd", 0},
	};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strlen(units[i].name) == n &&
			strncasecmp(units[i].name, word, n) == 0)
			return units[i].seconds;
	return -1;
}

/* One number with its unit; *text moves behind it. */
static bool
read_piece(const char **text, int64_t *n, int64_t *unit)
{
	static const char working[] = "working";
	char *end;
	size_t word;

	if (**text < '0' || **text > '9')
		return false;
	*n = strtoll(*text, &end, 10);
	end += strspn(end, blanks);
	word = strcspn(end, " \t0123456789");
	if (word == strlen(working) && strncasecmp(end, working, word) == 0) {
		end += word + strspn(end + word, blanks);
		word = strcspn(end, " \t0123456789");
		*unit = unit_of(end, word);
		if (*unit != 0)
			return false;
	} else {
		*unit = unit_of(end, word);
	}
	*text = end + word + strspn(end + word, blanks);
	return *unit >= 0 && *n <= LENGTHS_MOST_HOURS * 60;
}

bool
lengths_read(const char *text, struct length *l)
{
	int pieces = 0;

	*l = (struct length){0};
	for (text += strspn(text, blanks); *text; pieces++) {
		int64_t n, unit;

		if (!read_piece(&text, &n, &unit) || (pieces > 0 && l->working_days))
			return false;
		if (unit == 0 && pieces > 0)
			return false;
		l->working_days = unit == 0;
		l->n += unit == 0 ? n : n * unit;
	}
	return l->n <=
	       (l->working_days ? LENGTHS_MOST_DAYS : (int64_t)LENGTHS_MOST_HOURS * HOUR);
}

const char *
lengths_text(struct arena *a, const struct length *l)
{
	int64_t hours = l->n / HOUR, minutes = l->n % HOUR / MINUTE;

	if (l->n == 0)
		return "";
	if (l->working_days)
		return arena_printf(
			a, "%" PRId64 " working day%s", l->n, l->n == 1 ? "" : "s");
	if (hours == 0)
		return arena_printf(a, "%" PRId64 " minutes", minutes);
	if (minutes == 0)
		return arena_printf(
			a, "%" PRId64 " hour%s", hours, hours == 1 ? "" : "s");
	return arena_printf(a, "%" PRId64 " h %" PRId64 " min", hours, minutes);
}
