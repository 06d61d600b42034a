/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/lengths.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MINUTE = 60, HOUR = 3600 };

static const char blanks[] = " \t";

/* What a word counts, and of seconds how many. */
struct unit {
	const char *name;
	enum clock_unit unit;
	int64_t seconds;
};

static const struct unit *
unit_of(const char *word, size_t n)
{
	static const struct unit units[] = {
		{"h", CLOCK_SECONDS, HOUR},
		{"hour", CLOCK_SECONDS, HOUR},
		{"hours", CLOCK_SECONDS, HOUR},
		{"hr", CLOCK_SECONDS, HOUR},
		{"hrs", CLOCK_SECONDS, HOUR},
		{"m", CLOCK_SECONDS, MINUTE},
		{"min", CLOCK_SECONDS, MINUTE},
		{"mins", CLOCK_SECONDS, MINUTE},
		{"minute", CLOCK_SECONDS, MINUTE},
		{"minutes", CLOCK_SECONDS, MINUTE},
		{"d", CLOCK_DAYS, 0},
		{"day", CLOCK_DAYS, 0},
		{"days", CLOCK_DAYS, 0},
		{"wd", CLOCK_WORKING_DAYS, 0},
		{"month", CLOCK_MONTHS, 0},
		{"months", CLOCK_MONTHS, 0},
	};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strlen(units[i].name) == n &&
			strncasecmp(units[i].name, word, n) == 0)
			return &units[i];
	return NULL;
}

/* Does the word stand there? Then *text moves behind it and the blanks after it. */
static bool
skip_word(const char **text, const char *word)
{
	size_t n = strcspn(*text, " \t0123456789");

	if (n != strlen(word) || strncasecmp(*text, word, n) != 0)
		return false;
	*text += n + strspn(*text + n, blanks);
	return true;
}

/* One number with its unit, "2 working days"; *text moves behind it. */
static bool
read_piece(const char **text, struct length *l)
{
	const struct unit *u;
	bool working, calendar;
	char *end;
	size_t word;

	if (**text < '0' || **text > '9')
		return false;
	l->n = strtoll(*text, &end, 10);
	*text = end + strspn(end, blanks);
	working = skip_word(text, "working");
	calendar = !working && skip_word(text, "calendar");
	word = strcspn(*text, " \t0123456789");
	u = unit_of(*text, word);
	if (!u || l->n > LENGTHS_MOST_HOURS * 60 || (working && u->unit != CLOCK_DAYS) ||
		(calendar && !clock_unit_of_dates(u->unit)))
		return false;
	*text += word + strspn(*text + word, blanks);
	l->unit = working ? CLOCK_WORKING_DAYS : u->unit;
	l->n *= u->unit == CLOCK_SECONDS ? u->seconds : 1;
	return true;
}

bool
lengths_read(const char *text, struct length *l)
{
	struct length piece;
	int pieces = 0;

	*l = (struct length){0};
	for (text += strspn(text, blanks); *text; pieces++) {
		if (!read_piece(&text, &piece) ||
			(pieces > 0 && (l->unit != CLOCK_SECONDS ||
					       piece.unit != CLOCK_SECONDS)))
			return false;
		l->unit = piece.unit;
		l->n += piece.n;
	}
	return l->n <= lengths_most(l->unit);
}

int64_t
lengths_most(enum clock_unit u)
{
	static const int64_t most[CLOCK_UNITS] = {
		[CLOCK_SECONDS] = (int64_t)LENGTHS_MOST_HOURS * HOUR,
		[CLOCK_WORKING_DAYS] = LENGTHS_MOST_DAYS,
		[CLOCK_MONTHS] = LENGTHS_MOST_MONTHS,
		[CLOCK_DAYS] = LENGTHS_MOST_DAYS,
	};

	return most[u];
}

const char *
lengths_text(struct arena *a, const struct length *l)
{
	static const char *const days[CLOCK_UNITS] = {
		[CLOCK_WORKING_DAYS] = "working day",
		[CLOCK_MONTHS] = "month",
		[CLOCK_DAYS] = "day",
	};
	int64_t hours = l->n / HOUR, minutes = l->n % HOUR / MINUTE;

	if (l->n == 0)
		return "";
	if (l->unit != CLOCK_SECONDS)
		return arena_printf(
			a, "%" PRId64 " %s%s", l->n, days[l->unit], l->n == 1 ? "" : "s");
	if (hours == 0)
		return arena_printf(a, "%" PRId64 " minutes", minutes);
	if (minutes == 0)
		return arena_printf(
			a, "%" PRId64 " hour%s", hours, hours == 1 ? "" : "s");
	return arena_printf(a, "%" PRId64 " h %" PRId64 " min", hours, minutes);
}
