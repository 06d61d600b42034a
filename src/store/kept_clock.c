/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/kept_clock.h"

#include "base/buffer.h"
#include "store/shelf.h"
#include "store/verdict.h"

#include <stdlib.h>
#include <string.h>

/* The fields of struct clock in their order, then those of the state; blanks between; "-"
 * is no instant. */
enum { FIELDS = 22, ROOM = 200 };

static void
write_fold(struct buffer *b, const struct promise_state *s)
{
	const struct clock *c = &s->clock;
	const int64_t fields[FIELDS] = {c->unit, c->day_end, c->phase, c->tightened,
		c->cycle, c->target, c->spent, c->since, c->breach, c->began, c->carried,
		c->whole, c->day_zero, c->last, s->calendar_id, s->calendar_version,
		s->no_pause, s->terms, s->paused, s->until, s->until_chase,
		s->next_target};

	char numbers[(FIELDS + 1) * (BUFFER_DIGITS + 1)];
	char *at = numbers;

	buffer_text_add(b, promise_kind_name(s->kind));
	*at++ = ' ';
	at = buffer_digits(at, s->subject);
	for (int i = 0; i < FIELDS; i++) {
		*at++ = ' ';
		if (fields[i] == TIMES_NONE)
			*at++ = '-';
		else
			at = buffer_digits(at, fields[i]);
	}
	buffer_add(b, numbers, (size_t)(at - numbers));
}

static int
by_kind(const void *a, const void *b)
{
	const struct promise_state *x = *(const struct promise_state *const *)a;
	const struct promise_state *y = *(const struct promise_state *const *)b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->subject > y->subject) - (x->subject < y->subject);
}

/* By kind and subject, whatever order they came in. */
static const struct promise_state **
in_order(struct arena *a, const struct promise_set *set)
{
	const struct promise_state **at = arena_array(
		a, (size_t)set->count, sizeof(struct promise_state *));

	bool ordered = true;

	for (int i = 0; i < set->count; i++) {
		at[i] = &set->at[i];
		ordered = ordered && (i == 0 || by_kind(&at[i - 1], &at[i]) < 0);
	}
	if (!ordered)
		qsort(at, (size_t)set->count, sizeof(struct promise_state *), by_kind);
	return at;
}

const char *
kept_clock_fold(struct arena *a, const struct promise_set *set)
{
	const struct promise_state **at = in_order(a, set);
	struct buffer b = buffer_in(a, (size_t)(set->count + 1) * ROOM);

	for (int i = 0; i < set->count; i++) {
		write_fold(&b, at[i]);
		buffer_char(&b, '\n');
	}
	return buffer_text(&b);
}

static const char *
whole_text(struct arena *a, const struct promise_set *set)
{
	const struct promise_state **at = in_order(a, set);
	struct buffer b = buffer_in(a, (size_t)(set->count + 1) * ROOM);

	for (int i = 0; i < set->count; i++) {
		write_fold(&b, at[i]);
		buffer_char(&b, '|');
		if (at[i]->next_at != TIMES_NONE)
			buffer_int(&b, at[i]->next_at);
		buffer_char(&b, '|');
		buffer_text_add(&b, at[i]->fired);
		buffer_char(&b, '\n');
	}
	return buffer_text(&b);
}

const char *
kept_clock_bare(struct arena *a, const char *text)
{
	struct buffer b = buffer_in(a, strlen(text) + 1);

	while (*text) {
		size_t line = strcspn(text, "\n");

		buffer_add(&b, text, strcspn(text, "|\n"));
		buffer_char(&b, '\n');
		text += line + (text[line] == '\n');
	}
	return buffer_text(&b);
}

/* A whole number at *at ("-": TIMES_NONE), and on to what follows it; false when there
 * is none. */
static bool
number(const char **at, int64_t *n)
{
	const char *s = *at + (**at == '-');
	uint64_t sum = 0;

	if (*s < '0' || *s > '9') {
		*n = TIMES_NONE;
		return *(*at)++ == '-';
	}
	for (; *s >= '0' && *s <= '9'; s++)
		sum = sum * 10 + (uint64_t)(*s - '0');
	*n = (int64_t)(**at == '-' ? 0 - sum : sum);
	*at = s;
	return true;
}

static bool
numbers(const char **at, int64_t *f, int count)
{
	for (int i = 0; i < count; i++) {
		if (**at != ' ')
			return false;
		++*at;
		if (!number(at, &f[i]))
			return false;
	}
	return true;
}

static struct clock
clock_of(const int64_t f[FIELDS])
{
	return (struct clock){
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
	};
}

/* One line; false when it is not as write_fold and whole_text write it. */
static bool
read_line(struct work *w, int64_t org, const char *at, struct promise_set *set)
{
	char kind[16] = "";
	size_t n = strcspn(at, " \n");
	struct promise_state *s;
	enum promise_kind k;
	int64_t subject, f[FIELDS];

	if (n >= sizeof kind)
		return false;
	memcpy(kind, at, n);
	at += n;
	k = promise_kind_named(kind);
	if (k == PROMISE_KINDS || !numbers(&at, &subject, 1) ||
		!numbers(&at, f, FIELDS) || *at != '|')
		return false;
	s = promise_set_add(set, k, subject);
	s->clock = clock_of(f);
	s->calendar_id = f[14];
	s->calendar_version = f[15];
	s->no_pause = f[16];
	s->terms = f[17];
	s->paused = f[18];
	s->until = f[19];
	s->until_chase = f[20];
	s->next_target = f[21];
	at++;
	if (*at != '|' && !number(&at, &s->next_at))
		return false;
	n = strcspn(at, "\n");
	s->fired = n > 1 ? arena_text(w->arena, at + 1, n - 1) : "";
	s->clock.calendar = shelf_calendar_version(
		w, org, s->calendar_id, s->calendar_version);
	return s->clock.calendar != NULL;
}

/* What cannot be read is left out; `check` finds it. */
static void
read_text(struct work *w, int64_t org, const char *text, struct promise_set *set)
{
	while (*text) {
		size_t line = strcspn(text, "\n");
		int before = set->count;

		if (!read_line(w, org, text, set))
			set->count = before;
		text += line + (text[line] == '\n');
	}
}

/* That of a ticket which was read for a list comes without its clocks. */
static const char *
stored(struct work *w, const struct ticket *t)
{
	const char *text = t->kept;

	if (!text)
		text = db_text(w->db, w->arena,
			"select clocks from ticket where org = $1 and id = $2", t->org,
			t->id);
	return text ? text : "";
}

struct promise_set *
kept_clock_of(struct work *w, struct ticket *t)
{
	if (!t->clocks) {
		t->clocks = arena_alloc(w->arena, sizeof *t->clocks);
		*t->clocks = (struct promise_set){.arena = w->arena};
		read_text(w, t->org, stored(w, t), t->clocks);
	}
	return t->clocks;
}

bool
kept_clock_is_whole(struct work *w, struct ticket *t)
{
	int lines = 0;

	for (const char *at = stored(w, t); *at; at++)
		lines += *at == '\n';
	return kept_clock_of(w, t)->count == lines;
}

void
kept_clock_read(struct work *w, const struct ticket *t, struct promise_set *set)
{
	if (!t->clocks) {
		read_text(w, t->org, stored(w, t), set);
		return;
	}
	for (int i = 0; i < t->clocks->count; i++) {
		const struct promise_state *s = &t->clocks->at[i];

		*promise_set_add(set, s->kind, s->subject) = *s;
	}
}

int64_t
kept_clock_expected(struct work *w, int64_t org, const char *text)
{
	struct promise_set set = {.arena = w->arena};
	const struct promise_state *s;
	struct clock_reading now;

	read_text(w, org, text, &set);
	s = promise_set_find(&set, PROMISE_RESOLUTION, 0);
	if (!s)
		return 0;
	now = clock_read(&s->clock, s->clock.last);
	return now.due == TIMES_NONE ? 0 : now.due;
}

struct kept_clock
kept_clock_made(struct arena *a, const struct ticket *t)
{
	const struct promise_set *set = t->clocks;
	struct kept_clock k = {.text = whole_text(a, set), .next_at = TIMES_NONE};

	for (int i = 0; i < set->count; i++) {
		const struct promise_state *s = &set->at[i];

		k.ticking = k.ticking || s->clock.phase == CLOCK_RUNNING ||
			    s->clock.phase == CLOCK_PAUSED;
		if (s->next_at != TIMES_NONE &&
			(k.next_at == TIMES_NONE || s->next_at < k.next_at))
			k.next_at = s->next_at;
	}
	if (t->next_at == 0)
		k.next_at = 0;
	return k;
}

struct kept_clock
kept_clock_keep(struct work *w, const struct ticket *t, const char *was)
{
	struct kept_clock k = kept_clock_made(w->arena, t);
	struct promise_set old = {.arena = w->arena};

	if (!t->clocks->whole && strcmp(k.text, was) == 0)
		return k;
	if (!t->clocks->whole)
		read_text(w, t->org, was, &old);
	verdict_follow(w, t, &old);
	return k;
}

void
kept_clock_rows(struct work *w, int64_t org, int64_t first, int64_t last,
	struct kept_clock_list *list)
{
	struct rows r = db_query(w->db,
		"select id, clocks from ticket where org = $1 and id >= $2 and id <= $3"
		" order by id",
		org, first, last);
	int size = 0;

	*list = (struct kept_clock_list){NULL, 0};
	while (rows_next(&r)) {
		if (list->count == size) {
			struct kept_clock_row *more = arena_array(
				w->arena, (size_t)(size = size * 2 + 64), sizeof *more);

			if (list->count)
				memcpy(more, list->at,
					(size_t)list->count * sizeof *more);
			list->at = more;
		}
		list->at[list->count++] = (struct kept_clock_row){
			.ticket = row_int(&r, 0),
			.fold = kept_clock_bare(w->arena, row_text(&r, 1)),
			.verdicts = "",
		};
	}
	verdict_read(w, org, first, last, list);
}

int
kept_clock_ticking(
	struct work *w, int64_t org, int64_t after, int limit, struct ticket *tickets)
{
	struct rows r = db_query(w->db,
		"select id, service, channel, subject, priority, impact, urgency, team,"
		" customer, updated, due, events, clocks, status from ticket where org = "
		"$1"
		" and id > $2 and ticking = 1 order by id limit $3",
		org, after, limit);
	int n = 0;

	while (rows_next(&r))
		tickets[n++] = (struct ticket){
			.org = org,
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
			.kept = row_copy(&r, 12, w->arena),
			.status = ticket_status_named(row_text(&r, 13)),
			.next_at = TIMES_NONE,
		};
	return n;
}

bool
kept_clock_move_on(struct work *w, const struct ticket *t,
	const struct kept_clock *clocks, int64_t was)
{
	return db_run(w->db,
		       "update ticket set events = $3, updated = $4, due = $5,"
		       " next_at = case when next_at = 0 then 0 else $6 end,"
		       " clocks = $7 where org = $1 and id = $2 and events = $8",
		       t->org, t->id, t->events, t->updated, t->due,
		       db_value_instant(clocks->next_at), clocks->text, was) == 1;
}

int
kept_clock_due(struct work *w, int limit, struct kept_clock_due *due)
{
	struct rows r = db_query(w->db,
		"select org, id, next_at from ticket t where next_at <= $1"
		" and not exists (select 1 from put_aside p where p.org = t.org"
		" and p.ticket = t.id) order by next_at, id limit $2",
		w->now, limit);
	int n = 0;

	while (rows_next(&r))
		due[n++] = (struct kept_clock_due){
			row_int(&r, 0), row_int(&r, 1), row_int(&r, 2)};
	return n;
}

void
kept_clock_disarm(struct work *w, int64_t org, int64_t ticket)
{
	db_run(w->db,
		"update ticket set next_at = null where org = $1 and id = $2"
		" and next_at <= $3",
		org, ticket, w->now);
}

int64_t
kept_clock_next(struct work *w)
{
	return db_int(w->db, TIMES_NONE,
		"select next_at from ticket t where next_at is not null"
		" and not exists (select 1 from put_aside p where p.org = t.org"
		" and p.ticket = t.id and p.retry_at > $1) order by next_at limit 1",
		w->now);
}

void
kept_clock_arm_all(struct work *w, int64_t org)
{
	db_run(w->db, "update ticket set next_at = 0 where org = $1 and ticking = 1",
		org);
}
