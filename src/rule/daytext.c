/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/daytext.h"

#include "base/arena.h"
#include "rule/typed.h"

#include <string.h>
#include <strings.h>

enum { FIRST_YEAR = 1800, LAST_YEAR = 2200 };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A text of one to `most` digits and nothing else. */
static bool
whole(const char *text, size_t most, int *value)
{
	size_t n = strspn(text, "0123456789");

	*value = 0;
	if (n == 0 || n > most || text[n])
		return false;
	for (; *text; text++)
		*value = *value * 10 + (*text - '0');
	return true;
}

/* The length of "st", "nd", "rd" or "th" at the front. */
static size_t
ordinal_length(const char *at)
{
	static const char *const endings[] = {"st", "nd", "rd", "th"};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (strncasecmp(at, endings[i], 2) == 0)
			return 2;
	return 0;
}

static bool
read_day(const char *text, int *day)
{
	size_t n = strspn(text, "0123456789");

	*day = 0;
	if (n == 0 || n > 2 || text[n + ordinal_length(text + n)])
		return false;
	for (size_t i = 0; i < n; i++)
		*day = *day * 10 + (text[i] - '0');
	return true;
}

/* The first three letters tell the months of either language apart. */
static bool
read_month(const char *text, int *month)
{
	static const char *const names[12][2] = {
		{"january", "ionawr"},
		{"february", "chwefror"},
		{"march", "mawrth"},
		{"april", "ebrill"},
		{"may", "mai"},
		{"june", "mehefin"},
		{"july", "gorffennaf"},
		{"august", "awst"},
		{"september", "medi"},
		{"october", "hydref"},
		{"november", "tachwedd"},
		{"december", "rhagfyr"},
	};
	size_t n = strlen(text);

	if (whole(text, 2, month))
		return true;
	for (int i = 0; i < 12 && n >= 3; i++) {
		if (strncasecmp(text, names[i][0], n) == 0 ||
			strncasecmp(text, names[i][1], n) == 0) {
			*month = i + 1;
			return true;
		}
	}
	return false;
}

unsigned
daytext_date(struct arena *a, const char *const parts[3], struct date *out)
{
	const char *day = typed_line(a, parts[0]);
	const char *month = typed_line(a, parts[1]);
	const char *year = typed_line(a, parts[2]);
	unsigned missing = (*day ? 0u : DAYTEXT_DAY) | (*month ? 0u : DAYTEXT_MONTH) |
			   (*year ? 0u : DAYTEXT_YEAR);

	if (missing)
		return missing;
	if (!read_day(day, &out->day) || !read_month(month, &out->month))
		return DAYTEXT_REAL;
	if (!whole(year, 9, &out->year))
		return DAYTEXT_REAL;
	if (strlen(year) != 4 || out->year < FIRST_YEAR || out->year > LAST_YEAR)
		return DAYTEXT_DIGITS;
	if (out->month < 1 || out->month > 12 || out->day < 1 ||
		out->day > times_month_length(out->year, out->month))
		return DAYTEXT_REAL;
	return 0;
}

/* Takes a run of digits or of other characters between separators. */
static const char *
take_token(struct arena *a, const char **at)
{
	static const char separators[] = " ,/.-";
	const char *begin = *at + strspn(*at, separators);
	bool digits = is_digit(*begin);
	size_t n = 0;

	while (begin[n] && !strchr(separators, begin[n]) && is_digit(begin[n]) == digits)
		n++;
	*at = begin + n;
	if (digits && n <= 2)
		*at += ordinal_length(*at);
	return arena_text(a, begin, n);
}

unsigned
daytext_take_date(struct arena *a, const char *text, struct date *out, const char **rest)
{
	const char *at = typed_line(a, text);
	const char *first = take_token(a, &at);
	const char *month = take_token(a, &at);
	const char *last = take_token(a, &at);
	bool iso = strlen(first) == 4 && is_digit(first[0]);
	const char *parts[3] = {iso ? last : first, month, iso ? first : last};
	unsigned fault = daytext_date(a, parts, out);

	*rest = at;
	if (!*first)
		return DAYTEXT_DAY | DAYTEXT_MONTH | DAYTEXT_YEAR;
	/* In one text it cannot be told which part is missing. */
	if (fault & (DAYTEXT_DAY | DAYTEXT_MONTH | DAYTEXT_YEAR))
		return DAYTEXT_REAL;
	return fault;
}

/* The words for noon and midnight; -1 when it is neither. */
static int
named_time(const char *text)
{
	static const struct {
		const char *name;
		int minutes;
	} names[] = {
		{"midday", 720},
		{"noon", 720},
		{"hannerdydd", 720},
		{"midnight", 0},
		{"hannernos", 0},
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(text, names[i].name) == 0)
			return names[i].minutes;
	return -1;
}

/* Splits "14:30", "1430" or "2" into hour and minute; *end is what follows. */
static bool
take_clock(const char *text, int *hour, int *minute, const char **end)
{
	size_t n = strspn(text, "0123456789");
	const char *at = text + n;

	*hour = *minute = 0;
	if (n != 1 && n != 2 && n != 4)
		return false;
	for (size_t i = 0; i < n; i++) {
		int *into = i < 2 ? hour : minute;
		*into = *into * 10 + (text[i] - '0');
	}
	*end = at;
	if (n == 4 || (*at != ':' && *at != '.'))
		return true;
	if (!is_digit(at[1]) || !is_digit(at[2]))
		return false;
	*minute = (at[1] - '0') * 10 + (at[2] - '0');
	at += 3;
	if (*at == ':' && is_digit(at[1]) && is_digit(at[2]))
		at += 3;
	*end = at;
	return true;
}

bool
daytext_time(struct arena *a, const char *text, int *minutes)
{
	const char *code = typed_code(a, text, ""), *end;
	int hour, minute;
	bool bare;

	if ((*minutes = named_time(code)) >= 0)
		return true;
	if (!take_clock(code, &hour, &minute, &end) || minute > 59)
		return false;
	bare = end - code <= 2;
	if (strcmp(end, "AM") == 0 || strcmp(end, "PM") == 0) {
		if (hour < 1 || hour > 12)
			return false;
		hour = hour % 12 + (*end == 'P' ? 12 : 0);
	} else if (*end || bare || hour > 23) {
		return false;
	}
	*minutes = hour * 60 + minute;
	return true;
}
