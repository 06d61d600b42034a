/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/zone_rule.h"

#include <string.h>

enum { HOUR = 3600 };

static int
peek(const struct bytes *b)
{
	return b->len > 0 ? b->at[0] : -1;
}

static bool
take(struct bytes *b, int c)
{
	if (peek(b) != c)
		return false;
	b->at++;
	b->len--;
	return true;
}

static bool
take_number(struct bytes *b, int least, int most, int *n)
{
	size_t digits = 0;

	for (*n = 0; peek(b) >= '0' && peek(b) <= '9' && digits < 4; digits++) {
		*n = *n * 10 + (peek(b) - '0');
		take(b, peek(b));
	}
	return digits > 0 && *n >= least && *n <= most;
}

/* [+-]h[h][h][:mm[:ss]] */
static bool
take_time(struct bytes *b, int most_hours, int32_t *seconds)
{
	int sign = peek(b) == '-' ? -1 : 1;
	int hour, minute = 0, second = 0;

	if (peek(b) == '-' || peek(b) == '+')
		take(b, peek(b));
	if (!take_number(b, 0, most_hours, &hour))
		return false;
	if (take(b, ':')) {
		if (!take_number(b, 0, 59, &minute))
			return false;
		if (take(b, ':') && !take_number(b, 0, 59, &second))
			return false;
	}
	*seconds = sign * (hour * HOUR + minute * 60 + second);
	return true;
}

static bool
is_letter(int c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool
is_quotable(int c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-';
}

/* BST, or <+0330>. */
static bool
take_name(struct bytes *b, char name[ZONE_RULE_NAME])
{
	bool quoted = take(b, '<');
	size_t n = 0;

	memset(name, 0, ZONE_RULE_NAME);
	while (quoted ? is_quotable(peek(b)) : is_letter(peek(b))) {
		if (n + 1 == ZONE_RULE_NAME)
			return false;
		name[n++] = (char)peek(b);
		take(b, peek(b));
	}
	return n >= 3 && (!quoted || take(b, '>'));
}

static bool
take_day(struct bytes *b, struct zone_rule_day *d)
{
	*d = (struct zone_rule_day){.time = 2 * HOUR};
	if (take(b, 'M')) {
		d->form = ZONE_RULE_WEEKDAY;
		if (!take_number(b, 1, 12, &d->month) || !take(b, '.') ||
			!take_number(b, 1, 5, &d->week) || !take(b, '.') ||
			!take_number(b, 0, 6, &d->day))
			return false;
	} else if (take(b, 'J')) {
		d->form = ZONE_RULE_JULIAN;
		if (!take_number(b, 1, 365, &d->day))
			return false;
	} else {
		d->form = ZONE_RULE_ORDINAL;
		if (!take_number(b, 0, 365, &d->day))
			return false;
	}
	return !take(b, '/') || take_time(b, 167, &d->time);
}

/* POSIX counts offsets westwards, everybody else eastwards. */
static bool
take_offset(struct bytes *b, int32_t *east)
{
	int32_t west;

	if (!take_time(b, 24, &west))
		return false;
	*east = -west;
	return true;
}

bool
zone_rule_parse(struct bytes text, struct zone_rule *r)
{
	*r = (struct zone_rule){0};
	if (!take_name(&text, r->name) || !take_offset(&text, &r->offset))
		return false;
	if (text.len == 0)
		return true;

	r->changes = true;
	r->summer_offset = r->offset + HOUR;
	if (!take_name(&text, r->summer_name))
		return false;
	if (peek(&text) != ',' && !take_offset(&text, &r->summer_offset))
		return false;
	return take(&text, ',') && take_day(&text, &r->begins) && take(&text, ',') &&
	       take_day(&text, &r->ends) && text.len == 0;
}

static int64_t
day_in(const struct zone_rule_day *d, int year)
{
	bool leap = times_month_length(year, 2) == 29;
	int64_t new_year = times_days((struct date){year, 1, 1});

	if (d->form == ZONE_RULE_ORDINAL)
		return new_year + d->day;
	if (d->form == ZONE_RULE_JULIAN)
		return new_year + d->day - 1 + (leap && d->day >= 60);

	int64_t first = times_days((struct date){year, d->month, 1});
	int64_t day = first + (d->day - times_weekday(first) % 7 + 7) % 7 +
		      7 * (int64_t)(d->week - 1);

	return day < first + times_month_length(year, d->month) ? day : day - 7;
}

/* Narrows a span by one change of clocks: it lies before the instant or after it. Where
 * summer time ends in the instant it begins anew (summer time all the year), it goes on.
 */
static void
narrow(struct zone_span *s, int64_t instant, int64_t change,
	const struct zone_span *after)
{
	if (change > instant) {
		s->to = change < s->to ? change : s->to;
	} else if (change >= s->from) {
		s->from = change;
		s->offset = after->offset;
		s->name = after->name;
	}
}

struct zone_span
zone_rule_span(const struct zone_rule *r, int64_t instant)
{
	const struct zone_span standard = {.offset = r->offset, .name = r->name};
	const struct zone_span summer = {
		.offset = r->summer_offset, .name = r->summer_name};
	struct zone_span s = {INT64_MIN, INT64_MAX, r->offset, r->name};

	if (!r->changes)
		return s;

	/* A time of up to a week and a day may carry a change into the next year or the
	 * year before, so the neighbours of an instant's year are looked at too. */
	int year = times_date(times_day(instant)).year;

	for (int y = year - 2; y <= year + 2; y++) {
		int64_t ends = day_in(&r->ends, y) * TIMES_DAY + r->ends.time;
		int64_t begins = day_in(&r->begins, y) * TIMES_DAY + r->begins.time;

		narrow(&s, instant, ends - r->summer_offset, &standard);
		narrow(&s, instant, begins - r->offset, &summer);
	}
	return s;
}
