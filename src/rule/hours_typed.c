/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/hours_typed.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NOON = 12, MINUTE = 60, HOUR = 3600 };

static const char *const months[] = {"January", "February", "March", "April", "May",
	"June", "July", "August", "September", "October", "November", "December"};

static void
skip_blanks(const char **t)
{
	*t += strspn(*t, " \t\r");
}

static bool
read_number(const char **t, int most_digits, int *n)
{
	int digits = 0;

	*n = 0;
	for (; isdigit((unsigned char)**t) && digits < most_digits; (*t)++, digits++)
		*n = *n * 10 + (**t - '0');
	return digits > 0 && !isdigit((unsigned char)**t);
}

static bool
read_word(const char **t, const char *word)
{
	size_t n = strlen(word);

	if (strncasecmp(*t, word, n) != 0 || isalpha((unsigned char)(*t)[n]))
		return false;
	*t += n;
	return true;
}

static bool
read_time(const char **t, int *second)
{
	int hour, minute = 0;

	skip_blanks(t);
	if (!read_number(t, 2, &hour))
		return false;
	if (**t == ':' || **t == '.') {
		++*t;
		if (!read_number(t, 2, &minute))
			return false;
	}
	skip_blanks(t);
	if (read_word(t, "am")) {
		if (hour < 1 || hour > NOON)
			return false;
		hour %= NOON;
	} else if (read_word(t, "pm")) {
		if (hour < 1 || hour > NOON)
			return false;
		hour = hour % NOON + NOON;
	}
	*second = hour * HOUR + minute * MINUTE;
	return minute < 60 && *second <= TIMES_DAY;
}

static bool
read_to(const char **t)
{
	static const char dash[] = "–";

	skip_blanks(t);
	if (**t == '-') {
		++*t;
		return true;
	}
	if (strncmp(*t, dash, strlen(dash)) == 0) {
		*t += strlen(dash);
		return true;
	}
	return read_word(t, "to");
}

static void
comma(struct buffer *out)
{
	if (out->len > 0)
		buffer_char(out, ',');
}

bool
hours_typed_time(const char *text, int *second)
{
	bool well = read_time(&text, second);

	skip_blanks(&text);
	return well && !*text;
}

/* Segments parted by `between` on the way out. */
static bool
read_segments(struct buffer *out, const char *before, char between, const char *t)
{
	bool first = true;

	skip_blanks(&t);
	if (read_word(&t, "all day")) {
		buffer_printf(out, "%s0-86400", before);
		skip_blanks(&t);
		return !*t;
	}
	for (; *t; first = false) {
		int from, to;

		if (!first && *t++ != ',')
			return false;
		if (!read_time(&t, &from) || !read_to(&t) || !read_time(&t, &to))
			return false;
		if (to == 0)
			to = TIMES_DAY;
		if (to <= from)
			return false;
		if (!first)
			buffer_char(out, between);
		buffer_printf(out, "%s%d-%d", before, from, to);
		skip_blanks(&t);
	}
	return true;
}

bool
hours_typed_day(struct buffer *out, const char *before, const char *text)
{
	size_t was = out->len;

	skip_blanks(&text);
	if (!*text || strcasecmp(text, "closed") == 0)
		return true;
	comma(out);
	if (read_segments(out, before, ',', text))
		return true;
	out->len = was;
	return false;
}

/* --- dates -------------------------------------------------------------------------- */

static bool
read_month(const char **t, int *month)
{
	for (int i = 0; i < 12; i++) {
		char brief[4] = {months[i][0], months[i][1], months[i][2], 0};

		if (read_word(t, months[i]) || read_word(t, brief)) {
			*month = i + 1;
			return true;
		}
	}
	return false;
}

/* A day and a month, "25 December", "25/12"; *t moves behind them. */
static bool
read_day_month(const char **t, struct date *d)
{
	skip_blanks(t);
	if (!read_number(t, 2, &d->day))
		return false;
	if (**t == '/') {
		++*t;
		return read_number(t, 2, &d->month);
	}
	skip_blanks(t);
	return read_month(t, &d->month);
}

static bool
real_date(const struct date *d)
{
	return d->year >= 1970 && d->year <= 2199 && d->month >= 1 && d->month <= 12 &&
	       d->day >= 1 && d->day <= times_month_length(d->year, d->month);
}

static bool
read_date(const char **t, struct date *d)
{
	const char *start;

	skip_blanks(t);
	start = *t;
	if (read_number(t, 4, &d->year) && *t - start == 4 && **t == '-') {
		++*t;
		if (!read_number(t, 2, &d->month) || *(*t)++ != '-')
			return false;
		return read_number(t, 2, &d->day) && real_date(d);
	}
	*t = start;
	if (!read_day_month(t, d))
		return false;
	*t += **t == '/';
	skip_blanks(t);
	return read_number(t, 4, &d->year) && real_date(d);
}

bool
hours_typed_date(const char *text, struct date *d)
{
	bool well = read_date(&text, d);

	skip_blanks(&text);
	return well && !*text;
}

/* The next line that is not empty, trimmed; NULL behind the last. */
static const char *
next_line(struct arena *a, struct bytes *rest)
{
	while (rest->len > 0) {
		struct bytes line = bytes_cut(rest, '\n');
		const char *text = arena_text(a, line.at, line.len);
		size_t n;

		skip_blanks(&text);
		n = strlen(text);
		while (n > 0 && strchr(" \t\r", text[n - 1]))
			n--;
		if (n > 0)
			return arena_text(a, text, n);
	}
	return NULL;
}

bool
hours_typed_yearly(
	struct arena *a, struct buffer *out, const char *lines, const char **wrong)
{
	struct bytes rest = bytes_of(lines);
	const char *line;

	while ((line = next_line(a, &rest))) {
		struct date d = {.year = 2000}; /* a leap year */
		const char *t = line;

		*wrong = line;
		if (!read_day_month(&t, &d) || *t || !real_date(&d))
			return false;
		comma(out);
		buffer_printf(out, "%02d-%02d", d.month, d.day);
	}
	return true;
}

bool
hours_typed_dates(struct arena *a, struct buffer *closed, struct buffer *open,
	const char *lines, const char **wrong)
{
	struct bytes rest = bytes_of(lines);
	const char *line;

	while ((line = next_line(a, &rest))) {
		const char *t = line;
		struct date d;

		*wrong = line;
		if (!read_date(&t, &d))
			return false;
		skip_blanks(&t);
		t += *t == ':';
		skip_blanks(&t);
		if (!*t || strcasecmp(t, "closed") == 0) {
			comma(closed);
			buffer_printf(closed, "%04d-%02d-%02d", d.year, d.month, d.day);
			continue;
		}
		comma(open);
		buffer_printf(open, "%04d-%02d-%02d/", d.year, d.month, d.day);
		if (!read_segments(open, "", '+', t))
			return false;
	}
	return true;
}

/* --- and back ----------------------------------------------------------------------- */

static void
add_time(struct buffer *b, int32_t second)
{
	buffer_printf(b, "%02d:%02d", second / HOUR, second % HOUR / MINUTE);
}

const char *
hours_typed_day_text(struct arena *a, struct hours_day day)
{
	struct buffer b = buffer_in(a, 32);

	if (day.n == 1 && day.at[0].from == 0 && day.at[0].to == TIMES_DAY)
		return "all day";
	for (size_t i = 0; i < day.n; i++) {
		if (i > 0)
			buffer_text_add(&b, ", ");
		add_time(&b, day.at[i].from);
		buffer_text_add(&b, " to ");
		add_time(&b, day.at[i].to);
	}
	return buffer_text(&b);
}

const char *
hours_typed_yearly_text(struct arena *a, const struct hours *h)
{
	struct buffer b = buffer_in(a, 64);

	for (size_t i = 0; i < h->n_yearly; i++)
		buffer_printf(&b, "%d %s\n", (int)(h->yearly[i] % 100),
			months[h->yearly[i] / 100 - 1]);
	return buffer_text(&b);
}

static void
add_date(struct buffer *b, int64_t day)
{
	struct date d = times_date(day);

	buffer_printf(b, "%d %s %d: ", d.day, months[d.month - 1], d.year);
}

const char *
hours_typed_dates_text(struct arena *a, const struct hours *h)
{
	struct buffer b = buffer_in(a, 256);
	size_t o = 0;

	for (size_t c = 0; c < h->n_closed || o < h->n_open;) {
		bool closed = o >= h->n_open ||
			      (c < h->n_closed && h->closed[c] < h->open[o].date);

		add_date(&b, closed ? h->closed[c] : h->open[o].date);
		buffer_printf(&b, "%s\n",
			closed ? "closed" : hours_typed_day_text(a, h->open[o].day));
		c += closed;
		o += !closed;
	}
	return buffer_text(&b);
}
