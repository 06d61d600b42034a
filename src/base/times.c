/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/times.h"

#include "base/arena.h"

#include <time.h>

/* Days from civil and back: the era arithmetic of a 400-year cycle of 146,097 days
 * beginning on 1 March, so that the leap day comes last in its year. */
int64_t
times_days(struct date d)
{
	int64_t year = d.month <= 2 ? (int64_t)d.year - 1 : d.year;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t year_of_era = year - era * 400;
	int64_t month = d.month > 2 ? d.month - 3 : d.month + 9;
	int64_t day_of_year = (153 * month + 2) / 5 + d.day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
			     day_of_year;

	return era * 146097 + day_of_era - 719468;
}

struct date
times_date(int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t day_of_era = z - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
				      day_of_era / 146096) /
			      365;
	int64_t day_of_year = day_of_era -
			      (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153;

	return (struct date){
		.year = (int)(year_of_era + era * 400 + (month >= 10)),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
	};
}

int64_t
times_day(int64_t seconds)
{
	return seconds / TIMES_DAY - (seconds % TIMES_DAY < 0);
}

int
times_weekday(int64_t days)
{
	int64_t since_monday = (days + 3) % 7; /* 1970-01-01 was a Thursday */

	return (int)(since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

int
times_month_length(int year, int month)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : lengths[month - 1];
}

const char *
times_iso(struct arena *a, int64_t instant)
{
	int64_t days = times_day(instant);
	int second = (int)(instant - days * TIMES_DAY);
	struct date d = times_date(days);

	return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.year, d.month, d.day,
		second / 3600, second / 60 % 60, second % 60);
}

/* Takes exactly n digits off the front. */
static bool
take_digits(struct bytes *b, int n, int *value)
{
	*value = 0;
	if (b->len < (size_t)n)
		return false;
	for (int i = 0; i < n; i++) {
		if (b->at[i] < '0' || b->at[i] > '9')
			return false;
		*value = *value * 10 + (b->at[i] - '0');
	}
	b->at += n;
	b->len -= (size_t)n;
	return true;
}

static bool
take_char(struct bytes *b, char c)
{
	if (b->len == 0 || b->at[0] != (unsigned char)c)
		return false;
	b->at++;
	b->len--;
	return true;
}

static bool
take_date(struct bytes *b, struct date *d)
{
	return take_digits(b, 4, &d->year) && take_char(b, '-') &&
	       take_digits(b, 2, &d->month) && take_char(b, '-') &&
	       take_digits(b, 2, &d->day) && d->month >= 1 && d->month <= 12 &&
	       d->day >= 1 && d->day <= times_month_length(d->year, d->month);
}

static bool
take_clock(struct bytes *b, int *seconds)
{
	int hour, minute, second;

	if (!take_digits(b, 2, &hour) || !take_char(b, ':') ||
		!take_digits(b, 2, &minute) || !take_char(b, ':') ||
		!take_digits(b, 2, &second))
		return false;
	*seconds = hour * 3600 + minute * 60 + second;
	return hour <= 23 && minute <= 59 && second <= 60;
}

static bool
take_offset(struct bytes *b, int *seconds)
{
	int hour, minute;
	bool minus = b->len > 0 && b->at[0] == '-';

	*seconds = 0;
	if (take_char(b, 'Z'))
		return true;
	if (!take_char(b, '+') && !take_char(b, '-'))
		return false;
	if (!take_digits(b, 2, &hour))
		return false;
	take_char(b, ':');
	if (!take_digits(b, 2, &minute) || hour > 15 || minute > 59)
		return false;
	*seconds = (hour * 3600 + minute * 60) * (minus ? -1 : 1);
	return true;
}

bool
times_parse_iso(struct bytes text, int64_t *instant)
{
	struct date d;
	int seconds, offset, digit;

	if (!take_date(&text, &d) || !take_char(&text, 'T') ||
		!take_clock(&text, &seconds))
		return false;
	if (take_char(&text, '.'))
		while (take_digits(&text, 1, &digit))
			;
	if (!take_offset(&text, &offset) || text.len > 0)
		return false;
	*instant = times_days(d) * TIMES_DAY + seconds - offset;
	return true;
}

bool
times_parse_date(struct bytes text, struct date *d)
{
	return take_date(&text, d) && text.len == 0;
}

static int64_t
clock_in(clockid_t clock, int64_t parts)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * parts + t.tv_nsec / (1000000000 / parts);
}

int64_t
times_now(void)
{
	return clock_in(CLOCK_REALTIME, 1);
}

int64_t
times_now_ms(void)
{
	return clock_in(CLOCK_REALTIME, 1000);
}

int64_t
times_ticks(void)
{
	return clock_in(CLOCK_MONOTONIC, 1000000);
}
