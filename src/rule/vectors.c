/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/vectors.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "rule/calendar.h"
#include "rule/clock_account.h"
#include "rule/workdays.h"

#include <stdlib.h>
#include <string.h>

enum column {
	ID,
	KIND,
	CALENDAR,
	START,
	END,
	AMOUNT,
	DETAIL,
	WANT_DUE,
	WANT_LOCAL,
	WANT_ELAPSED,
	WANT_SPENT,
	WANT_REMAINING,
	WANT_BREACH,
	WANT_STATE,
	COLUMNS,
	FIRST_WANT = WANT_DUE,
};

static const struct {
	const char *name;
	const char *label; /* in a report */
} columns[] = {
	[ID] = {"id", NULL},
	[KIND] = {"kind", NULL},
	[CALENDAR] = {"calendar", NULL},
	[START] = {"start", NULL},
	[END] = {"end", NULL},
	[AMOUNT] = {"amount", NULL},
	[DETAIL] = {"detail", NULL},
	[WANT_DUE] = {"want_due", "due"},
	[WANT_LOCAL] = {"want_due_local", "local"},
	[WANT_ELAPSED] = {"want_elapsed_s", "elapsed"},
	[WANT_SPENT] = {"want_spent_s", "spent"},
	[WANT_REMAINING] = {"want_remaining_s", "remaining"},
	[WANT_BREACH] = {"want_breach", "breach"},
	[WANT_STATE] = {"want_state", "state"},
};

/* A calendar of the table, by its name there. */
struct named {
	struct bytes name;
	const struct calendar *calendar;
};

struct checker {
	struct arena *arena;
	vectors_zones *zones;
	int place[COLUMNS];	 /* of a column in a line */
	struct buffer calendars; /* struct named */
};

/* One line: its cells, and what was computed for the columns of answers. */
struct question {
	struct checker *checker;
	struct bytes cell[COLUMNS];
	const char *answer[COLUMNS];
	const char *problem; /* why there is no answer */
};

static bool
refuse(struct question *q, const char *what, struct bytes where)
{
	q->problem = arena_printf(q->checker->arena, "%s: %.*s", what, (int)where.len,
		(const char *)where.at);
	return false;
}

static const struct calendar *
find_calendar(struct question *q, struct bytes name)
{
	const struct named *at = (const struct named *)(void *)q->checker->calendars.at;
	size_t n = q->checker->calendars.len / sizeof *at;

	for (size_t i = n; i > 0; i--)
		if (bytes_equal(at[i - 1].name, name))
			return at[i - 1].calendar;
	refuse(q, "no such calendar above this line", name);
	return NULL;
}

static bool
read_count(struct question *q, struct bytes text, int64_t *n)
{
	*n = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9' || i == 12)
			return refuse(q, "not a number", text);
		*n = *n * 10 + (text.at[i] - '0');
	}
	return text.len > 0 || refuse(q, "a number is missing", text);
}

static bool
read_instant(struct question *q, struct bytes text, int64_t *instant)
{
	return times_parse_iso(text, instant) || refuse(q, "not an instant", text);
}

static void
answer_count(struct question *q, enum column c, int64_t n)
{
	q->answer[c] = arena_printf(q->checker->arena, "%lld", (long long)n);
}

static void
answer_due(struct question *q, const struct calendar *c, int64_t due)
{
	struct arena *a = q->checker->arena;

	if (due == TIMES_NONE)
		return;
	q->answer[WANT_DUE] = times_iso(a, due);
	q->answer[WANT_LOCAL] = zone_iso(a, calendar_zone(c), due);
}

static bool
ask_calendar(struct question *q)
{
	struct arena *a = q->checker->arena;
	const char *definition = bytes_text_lossy(a, q->cell[DETAIL]), *zone_problem;
	struct named named = {.name = q->cell[CALENDAR]};
	struct hours_problem problem;
	const struct hours *h = hours_parse(a, definition, &problem);

	if (!h)
		return refuse(q, problem.what, bytes_of(problem.where));

	const struct zone *z = q->checker->zones(a, h->zone, &zone_problem);

	if (!z)
		return refuse(q, zone_problem, bytes_of(h->zone));
	named.calendar = calendar_new(a, 0, h, z);
	buffer_add(&q->checker->calendars, &named, sizeof named);
	return true;
}

static bool
ask_due(struct question *q)
{
	const struct calendar *c = find_calendar(q, q->cell[CALENDAR]);
	int64_t start, amount, due;

	if (!c || !read_instant(q, q->cell[START], &start) ||
		!read_count(q, q->cell[AMOUNT], &amount))
		return false;
	if (!calendar_due(c, start, amount, &due))
		return refuse(q, "not within ten years", q->cell[AMOUNT]);
	answer_due(q, c, due);
	return true;
}

static bool
ask_elapsed(struct question *q)
{
	const struct calendar *c = find_calendar(q, q->cell[CALENDAR]);
	int64_t start, end;

	if (!c || !read_instant(q, q->cell[START], &start) ||
		!read_instant(q, q->cell[END], &end))
		return false;
	answer_count(q, WANT_ELAPSED, calendar_elapsed(c, start, end));
	return true;
}

static bool
ask_workdays(struct question *q)
{
	const struct calendar *c = find_calendar(q, q->cell[CALENDAR]);
	struct workdays_target target = {.end = WORKDAYS_CLOSING};
	struct date received;
	struct workdays_deadline d;

	if (!c || !read_count(q, q->cell[AMOUNT], &target.days))
		return false;
	if (!times_parse_date(q->cell[START], &received))
		return refuse(q, "not a date", q->cell[START]);
	if (!workdays_due(c, received, target, &d))
		return refuse(q, "not within ten years", q->cell[AMOUNT]);
	answer_due(q, c, d.due);
	return true;
}

/* The next word of an event; no bytes when there is none. */
static struct bytes
next_word(struct bytes *rest)
{
	*rest = bytes_trim(*rest);
	return bytes_cut(rest, ' ');
}

/* INSTANT EVENT [ARG ...] */
static bool
read_event(struct question *q, struct bytes text, struct clock_event *e)
{
	struct bytes rest = text, act;
	bool known;

	if (!read_instant(q, next_word(&rest), &e->at))
		return false;
	act = next_word(&rest);
	known = clock_act_read(act, &e->act);
	if (bytes_equal(act, bytes_of("cal"))) {
		e->act = CLOCK_CALENDAR;
		known = true;
	}
	if (!known || e->act == CLOCK_AMEND)
		return refuse(q, "not an event", text);

	if (e->act == CLOCK_TARGET && !read_count(q, next_word(&rest), &e->target))
		return false;
	if (e->act == CLOCK_CALENDAR &&
		!(e->calendar = find_calendar(q, next_word(&rest))))
		return false;
	if ((e->act == CLOCK_TARGET || e->act == CLOCK_REOPEN) &&
		!clock_mode_read(next_word(&rest), &e->mode))
		return refuse(q, "not a mode", text);
	return bytes_trim(rest).len == 0 || refuse(q, "more words than needed", text);
}

static const char *
state_text(const struct clock_reading *r)
{
	switch (r->phase) {
	case CLOCK_NONE: return "none";
	case CLOCK_RUNNING: return "running";
	case CLOCK_PAUSED: return "paused";
	case CLOCK_STOPPED:
		return r->result == CLOCK_MET ? "stopped met" : "stopped missed";
	case CLOCK_CANCELLED: return "cancelled";
	}
	return NULL;
}

static bool
ask_replay(struct question *q)
{
	struct arena *a = q->checker->arena;
	struct buffer events = buffer_in(a, 0);
	struct bytes rest = q->cell[DETAIL];
	struct clock_policy policy = {.calendar = find_calendar(q, q->cell[CALENDAR])};
	struct clock_event e = {0};

	if (!policy.calendar || !read_count(q, q->cell[AMOUNT], &policy.target))
		return false;
	while (bytes_trim(rest).len > 0) {
		e = (struct clock_event){.id = e.id + 1, .sequence = e.sequence + 1};
		if (!read_event(q, bytes_trim(bytes_cut(&rest, ';')), &e))
			return false;
		buffer_add(&events, &e, sizeof e);
	}

	struct clock_account account = clock_account(a, &policy,
		(const struct clock_event *)(void *)events.at, events.len / sizeof e);
	struct clock_reading r = clock_read(&account.clock, account.clock.last);

	answer_due(q, account.clock.calendar, r.due);
	answer_count(q, WANT_SPENT, r.spent);
	answer_count(q, WANT_REMAINING, r.left);
	if (r.breach != TIMES_NONE)
		q->answer[WANT_BREACH] = times_iso(a, r.breach);
	q->answer[WANT_STATE] = state_text(&r);
	return true;
}

static const struct {
	const char *kind;
	bool (*ask)(struct question *);
} kinds[] = {
	{"calendar", ask_calendar},
	{"due", ask_due},
	{"elapsed", ask_elapsed},
	{"workdays", ask_workdays},
	{"replay", ask_replay},
};

static bool
ask(struct question *q)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (bytes_equal(q->cell[KIND], bytes_of(kinds[i].kind)))
			return kinds[i].ask(q);
	return refuse(q, "not a kind of vector", q->cell[KIND]);
}

static void
say(struct buffer *b, const char *label, struct bytes value)
{
	buffer_printf(b, "%s%s=%.*s", b->len ? " " : "", label, (int)value.len,
		(const char *)value.at);
}

static struct vectors_row
check(struct question *q)
{
	struct arena *a = q->checker->arena;
	struct buffer computed = buffer_in(a, 0), expected = buffer_in(a, 0);
	bool answered = ask(q);

	if (bytes_equal(q->cell[KIND], bytes_of("calendar"))) {
		buffer_literal(&expected, "a calendar");
		buffer_literal(&computed, "a calendar");
	}
	for (enum column c = FIRST_WANT; c < COLUMNS; c++) {
		if (q->cell[c].len == 0)
			continue;
		say(&expected, columns[c].label, q->cell[c]);
		say(&computed, columns[c].label,
			bytes_of(q->answer[c] ? q->answer[c] : "-"));
	}
	if (answered && expected.len == 0)
		q->problem = "this line expects nothing";
	return (struct vectors_row){
		.id = bytes_text_lossy(a, q->cell[ID]),
		.computed = q->problem ? q->problem : buffer_text(&computed),
		.expected = buffer_text(&expected),
		.right = !q->problem &&
			 bytes_equal(buffer_bytes(&computed), buffer_bytes(&expected)),
	};
}

/* A line without the CR that some editors leave. */
static struct bytes
next_line(struct bytes *rest)
{
	struct bytes line = bytes_cut(rest, '\n');

	if (line.len > 0 && line.at[line.len - 1] == '\r')
		line.len--;
	return line;
}

static bool
read_header(struct checker *c, struct bytes line, const char **problem)
{
	for (int i = 0; i < COLUMNS; i++)
		c->place[i] = -1;
	for (int place = 0; line.len > 0; place++) {
		struct bytes name = bytes_cut(&line, '\t');

		for (int i = 0; i < COLUMNS; i++)
			if (bytes_equal(name, bytes_of(columns[i].name)))
				c->place[i] = place;
	}
	for (int i = 0; i < COLUMNS; i++)
		if (c->place[i] < 0) {
			*problem = arena_printf(c->arena,
				"the first line does not name the column %s",
				columns[i].name);
			return false;
		}
	return true;
}

static void
read_cells(struct question *q, struct bytes line)
{
	for (int place = 0; line.len > 0; place++) {
		struct bytes cell = bytes_cut(&line, '\t');

		for (int i = 0; i < COLUMNS; i++)
			if (q->checker->place[i] == place)
				q->cell[i] = cell;
	}
}

enum outcome
vectors_check(struct arena *a, struct bytes table, vectors_zones *zones,
	struct vectors_report *report, const char **problem)
{
	struct checker c = {
		.arena = a,
		.zones = zones,
		.calendars = buffer_in(a, 0),
	};
	struct buffer rows = buffer_in(a, 0);

	*report = (struct vectors_report){0};
	*problem = "the file is not text";
	if (!bytes_are_text(table))
		return INVALID;
	if (!read_header(&c, next_line(&table), problem))
		return INVALID;
	while (table.len > 0) {
		struct question q = {.checker = &c};
		struct bytes line = next_line(&table);

		if (line.len == 0)
			continue;
		read_cells(&q, line);

		struct vectors_row row = check(&q);

		buffer_add(&rows, &row, sizeof row);
		report->wrong += !row.right;
	}
	report->rows = (const struct vectors_row *)(void *)rows.at;
	report->n = rows.len / sizeof *report->rows;
	*problem = report->n > 0 ? NULL : "the table has no lines";
	return report->n > 0 ? DONE : INVALID;
}
