/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/zone.h"

#include "base/arena.h"
#include "rule/zone_rule.h"

#include <string.h>

/* No zone has ever been further from UTC than 16 hours; RFC 9636 allows 26. */
enum { FARTHEST = 26 * 3600, HEADER = 44, DAY = TIMES_DAY };

struct zone {
	const char *name;
	size_t n;		       /* listed changes */
	const int64_t *at;	       /* n instants, ascending */
	const unsigned char *kind;     /* n: the kind of time that begins there */
	const struct zone_span *kinds; /* offset and name only; [0] is before them all */
	struct zone_rule rule;	       /* after the last listed change */
};

struct header {
	int version; /* '\0', '2', '3' or '4' */
	size_t universal, standard, leaps, times, kinds, letters;
};

/* The arrays of one data block, still as they lie in the file. */
struct block {
	struct bytes times, picks, kinds, letters;
};

static int64_t
number(const unsigned char *at, size_t width)
{
	uint64_t n = at[0] & 0x80 ? UINT64_MAX : 0;

	for (size_t i = 0; i < width; i++)
		n = n << 8 | at[i];
	return (int64_t)n;
}

static bool
take(struct bytes *b, size_t n, struct bytes *taken)
{
	if (b->len < n)
		return false;
	*taken = (struct bytes){b->at, n};
	b->at += n;
	b->len -= n;
	return true;
}

static bool
take_header(struct bytes *b, struct header *h)
{
	struct bytes raw;

	if (!take(b, HEADER, &raw) || memcmp(raw.at, "TZif", 4) != 0)
		return false;
	h->version = raw.at[4];

	size_t *const counts[] = {&h->universal, &h->standard, &h->leaps, &h->times,
		&h->kinds, &h->letters};

	for (size_t i = 0; i < 6; i++) {
		int64_t n = number(raw.at + 20 + 4 * i, 4);

		if (n < 0 || n > UINT16_MAX)
			return false;
		*counts[i] = (size_t)n;
	}
	return h->kinds >= 1 && h->kinds <= 256 && h->letters >= 1;
}

static bool
take_block(struct bytes *b, const struct header *h, size_t width, struct block *d)
{
	struct bytes unused;

	return take(b, h->times * width, &d->times) && take(b, h->times, &d->picks) &&
	       take(b, h->kinds * 6, &d->kinds) && take(b, h->letters, &d->letters) &&
	       take(b, h->leaps * (width + 4), &unused) &&
	       take(b, h->standard, &unused) && take(b, h->universal, &unused);
}

static bool
read_times(struct arena *a, struct zone *z, const struct block *d, size_t width)
{
	size_t n = d->picks.len;
	int64_t *at = arena_array(a, n, sizeof *at);
	unsigned char *kind = arena_alloc(a, n);

	for (size_t i = 0; i < n; i++) {
		at[i] = number(d->times.at + i * width, width);
		kind[i] = d->picks.at[i];
		if ((i > 0 && at[i] <= at[i - 1]) || kind[i] >= d->kinds.len / 6)
			return false;
	}
	z->n = n;
	z->at = at;
	z->kind = kind;
	return true;
}

static bool
read_kinds(struct arena *a, struct zone *z, const struct block *d)
{
	size_t n = d->kinds.len / 6;
	struct zone_span *kinds = arena_array(a, n, sizeof *kinds);
	const char *letters = arena_text(a, d->letters.at, d->letters.len);

	for (size_t i = 0; i < n; i++) {
		const unsigned char *raw = d->kinds.at + i * 6;
		int64_t offset = number(raw, 4);

		if (offset < -FARTHEST || offset > FARTHEST || raw[5] >= d->letters.len)
			return false;
		kinds[i].offset = (int32_t)offset;
		kinds[i].name = letters + raw[5];
		if (!bytes_are_text(bytes_of(kinds[i].name)))
			return false;
	}
	z->kinds = kinds;
	return true;
}

static const struct zone_span *
last_kind(const struct zone *z)
{
	return &z->kinds[z->n > 0 ? z->kind[z->n - 1] : 0];
}

/* Without a rule the last listed kind of time goes on for ever. */
static bool
read_rule(struct zone *z, struct bytes rest)
{
	const struct zone_span *last = last_kind(z);
	struct bytes text;

	if (rest.len > 0 && rest.at[0] == '\n') {
		bytes_cut(&rest, '\n');
		text = bytes_cut(&rest, '\n');
		if (text.len > 0)
			return zone_rule_parse(text, &z->rule);
	}
	z->rule = (struct zone_rule){.offset = last->offset};
	strncpy(z->rule.name, last->name, sizeof z->rule.name - 1);
	return true;
}

const struct zone *
zone_parse(struct arena *a, const char *name, struct bytes tzif, const char **problem)
{
	struct zone *z = arena_alloc(a, sizeof *z);
	size_t width = 4;
	struct header h;
	struct block d;

	*problem = "not a time zone file";
	if (!take_header(&tzif, &h))
		return NULL;

	*problem = "a damaged time zone file";
	if (!take_block(&tzif, &h, width, &d))
		return NULL;
	if (h.version >= '2') { /* the same again in 64 bits, and the rule */
		width = 8;
		if (!take_header(&tzif, &h) || !take_block(&tzif, &h, width, &d))
			return NULL;
	}
	if (!read_times(a, z, &d, width) || !read_kinds(a, z, &d))
		return NULL;
	if (!read_rule(z, width == 8 ? tzif : (struct bytes){NULL, 0}))
		return NULL;

	*problem = "a time zone file that counts leap seconds";
	if (h.leaps > 0)
		return NULL;

	*problem = NULL;
	z->name = arena_copy(a, name);
	return z;
}

const char *
zone_name(const struct zone *z)
{
	return z->name;
}

/* How many of the listed changes have happened at an instant. */
static size_t
changes_before(const struct zone *z, int64_t instant)
{
	size_t low = 0, high = z->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (z->at[middle] <= instant)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct zone_span
span_after_list(const struct zone *z, int64_t instant)
{
	const int64_t end = times_days((struct date){10000, 1, 1}) * DAY;
	int64_t begin = z->n > 0 ? z->at[z->n - 1] : INT64_MIN;
	struct zone_span s = zone_rule_span(
		&z->rule, instant < end || !z->rule.changes ? instant : end - 1);

	if (s.to >= end)
		s.to = INT64_MAX;
	if (s.from < begin)
		s.from = begin;
	return s;
}

struct zone_span
zone_span_at(const struct zone *z, int64_t instant)
{
	size_t i = changes_before(z, instant);

	if (i == z->n)
		return span_after_list(z, instant);

	struct zone_span s = z->kinds[i > 0 ? z->kind[i - 1] : 0];

	s.from = i > 0 ? z->at[i - 1] : INT64_MIN;
	s.to = z->at[i];
	return s;
}

struct zone_time
zone_time_at(const struct zone *z, int64_t instant)
{
	struct zone_span s = zone_span_at(z, instant);
	int64_t local = instant + s.offset;
	int64_t day = times_day(local);

	return (struct zone_time){
		.date = times_date(day),
		.second = (int)(local - day * DAY),
		.offset = s.offset,
		.name = s.name,
	};
}

int64_t
zone_day_at(const struct zone *z, int64_t instant)
{
	return times_day(instant + zone_span_at(z, instant).offset);
}

bool
zone_day_ends(const struct zone *z, int64_t day, int64_t *from, int64_t *to)
{
	const int64_t last = (day + 1) * DAY + FARTHEST;
	bool found = false;

	for (int64_t t = day * DAY - FARTHEST; t < last;) {
		struct zone_span s = zone_span_at(z, t);
		int64_t begin = day * DAY - s.offset, end = begin + DAY;

		begin = begin > s.from ? begin : s.from;
		end = end < s.to ? end : s.to;
		if (begin < end) {
			*from = found ? *from : begin;
			*to = end;
			found = true;
		}
		if (s.to == INT64_MAX)
			break;
		t = s.to;
	}
	return found;
}

/* A local time is looked for in every span it could lie in, earliest first. In a gap it
 * lies beyond the end of one span and before the beginning of the next: counting on with
 * the old offset moves it forward by the size of the gap. */
int64_t
zone_instant(
	const struct zone *z, struct date date, int second, enum zone_reading *reading)
{
	const int64_t local = times_days(date) * DAY + second;
	int64_t taken = 0, moved = local - zone_span_at(z, local - FARTHEST).offset;
	int hits = 0;

	for (int64_t t = local - FARTHEST; t <= local + FARTHEST;) {
		struct zone_span s = zone_span_at(z, t);
		int64_t instant = local - s.offset;

		if (instant >= s.from && instant < s.to && hits++ == 0)
			taken = instant;
		if (instant >= s.to)
			moved = instant;
		if (s.to == INT64_MAX)
			break;
		t = s.to;
	}
	*reading = hits > 1 ? ZONE_FIRST_OF_TWO : hits ? ZONE_EXACT : ZONE_MOVED_FORWARD;
	return hits ? taken : moved;
}

const char *
zone_iso(struct arena *a, const struct zone *z, int64_t instant)
{
	struct zone_time t = zone_time_at(z, instant);
	int32_t away = t.offset < 0 ? -t.offset : t.offset;
	const char *seconds = away % 60 ? arena_printf(a, ":%02d", away % 60) : "";

	return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d%s", t.date.year,
		t.date.month, t.date.day, t.second / 3600, t.second / 60 % 60,
		t.second % 60, t.offset < 0 ? '-' : '+', away / 3600, away / 60 % 60,
		seconds);
}
