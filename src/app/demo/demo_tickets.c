/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo_tickets.h"

#include "app/demo/demo_verb.h"
#include "app/founding.h"
#include "app/import/import_table.h"
#include "store/outbox.h"
#include "store/zone_file.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_HAPPENINGS = 2000, NODE = 253 };

enum column { ORG, WHEN, SERVICE, CHANNEL, WHO, WORDS, PLACE, URGENCY, THEN, COLUMNS };

static const char *const headings[COLUMNS] = {
	[ORG] = "org",
	[WHEN] = "when",
	[SERVICE] = "service",
	[CHANNEL] = "channel",
	[WHO] = "who",
	[WORDS] = "words",
	[PLACE] = "place",
	[URGENCY] = "urgency",
	[THEN] = "then",
};

struct reading {
	struct arena *arena;
	const struct zone *zone;
	int64_t now;
	struct demo_tickets *tickets;
};

static bool
is_weekend(int64_t day)
{
	return times_weekday(day) > 5;
}

/* So many working days later, or earlier when n is negative; 0 stays, except that it
 * leaves a weekend forwards. */
static int64_t
working_days(int64_t day, int64_t n)
{
	int64_t step = n < 0 ? -1 : 1;

	for (; n != 0; n -= step)
		do
			day += step;
		while (is_weekend(day));
	while (is_weekend(day))
		day++;
	return day;
}

/* "40m", "3h" or "12d 09:40" away from `from`, forwards or backwards. *rest is what
 * follows. */
static bool
read_when(const struct reading *r, const char *text, int64_t from, int way, int64_t *at,
	const char **rest)
{
	char *end;
	int64_t n = strtoll(text, &end, 10);
	long hour, minute;
	enum zone_reading reading;

	if (end == text || n < 0)
		return false;
	*rest = end + 1;
	if (*end == 'm' || *end == 'h') {
		*at = from + way * n * (*end == 'm' ? 60 : 3600);
		return true;
	}
	if (*end != 'd' || end[1] != ' ')
		return false;
	hour = strtol(end + 2, &end, 10);
	if (*end != ':')
		return false;
	minute = strtol(end + 1, &end, 10);
	*rest = end;
	*at = zone_instant(r->zone,
		times_date(working_days(zone_day_at(r->zone, from), way * n)),
		(int)(hour * 3600 + minute * 60), &reading);
	return hour < 24 && minute < 60;
}

static struct happening *
add(struct reading *r)
{
	struct demo_tickets *t = r->tickets;

	return t->count < MOST_HAPPENINGS ? &t->at[t->count++] : NULL;
}

/* The next word of a text, which moves behind it. */
static const char *
word(struct arena *a, const char **text)
{
	size_t n;

	*text += strspn(*text, " ");
	n = strcspn(*text, " ");
	*text += n;
	return arena_text(a, *text - n, n);
}

/* One piece of `then`, e.g. "+20m analyst claim". */
static bool
read_step(struct reading *r, const char *piece, struct demo_ticket *ticket, int64_t *at)
{
	struct happening *h;
	const char *rest;

	if (*piece != '+' || !read_when(r, piece + 1, *at, 1, at, &rest))
		return false;
	if (*at >= r->now)
		return true;
	h = add(r);
	if (!h)
		return false;
	*h = (struct happening){.at = *at, .ticket = ticket, .order = r->tickets->count};
	h->who = word(r->arena, &rest);
	h->verb = demo_verb_named(word(r->arena, &rest));
	h->text = rest + strspn(rest, " ");
	return h->verb != DEMO_VERBS;
}

static bool
read_steps(struct reading *r, const char *then, struct demo_ticket *ticket, int64_t at)
{
	while (*then) {
		const char *end = strstr(then, " / ");
		size_t n = end ? (size_t)(end - then) : strlen(then);

		if (!read_step(r, arena_text(r->arena, then, n), ticket, &at))
			return false;
		then += n + (end ? strlen(" / ") : 0);
	}
	return true;
}

static bool
read_ticket(struct reading *r, const int *columns, const struct csv_row *row)
{
	struct demo_ticket *ticket = arena_alloc(r->arena, sizeof *ticket);
	struct happening *h = add(r);
	const char *text[COLUMNS];
	const char *rest;

	for (int i = 0; i < COLUMNS; i++)
		text[i] = import_table_text(r->arena, row, columns[i]);
	*ticket = (struct demo_ticket){
		.org = demo_cast_org(text[ORG]),
		.key = arena_printf(r->arena, "demo-%lld", (long long)row->line),
		.service = text[SERVICE],
		.channel = contact_channel_named(text[CHANNEL]),
		.from = text[WHO],
		.words = text[WORDS],
		.place = text[PLACE],
		.urgency = strtoll(text[URGENCY], NULL, 10),
	};
	if (!h || ticket->org == 0 || ticket->channel == CHANNEL_COUNT)
		return false;
	*h = (struct happening){
		.ticket = ticket, .verb = DEMO_REPORT, .order = r->tickets->count};
	return read_when(r, text[WHEN], r->now, -1, &h->at, &rest) &&
	       read_steps(r, text[THEN], ticket, h->at);
}

static int
by_time(const void *a, const void *b)
{
	const struct happening *x = a;
	const struct happening *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order - y->order;
}

bool
demo_tickets_read(struct arena *a, int64_t now, struct demo_tickets *t)
{
	const char *problem;
	struct reading r = {a, zone_file_load(a, "Europe/London", &problem), now, t};
	struct import_table *table = import_table_over(
		a, "tickets.csv", founding_seed("tickets.csv"));
	const struct csv_row *row;
	int columns[COLUMNS];

	t->at = arena_array(a, MOST_HAPPENINGS, sizeof *t->at);
	t->count = 0;
	if (!r.zone || !table || !import_table_columns(table, headings, COLUMNS, columns))
		return false;
	while ((row = import_table_next(table)))
		if (!read_ticket(&r, columns, row))
			import_table_complain(table, row->line, "it cannot be read");
	qsort(t->at, (size_t)t->count, sizeof *t->at, by_time);
	return import_table_bad(table) == 0;
}

enum outcome
demo_tickets_play(struct work *w, void *context)
{
	struct demo_tickets *t = context;
	struct id_source history = {.node = NODE};
	struct work then = *w;

	/* Ids of the time of the story, so that their order is that of time. */
	then.ids = &history;
	t->made = 0;
	for (int i = 0; i < t->count; i++) {
		struct happening *h = &t->at[i];

		then.now = h->at;
		if (h->verb != DEMO_REPORT && !h->ticket->reference)
			continue;
		if (demo_verb_play(&then, t->cast, h) != DONE) {
			w->problems = then.problems;
			errand_say("%s: %s by %s cannot be done", h->ticket->key,
				demo_verb_name(h->verb),
				h->who ? h->who : h->ticket->from);
			return FAULT;
		}
		t->made += h->verb == DEMO_REPORT && h->ticket->reference;
	}
	for (int i = 0; i < t->count; i++)
		if (t->at[i].verb == DEMO_REPORT && t->at[i].ticket->reference)
			outbox_settle(w, t->at[i].ticket->org, t->at[i].ticket->id);
	return DONE;
}
