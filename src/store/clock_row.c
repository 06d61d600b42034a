/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/clock_row.h"

#include "base/buffer.h"
#include "store/shelf.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The fields of struct clock in their order, then those of the state; blanks between. */
enum { FIELDS = 22 };

static const char *
fold_text(struct arena *a, const struct promise_state *s)
{
	const struct clock *c = &s->clock;
	const int64_t fields[FIELDS] = {c->unit, c->day_end, c->phase, c->tightened,
		c->cycle, c->target, c->spent, c->since, c->breach, c->began, c->carried,
		c->whole, c->day_zero, c->last, s->calendar_id, s->calendar_version,
		s->no_pause, s->terms, s->paused, s->until, s->until_chase,
		s->next_target};
	struct buffer b = buffer_in(a, 240);

	for (int i = 0; i < FIELDS; i++) {
		if (i > 0)
			buffer_char(&b, ' ');
		buffer_int(&b, fields[i]);
	}
	return buffer_text(&b);
}

static bool
numbers(const char *text, int64_t f[FIELDS])
{
	char *end;

	for (int i = 0; i < FIELDS; i++, text = end) {
		f[i] = strtoll(text, &end, 10);
		if (end == text)
			return false;
	}
	return true;
}

static bool
parse(struct work *w, int64_t org, const char *text, struct promise_state *s)
{
	int64_t f[FIELDS];

	if (!numbers(text, f))
		return false;
	s->clock = (struct clock){
		.unit = (enum clock_unit)f[0],
		.day_end = (enum workdays_end)f[1],
		.phase = (enum clock_phase)f[2],
		.tightened = f[3],
		.cycle = f[4],
		.target = f[5],
		.spent = f[6],
		.since = f[7],
		.breach = f[8],
		.began = f[9],
		.carried = f[10],
		.whole = f[11],
		.day_zero = f[12],
		.last = f[13],
		.calendar = shelf_calendar_version(w, org, f[14], f[15]),
	};
	s->calendar_id = f[14];
	s->calendar_version = f[15];
	s->no_pause = f[16];
	s->terms = f[17];
	s->paused = f[18];
	s->until = f[19];
	s->until_chase = f[20];
	s->next_target = f[21];
	return s->clock.calendar != NULL;
}

static struct db_value
instant(int64_t at)
{
	return at == TIMES_NONE ? db_null : db_value_int(at);
}

void
clock_row_read(struct work *w, const struct ticket *t, struct promise_set *set)
{
	struct rows r = db_query(w->db,
		"select kind, subject, fold, next_at, fired from clock"
		" where org = $1 and ticket = $2",
		t->org, t->id);

	while (rows_next(&r)) {
		enum promise_kind kind = promise_kind_named(row_text(&r, 0));
		struct promise_state *s;

		if (kind == PROMISE_KINDS)
			continue;
		s = promise_set_add(set, kind, row_int(&r, 1));
		s->next_at = row_null(&r, 3) ? TIMES_NONE : row_int(&r, 3);
		s->fired = row_copy(&r, 4, w->arena);
		if (!parse(w, t->org, row_text(&r, 2), s))
			set->count--;
	}
}

static const char *
state_name(const struct clock *c)
{
	static const char *const names[] = {
		[CLOCK_NONE] = "none",
		[CLOCK_RUNNING] = "running",
		[CLOCK_PAUSED] = "paused",
		[CLOCK_STOPPED] = "stopped",
		[CLOCK_CANCELLED] = "cancelled",
	};

	return names[c->phase];
}

static const char *
unit_name(const struct clock *c)
{
	return c->unit == CLOCK_SECONDS ? "seconds" : "working_days";
}

/* TIMES_NONE: null. */
static int64_t
stopped_at(const struct clock *c)
{
	return c->phase == CLOCK_STOPPED ? c->since : TIMES_NONE;
}

static int64_t
met(const struct clock *c, const struct clock_reading *r)
{
	return c->phase == CLOCK_STOPPED ? r->result == CLOCK_MET : TIMES_NONE;
}

void
clock_row_write(struct work *w, const struct ticket *t, const struct promise_state *s)
{
	const struct clock *c = &s->clock;
	struct clock_reading now = clock_read(c, c->last);

	db_run(w->db,
		"insert into clock (org, ticket, kind, subject, unit, target, calendar,"
		" calendar_version, state, due, breach, spent, started, stopped, met,"
		" next_at, fired, fold)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
		" $15, $16, $17, $18)"
		" on conflict (org, ticket, kind, subject) do update set unit = $5,"
		" target = $6, calendar = $7, calendar_version = $8, state = $9,"
		" due = $10, breach = $11, spent = $12, started = $13, stopped = $14,"
		" met = $15, next_at = $16, fired = $17, fold = $18",
		t->org, t->id, promise_kind_name(s->kind), s->subject, unit_name(c),
		c->target, s->calendar_id, s->calendar_version, state_name(c),
		instant(now.due), instant(now.breach), now.spent, c->began,
		instant(stopped_at(c)), instant(met(c, &now)), instant(s->next_at),
		s->fired, fold_text(w->arena, s));
}

void
clock_row_arm(struct work *w, const struct ticket *t, const struct promise_state *s)
{
	db_run(w->db,
		"update clock set next_at = $5, fired = $6 where org = $1"
		" and ticket = $2 and kind = $3 and subject = $4",
		t->org, t->id, promise_kind_name(s->kind), s->subject,
		instant(s->next_at), s->fired);
}

void
clock_row_keep_only(struct work *w, const struct ticket *t, const struct promise_set *set)
{
	struct promise_set stored = {.arena = w->arena};

	clock_row_read(w, t, &stored);
	for (int i = 0; i < stored.count; i++)
		if (!promise_set_find(set, stored.at[i].kind, stored.at[i].subject))
			db_run(w->db,
				"delete from clock where org = $1 and ticket = $2"
				" and kind = $3 and subject = $4",
				t->org, t->id, promise_kind_name(stored.at[i].kind),
				stored.at[i].subject);
}

/* A column in a text: null is none. */
static void
add(struct buffer *b, int64_t number)
{
	buffer_char(b, '|');
	if (number != TIMES_NONE)
		buffer_int(b, number);
}

const char *
clock_row_text(struct arena *a, const struct promise_state *s)
{
	const struct clock *c = &s->clock;
	struct clock_reading now = clock_read(c, c->last);
	struct buffer b = buffer_in(a, 400);

	buffer_text_add(&b, unit_name(c));
	add(&b, c->target);
	add(&b, s->calendar_id);
	add(&b, s->calendar_version);
	buffer_char(&b, '|');
	buffer_text_add(&b, state_name(c));
	add(&b, now.due);
	add(&b, now.breach);
	add(&b, now.spent);
	add(&b, c->began);
	add(&b, stopped_at(c));
	add(&b, met(c, &now));
	buffer_char(&b, '|');
	buffer_text_add(&b, fold_text(a, s));
	return buffer_text(&b);
}

void
clock_row_texts(struct work *w, int64_t org, int64_t first, int64_t last,
	struct clock_row_list *list)
{
	/* kind, subject, then the columns as clock_row_text has them. */
	enum { UNIT = 3, STATE = 7, FOLD = 14 };
	struct rows r = db_query(w->db,
		"select ticket, kind, subject, unit, target, calendar, calendar_version,"
		" state, due, breach, spent, started, stopped, met, fold from clock"
		" where org = $1 and ticket >= $2 and ticket <= $3"
		" order by ticket, kind, subject",
		org, first, last);
	int size = 0;

	*list = (struct clock_row_list){NULL, 0};
	while (rows_next(&r)) {
		struct buffer b = buffer_in(w->arena, 400);

		if (list->count == size) {
			struct clock_row *more = arena_array(
				w->arena, (size_t)(size = size * 2 + 64), sizeof *more);

			if (list->count)
				memcpy(more, list->at,
					(size_t)list->count * sizeof *more);
			list->at = more;
		}
		buffer_text_add(&b, row_text(&r, UNIT));
		for (int i = UNIT + 1; i <= FOLD; i++) {
			if (i != STATE && i != FOLD) {
				add(&b, row_null(&r, i) ? TIMES_NONE : row_int(&r, i));
				continue;
			}
			buffer_char(&b, '|');
			buffer_text_add(&b, row_text(&r, i));
		}
		list->at[list->count++] = (struct clock_row){
			.ticket = row_int(&r, 0),
			.kind = row_copy(&r, 1, w->arena),
			.subject = row_int(&r, 2),
			.text = buffer_text(&b),
		};
	}
}

int
clock_row_under(
	struct work *w, const struct clock_row_search *search, struct ticket *tickets)
{
	/* All clocks of the tickets that are found: each has the same event. */
	struct rows r = db_query(w->db,
		"select t.id, t.service, t.channel, t.subject, t.priority, t.impact,"
		" t.urgency, t.team, t.customer, t.updated, t.due, t.events, c.kind,"
		" c.subject, c.fold, c.next_at, c.fired from ticket t"
		" join clock c on c.org = t.org and c.ticket = t.id"
		" where t.org = $1 and t.id in (select distinct k.ticket from clock k"
		" where k.org = $1 and k.ticket > $2 and k.calendar = $3"
		" and k.calendar_version <> $4 and k.state in ('running', 'paused')"
		" order by k.ticket limit $5) order by t.id",
		search->org, search->after, search->calendar, search->version,
		search->limit);
	struct ticket *t = NULL;
	int n = 0;

	while (rows_next(&r)) {
		enum promise_kind kind = promise_kind_named(row_text(&r, 12));
		struct promise_state *s;

		if (!t || t->id != row_int(&r, 0)) {
			t = &tickets[n++];
			*t = (struct ticket){
				.org = search->org,
				.id = row_int(&r, 0),
				.service = row_copy(&r, 1, w->arena),
				.channel = row_copy(&r, 2, w->arena),
				.subject = row_copy(&r, 3, w->arena),
				.priority = row_int(&r, 4),
				.impact = row_int(&r, 5),
				.urgency = row_int(&r, 6),
				.team = row_int(&r, 7),
				.customer = row_int(&r, 8),
				.updated = row_int(&r, 9),
				.due = row_int(&r, 10),
				.events = row_int(&r, 11),
				.clocks = arena_alloc(w->arena, sizeof *t->clocks),
			};
			t->clocks->arena = w->arena;
		}
		s = promise_set_add(t->clocks, kind, row_int(&r, 13));
		s->next_at = row_null(&r, 15) ? TIMES_NONE : row_int(&r, 15);
		s->fired = *row_text(&r, 16) ? row_copy(&r, 16, w->arena) : "";
		if (!parse(w, search->org, row_text(&r, 14), s))
			t->clocks->count--;
	}
	return n;
}

bool
clock_row_move_on(struct work *w, const struct ticket *t, int64_t was)
{
	if (db_run(w->db,
		    "update ticket set events = $3, updated = $4, due = $5"
		    " where org = $1 and id = $2 and events = $6",
		    t->org, t->id, t->events, t->updated, t->due, was) == 0)
		return false;
	for (int i = 0; i < t->clocks->count; i++) {
		const struct promise_state *s = &t->clocks->at[i];
		struct clock_reading now;

		if (!s->changed)
			continue;
		now = clock_read(&s->clock, s->clock.last);
		db_run(w->db,
			"update clock set calendar_version = $5, due = $6, breach = $7,"
			" spent = $8, next_at = $9, fold = $10 where org = $1"
			" and ticket = $2 and kind = $3 and subject = $4",
			t->org, t->id, promise_kind_name(s->kind), s->subject,
			s->calendar_version, instant(now.due), instant(now.breach),
			now.spent, instant(s->next_at), fold_text(w->arena, s));
	}
	return true;
}

int
clock_row_due(struct work *w, int limit, struct clock_row_due *due)
{
	struct rows r = db_query(w->db,
		"select org, ticket, next_at from clock where next_at <= $1"
		" order by next_at, org, ticket limit $2",
		w->now, limit);
	int n = 0;

	while (rows_next(&r)) {
		int64_t org = row_int(&r, 0), ticket = row_int(&r, 1);
		bool known = false;

		for (int i = 0; i < n; i++)
			known = known || (due[i].org == org && due[i].ticket == ticket);
		if (!known)
			due[n++] = (struct clock_row_due){org, ticket, row_int(&r, 2)};
	}
	return n;
}

void
clock_row_disarm(struct work *w, int64_t org, int64_t ticket)
{
	db_run(w->db,
		"update clock set next_at = null where org = $1 and ticket = $2"
		" and next_at <= $3",
		org, ticket, w->now);
}

int64_t
clock_row_next(struct work *w)
{
	return db_int(w->db, TIMES_NONE,
		"select next_at from clock where next_at is not null"
		" order by next_at limit 1");
}

void
clock_row_arm_all(struct work *w, int64_t org)
{
	db_run(w->db,
		"update clock set next_at = 0 where org = $1 and ticket in"
		" (select id from ticket where org = $1 and open = 1)"
		" and state in ('running', 'paused')",
		org);
}
