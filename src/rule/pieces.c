/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/pieces.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

enum { DAY = TIMES_DAY, WEEK = 7 * DAY };

#define FIRST_DATE ((struct date){PIECES_FIRST_YEAR, 1, 1})
#define END_DATE ((struct date){PIECES_END_YEAR, 1, 1})

enum piece_kind { PIECE_CLOSED, PIECE_OPEN, PIECE_WEEKLY };

struct piece {
	int64_t from;	/* instant; it goes on to the next piece's */
	int64_t before; /* open seconds before it */
	int32_t offset; /* PIECE_WEEKLY: local = utc + offset */
	enum piece_kind kind;
};

/* A segment of the week: seconds since Monday 00:00, and the open ones before it. */
struct stretch {
	int32_t from, to, before;
};

struct pieces {
	size_t n_stretches;
	const struct stretch *week; /* one more at the end, for its `before` */
	size_t first_of_day[8];	    /* index into week, Monday first */
	size_t n;
	const struct piece *at; /* the last is the closed time from END_DATE on */
};

/* Seconds since the Monday before 1970 of a local time; never negative in our years. */
static int64_t
since_monday(int64_t local)
{
	return local + 3 * DAY;
}

/* Open seconds of the undisturbed week from that Monday to a local time. */
static int64_t
weekly_reached(const struct pieces *p, int64_t local)
{
	int64_t weeks = since_monday(local) / WEEK;
	int32_t second = (int32_t)(since_monday(local) % WEEK);
	int32_t total = p->week[p->n_stretches].before;
	size_t i = p->first_of_day[second / DAY];
	size_t end = p->first_of_day[second / DAY + 1];

	while (i < end && second >= p->week[i].to)
		i++;

	const struct stretch *s = &p->week[i];
	bool inside = i < end && second > s->from;

	return weeks * total + s->before + (inside ? second - s->from : 0);
}

/* The least local time at which the undisturbed week has reached n > 0 open seconds. */
static int64_t
weekly_when(const struct pieces *p, int64_t n)
{
	int32_t total = p->week[p->n_stretches].before;
	int64_t weeks = (n - 1) / total;
	int32_t rest = (int32_t)(n - weeks * total); /* 1..total */
	const struct stretch *s = p->week;

	while (s[1].before < rest)
		s++;
	return weeks * WEEK + s->from + (rest - s->before) - since_monday(0);
}

/* Open seconds from the beginning of a piece to an instant in it. */
static int64_t
reached_in(const struct pieces *p, const struct piece *one, int64_t instant)
{
	switch (one->kind) {
	case PIECE_CLOSED: return 0;
	case PIECE_OPEN: return instant - one->from;
	case PIECE_WEEKLY: break;
	}
	return weekly_reached(p, instant + one->offset) -
	       weekly_reached(p, one->from + one->offset);
}

/* The last piece that begins at or before an instant; before them all, the first. */
static const struct piece *
piece_at(const struct pieces *p, int64_t instant)
{
	size_t low = 0, high = p->n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (p->at[middle].from <= instant)
			low = middle;
		else
			high = middle;
	}
	return &p->at[low];
}

/* The last piece that begins with fewer than n open seconds: in it they are reached. */
static const struct piece *
piece_reaching(const struct pieces *p, int64_t n)
{
	size_t low = 0, high = p->n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (p->at[middle].before < n)
			low = middle;
		else
			high = middle;
	}
	return &p->at[low];
}

int64_t
pieces_reached(const struct pieces *p, int64_t instant)
{
	const struct piece *one = piece_at(p, instant);

	if (instant <= one->from)
		return one->before;
	return one->before + reached_in(p, one, instant);
}

int64_t
pieces_all(const struct pieces *p)
{
	return p->at[p->n - 1].before;
}

int64_t
pieces_when(const struct pieces *p, int64_t n)
{
	const struct piece *one = piece_reaching(p, n);
	int64_t rest = n - one->before;

	if (one->kind == PIECE_OPEN)
		return one->from + rest;

	int64_t begun = weekly_reached(p, one->from + one->offset);

	return weekly_when(p, begun + rest) - one->offset;
}

bool
pieces_plain_day(
	const struct pieces *p, int64_t midnight, int64_t *opens, int64_t *closes)
{
	const struct piece *one = piece_at(p, midnight);
	const struct stretch *first, *last;
	int64_t local = since_monday(midnight + one->offset), monday;
	int day = (int)(local % WEEK / DAY);

	*opens = *closes = midnight;
	if (midnight < one->from || one == &p->at[p->n - 1] ||
		one[1].from < midnight + DAY)
		return false;
	if (one->kind == PIECE_OPEN)
		*closes = midnight + DAY;
	if (one->kind != PIECE_WEEKLY)
		return true;
	if (local % DAY != 0)
		return false;
	monday = midnight - day * (int64_t)DAY;
	if (p->first_of_day[day] == p->first_of_day[day + 1])
		return true;
	first = &p->week[p->first_of_day[day]];
	last = &p->week[p->first_of_day[day + 1] - 1];
	*opens = monday + first->from;
	*closes = monday + last->to;
	return true;
}

int64_t
pieces_closing(const struct pieces *p, int64_t instant)
{
	const struct piece *one = piece_at(p, instant);
	int64_t end = one[1].from;

	if (one->kind == PIECE_WEEKLY) {
		int64_t second = since_monday(instant + one->offset) % WEEK;
		const struct stretch *s = p->week;

		while (s->to <= second)
			s++;
		if (instant + (s->to - second) < end)
			end = instant + (s->to - second);
	}
	return end;
}

/* What is known while the pieces are cut. */
struct builder {
	struct pieces *pieces;
	const struct hours *hours;
	const struct zone *zone;
	struct buffer found; /* struct piece */
	struct piece last;   /* not yet among them */
	size_t n_exceptions;
	const struct hours_date *exceptions; /* ascending by date */
};

static void
put_piece(struct builder *b, enum piece_kind kind, int64_t from, int32_t offset)
{
	struct piece next = {.from = from, .offset = offset, .kind = kind};

	if (kind == b->last.kind && kind != PIECE_WEEKLY)
		return;
	next.before = b->last.before + reached_in(b->pieces, &b->last, from);
	if (from > b->last.from)
		buffer_add(&b->found, &b->last, sizeof b->last);
	b->last = next;
}

static void
put_week(struct builder *b, int64_t from, int32_t offset)
{
	bool ever = b->pieces->week[b->pieces->n_stretches].before > 0;

	put_piece(b, ever ? PIECE_WEEKLY : PIECE_CLOSED, from, offset);
}

/* The part [from, to) of a date with hours of its own that begins at `midnight`. */
static void
put_date(struct builder *b, const struct hours_day *day, int64_t midnight, int64_t from,
	int64_t to)
{
	put_piece(b, PIECE_CLOSED, from, 0);
	for (size_t i = 0; i < day->n; i++) {
		int64_t opens = midnight + day->at[i].from;
		int64_t closes = midnight + day->at[i].to;

		opens = opens > from ? opens : from;
		closes = closes < to ? closes : to;
		if (opens >= closes)
			continue;
		put_piece(b, PIECE_OPEN, opens, 0);
		put_piece(b, PIECE_CLOSED, closes, 0);
	}
}

/* The first exception that may touch an instant with this offset or come after it. */
static size_t
exception_from(const struct builder *b, int64_t instant, int32_t offset)
{
	int64_t date = times_day(instant + offset);
	size_t low = 0, high = b->n_exceptions;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (b->exceptions[middle].date < date)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The part [from, to) of a span of constant offset. A date may lie in two spans, even in
 * two parts, when the clocks are changed during it: each part is laid by itself. */
static void
put_span(struct builder *b, int64_t from, int64_t to, int32_t offset)
{
	int64_t t = from;

	for (size_t i = exception_from(b, from, offset); i < b->n_exceptions; i++) {
		const struct hours_date *e = &b->exceptions[i];
		int64_t midnight = e->date * DAY - offset;
		int64_t begin = midnight > t ? midnight : t;
		int64_t end = midnight + DAY < to ? midnight + DAY : to;

		if (midnight >= to)
			break;
		if (begin > t)
			put_week(b, t, offset);
		put_date(b, &e->day, midnight, begin, end);
		t = end;
	}
	if (t < to)
		put_week(b, t, offset);
}

static void
put_pieces(struct builder *b)
{
	const int64_t end = times_days(END_DATE) * DAY;

	b->last = (struct piece){.kind = PIECE_CLOSED};
	for (int64_t t = times_days(FIRST_DATE) * DAY; t < end;) {
		struct zone_span s = zone_span_at(b->zone, t);
		int64_t to = s.to < end ? s.to : end;

		put_span(b, t, to, s.offset);
		t = to;
	}
	put_piece(b, PIECE_CLOSED, end, 0);
	buffer_add(&b->found, &b->last, sizeof b->last);
}

static int
by_date(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Every date of our years that the hours name apart from the week, in any order. */
static struct buffer
named_dates(const struct hours *h, struct arena *scratch)
{
	struct buffer dates = buffer_in(scratch, 0);

	for (size_t i = 0; i < h->n_open; i++)
		buffer_add(&dates, &h->open[i].date, sizeof(int64_t));
	buffer_add(&dates, h->closed, h->n_closed * sizeof(int64_t));
	for (int year = FIRST_DATE.year; year < END_DATE.year; year++)
		for (size_t i = 0; i < h->n_yearly; i++) {
			int month = (int)(h->yearly[i] / 100);
			int day = (int)(h->yearly[i] % 100);
			int64_t date = times_days((struct date){year, month, day});

			if (day <= times_month_length(year, month))
				buffer_add(&dates, &date, sizeof date);
		}
	return dates;
}

/* Those that do depart from it: a closure on a day that is closed anyway does not. */
static void
find_exceptions(struct builder *b, struct arena *scratch)
{
	const struct hours *h = b->hours;
	struct buffer named = named_dates(h, scratch);
	int64_t *dates = (int64_t *)(void *)named.at;
	size_t n = named.len / sizeof *dates, kept = 0;
	struct hours_date *found = arena_array(scratch, n, sizeof *found);

	if (n > 1)
		qsort(dates, n, sizeof *dates, by_date);
	for (size_t i = 0; i < n; i++) {
		struct hours_day day = hours_on(h, dates[i]);

		if (i > 0 && dates[i] == dates[i - 1])
			continue;
		if (day.n > 0 || h->week[times_weekday(dates[i]) - 1].n > 0)
			found[kept++] = (struct hours_date){dates[i], day};
	}
	b->exceptions = found;
	b->n_exceptions = kept;
}

static void
lay_week(struct arena *a, struct pieces *p, const struct hours *h)
{
	struct stretch *week;
	size_t n = 0;
	int32_t before = 0;

	for (int day = 0; day < 7; day++)
		n += h->week[day].n;
	week = arena_array(a, n + 1, sizeof *week);
	p->week = week;
	p->n_stretches = n;

	for (int day = 0; day < 7; day++) {
		p->first_of_day[day] = (size_t)(week - p->week);
		for (size_t i = 0; i < h->week[day].n; i++) {
			struct hours_segment s = h->week[day].at[i];

			*week++ = (struct stretch){
				day * DAY + s.from,
				day * DAY + s.to,
				before,
			};
			before += s.to - s.from;
		}
	}
	p->first_of_day[7] = n;
	*week = (struct stretch){WEEK, WEEK, before};
}

const struct pieces *
pieces_new(struct arena *a, const struct hours *h, const struct zone *z)
{
	struct arena *scratch = arena_new();
	struct pieces *p = arena_alloc(a, sizeof *p);
	struct builder b = {
		.pieces = p,
		.hours = h,
		.zone = z,
		.found = buffer_in(scratch, 16 * 1024),
	};
	struct piece *at;

	lay_week(a, p, h);
	find_exceptions(&b, scratch);
	put_pieces(&b);

	at = arena_alloc(a, b.found.len);
	memcpy(at, b.found.at, b.found.len);
	p->at = at;
	p->n = b.found.len / sizeof *at;
	arena_free(scratch);
	return p;
}
