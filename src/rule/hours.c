/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/hours.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

/* What is being read. The first problem stays. */
struct reader {
	struct arena *arena;
	struct hours_problem *problem;
	bool failed;
	unsigned seen; /* words, a bit each */
};

/* Lists that grow while a definition is read. */
struct lists {
	const char *zone;
	struct buffer week[7]; /* struct hours_segment */
	struct buffer closed;  /* int64_t */
	struct buffer yearly;  /* int64_t */
	struct buffer open;    /* struct hours_date */
};

static bool
refuse(struct reader *r, const char *what, struct bytes where)
{
	if (!r->failed)
		*r->problem = (struct hours_problem){
			what,
			arena_text(r->arena, where.at, where.len),
		};
	r->failed = true;
	return false;
}

/* The next of the items that `mark` parts; an empty one is an item too. */
static bool
next_item(struct bytes *rest, unsigned char mark, struct bytes *item)
{
	bool more;

	if (!rest->at)
		return false;
	more = rest->len > 0 && memchr(rest->at, mark, rest->len);
	*item = bytes_cut(rest, mark);
	if (!more)
		*rest = (struct bytes){NULL, 0};
	return true;
}

static bool
read_second(struct bytes text, int32_t *second)
{
	*second = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9' || i == 5)
			return false;
		*second = *second * 10 + (text.at[i] - '0');
	}
	return text.len > 0 && *second <= TIMES_DAY;
}

/* FROM-TO, several parted by a plus. */
static bool
read_segments(struct reader *r, struct bytes text, struct buffer *into)
{
	struct bytes item;

	while (next_item(&text, '+', &item)) {
		struct bytes to = item;
		struct bytes from = bytes_cut(&to, '-');
		struct hours_segment s;

		if (!read_second(from, &s.from) || !read_second(to, &s.to))
			return refuse(r, "these are not two seconds of a day", item);
		if (s.from >= s.to)
			return refuse(r, "it closes before it opens", item);
		buffer_add(into, &s, sizeof s);
	}
	return true;
}

static int
by_beginning(const void *a, const void *b)
{
	const struct hours_segment *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static bool
finish_day(struct reader *r, const struct buffer *b, struct hours_day *day)
{
	struct hours_segment *at = (struct hours_segment *)(void *)b->at;
	size_t n = b->len / sizeof *at;

	*day = (struct hours_day){n, at};
	if (n > 1)
		qsort(at, n, sizeof *at, by_beginning);
	for (size_t i = 1; i < n; i++)
		if (at[i].from < at[i - 1].to)
			return refuse(r, "these hours of one day overlap",
				bytes_of(arena_printf(
					r->arena, "%d-%d", at[i].from, at[i].to)));
	return true;
}

static bool
read_week(struct reader *r, struct bytes text, struct lists *l)
{
	struct bytes item;

	while (next_item(&text, ',', &item)) {
		struct bytes segments = item;
		struct bytes day = bytes_cut(&segments, '/');

		if (day.len != 1 || day.at[0] < '1' || day.at[0] > '7')
			return refuse(r, "a weekday is 1 (Monday) to 7 (Sunday)", item);
		if (!read_segments(r, segments, &l->week[day.at[0] - '1']))
			return false;
	}
	return true;
}

static bool
read_closed(struct reader *r, struct bytes text, struct lists *l)
{
	struct bytes item;

	while (next_item(&text, ',', &item)) {
		struct date d;

		if (!times_parse_date(item, &d))
			return refuse(r, "this is not a date", item);

		int64_t day = times_days(d);

		buffer_add(&l->closed, &day, sizeof day);
	}
	return true;
}

/* MM-DD is a date of the leap year 2000. */
static bool
read_yearly(struct reader *r, struct bytes text, struct lists *l)
{
	struct bytes item;

	while (next_item(&text, ',', &item)) {
		const char *full = arena_printf(
			r->arena, "2000-%.*s", (int)item.len, (const char *)item.at);
		struct date d;

		if (!times_parse_date(bytes_of(full), &d))
			return refuse(r, "this is not a month and a day", item);

		int64_t day = d.month * 100 + d.day;

		buffer_add(&l->yearly, &day, sizeof day);
	}
	return true;
}

static bool
read_open(struct reader *r, struct bytes text, struct lists *l)
{
	struct bytes item;

	while (next_item(&text, ',', &item)) {
		struct buffer segments = buffer_in(
			r->arena, sizeof(struct hours_segment));
		struct bytes rest = item;
		struct hours_date own = {0};
		struct date d;

		if (!times_parse_date(bytes_cut(&rest, '/'), &d))
			return refuse(r, "this is not a date", item);
		own.date = times_days(d);
		if (!read_segments(r, rest, &segments) ||
			!finish_day(r, &segments, &own.day))
			return false;
		buffer_add(&l->open, &own, sizeof own);
	}
	return true;
}

static const char *
date_text(struct arena *a, int64_t day)
{
	struct date d = times_date(day);

	return arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static int
by_day(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int
by_date(const void *a, const void *b)
{
	const struct hours_date *x = a, *y = b;

	return (x->date > y->date) - (x->date < y->date);
}

/* Sorts n days and drops the doubles; returns how many are left. */
static size_t
tidy_days(int64_t *days, size_t n)
{
	size_t kept = 0;

	if (n > 1)
		qsort(days, n, sizeof *days, by_day);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || days[i] != days[kept - 1])
			days[kept++] = days[i];
	return kept;
}

/* From the lists as read to the hours as promised. */
static bool
finish(struct reader *r, struct lists *l, struct hours *h)
{
	int64_t *closed = (int64_t *)(void *)l->closed.at;
	int64_t *yearly = (int64_t *)(void *)l->yearly.at;
	struct hours_date *open = (struct hours_date *)(void *)l->open.at;
	bool week = false;

	for (int i = 0; i < 7; i++) {
		if (!finish_day(r, &l->week[i], &h->week[i]))
			return false;
		week = week || h->week[i].n > 0;
	}
	h->n_closed = tidy_days(closed, l->closed.len / sizeof *closed);
	h->closed = closed;
	h->n_yearly = tidy_days(yearly, l->yearly.len / sizeof *yearly);
	h->yearly = yearly;
	h->n_open = l->open.len / sizeof *open;
	h->open = open;
	if (h->n_open > 1)
		qsort(open, h->n_open, sizeof *open, by_date);
	for (size_t i = 1; i < h->n_open; i++)
		if (open[i].date == open[i - 1].date)
			return refuse(r, "this date has hours of its own twice",
				bytes_of(date_text(r->arena, open[i].date)));

	h->zone = l->zone;
	if (!h->zone)
		return refuse(r, "the time zone is missing", bytes_of("zone="));
	if (!week && h->n_open == 0)
		return refuse(r, "there are no hours at all", bytes_of("week="));
	return true;
}

static bool
read_zone(struct reader *r, struct bytes text, struct lists *l)
{
	l->zone = arena_text(r->arena, text.at, text.len);
	return true;
}

/* One word, KEY=VALUE. */
static bool
read_word(struct reader *r, struct bytes word, struct lists *l)
{
	static const struct {
		const char *key;
		bool (*read)(struct reader *, struct bytes, struct lists *);
	} keys[] = {
		{"zone", read_zone},
		{"week", read_week},
		{"closed", read_closed},
		{"yearly", read_yearly},
		{"open", read_open},
	};
	struct bytes value = word;
	struct bytes key = bytes_cut(&value, '=');

	if (value.len == 0)
		return refuse(r, "a word is KEY=VALUE", word);
	for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (!bytes_equal(key, bytes_of(keys[i].key)))
			continue;
		if (r->seen & 1u << i)
			return refuse(r, "this word stands twice", word);
		r->seen |= 1u << i;
		return keys[i].read(r, value, l);
	}
	return refuse(r, "this word is unknown", word);
}

const struct hours *
hours_parse(struct arena *a, const char *definition, struct hours_problem *problem)
{
	struct hours *h = arena_alloc(a, sizeof *h);
	struct reader r = {.arena = a, .problem = problem};
	struct bytes rest = bytes_trim(bytes_of(definition));
	struct lists l = {
		.closed = buffer_in(a, 0),
		.yearly = buffer_in(a, 0),
		.open = buffer_in(a, 0),
	};

	*problem = (struct hours_problem){0};
	for (int i = 0; i < 7; i++)
		l.week[i] = buffer_in(a, 2 * sizeof(struct hours_segment));
	while (rest.len > 0) {
		struct bytes word = bytes_cut(&rest, ' ');

		if (word.len > 0 && !read_word(&r, word, &l))
			return NULL;
	}
	return finish(&r, &l, h) ? h : NULL;
}

/* Each segment behind its own mark: what stands before the first and between them. */
static void
add_segments(struct buffer *b, struct hours_day day, const char *first, const char *next)
{
	for (size_t i = 0; i < day.n; i++)
		buffer_printf(
			b, "%s%d-%d", i ? next : first, day.at[i].from, day.at[i].to);
}

const char *
hours_text(struct arena *a, const struct hours *h)
{
	struct buffer b = buffer_in(a, 0);
	size_t before_week;

	buffer_printf(&b, "zone=%s", h->zone);
	before_week = b.len;
	for (int i = 0; i < 7; i++) {
		const char *next = arena_printf(a, ",%d/", i + 1);
		const char *first = arena_printf(a, " week=%d/", i + 1);

		add_segments(&b, h->week[i], b.len > before_week ? next : first, next);
	}
	for (size_t i = 0; i < h->n_closed; i++)
		buffer_printf(
			&b, "%s%s", i ? "," : " closed=", date_text(a, h->closed[i]));
	for (size_t i = 0; i < h->n_yearly; i++)
		buffer_printf(&b, "%s%02d-%02d",
			i ? "," : " yearly=", (int)(h->yearly[i] / 100),
			(int)(h->yearly[i] % 100));
	for (size_t i = 0; i < h->n_open; i++) {
		buffer_printf(
			&b, "%s%s", i ? "," : " open=", date_text(a, h->open[i].date));
		add_segments(&b, h->open[i].day, "/", "+");
	}
	return buffer_text(&b);
}

const struct hours *
hours_with_closed(struct arena *a, const struct hours *h, const int64_t *dates, size_t n)
{
	struct hours *more = arena_alloc(a, sizeof *more);
	int64_t *closed = arena_array(a, h->n_closed + n, sizeof *closed);

	*more = *h;
	for (size_t i = 0; i < h->n_closed; i++)
		closed[i] = h->closed[i];
	for (size_t i = 0; i < n; i++)
		closed[h->n_closed + i] = dates[i];
	more->n_closed = tidy_days(closed, h->n_closed + n);
	more->closed = closed;
	return more;
}

struct hours_day
hours_on(const struct hours *h, int64_t date)
{
	const struct hours_date wanted = {.date = date};
	const struct hours_day none = {0, NULL};
	struct date d = times_date(date);
	int64_t yearly = d.month * 100 + d.day;
	const struct hours_date *own = bsearch(
		&wanted, h->open, h->n_open, sizeof wanted, by_date);

	if (own)
		return own->day;
	if (bsearch(&date, h->closed, h->n_closed, sizeof date, by_day) ||
		bsearch(&yearly, h->yearly, h->n_yearly, sizeof yearly, by_day))
		return none;
	return h->week[times_weekday(date) - 1];
}
