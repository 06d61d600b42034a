/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/clock_row.h"

#include "base/buffer.h"
#include "store/shelf.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The fields of struct clock in their order, blanks between. */
enum { FIELDS = 16 };

const char *
clock_row_text(struct arena *a, const struct promise_state *s)
{
	const struct clock *c = &s->clock;
	const int64_t fields[FIELDS] = {c->unit, c->day_end, c->phase, c->tightened,
		c->cycle, c->target, c->spent, c->since, c->breach, c->began, c->carried,
		c->whole, c->day_zero, c->last, s->calendar_id, s->calendar_version};
	struct buffer b = buffer_in(a, 160);

	for (int i = 0; i < FIELDS; i++) {
		if (i > 0)
			buffer_char(&b, ' ');
		buffer_int(&b, fields[i]);
	}
	return buffer_text(&b);
}

static bool
parse(struct work *w, int64_t org, const char *text, struct promise_state *s)
{
	int64_t f[FIELDS];
	int n = 0;

	for (int i = 0; i < FIELDS; i++, text += n)
		if (sscanf(text, " %" SCNd64 "%n", &f[i], &n) != 1)
			return false;
	*s = (struct promise_state){
		.made = true,
		.clock =
			{
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
			},
		.calendar_id = f[14],
		.calendar_version = f[15],
	};
	return s->clock.calendar != NULL;
}

void
clock_row_read(struct work *w, const struct ticket *t,
	struct promise_state states[PROMISE_KINDS])
{
	const char *folds[PROMISE_KINDS] = {NULL};
	struct rows r = db_query(w->db,
		"select kind, fold from clock where org = $1 and ticket = $2", t->org,
		t->id);

	while (rows_next(&r))
		for (int k = 0; k < PROMISE_KINDS; k++)
			if (strcmp(row_text(&r, 0), promise_kind_name(k)) == 0)
				folds[k] = row_copy(&r, 1, w->arena);
	for (int k = 0; k < PROMISE_KINDS; k++)
		if (!folds[k] || !parse(w, t->org, folds[k], &states[k]))
			states[k] = (struct promise_state){.made = false};
}

static struct db_value
instant(int64_t at)
{
	return at == TIMES_NONE ? db_null : db_value_int(at);
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

void
clock_row_write(struct work *w, const struct ticket *t, enum promise_kind k,
	const struct promise_state *s)
{
	const struct clock *c = &s->clock;
	struct clock_reading now = clock_read(c, c->last);
	bool stopped = c->phase == CLOCK_STOPPED;

	db_run(w->db,
		"insert into clock (org, ticket, kind, unit, target, calendar,"
		" calendar_version, state, due, breach, spent, started, stopped, met, "
		"fold)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
		"$15)"
		" on conflict (org, ticket, kind, subject) do update set unit = $4, "
		"target = $5,"
		" calendar = $6, calendar_version = $7, state = $8, due = $9, breach = "
		"$10,"
		" spent = $11, started = $12, stopped = $13, met = $14, fold = $15",
		t->org, t->id, promise_kind_name(k),
		c->unit == CLOCK_SECONDS ? "seconds" : "working_days", c->target,
		s->calendar_id, s->calendar_version, state_name(c), instant(now.due),
		instant(now.breach), now.spent,
		c->began == TIMES_NONE ? t->created : c->began,
		stopped ? db_value_int(c->since) : db_null,
		stopped ? db_value_int(now.result == CLOCK_MET) : db_null,
		clock_row_text(w->arena, s));
}

const char *
clock_row_stored(struct work *w, const struct ticket *t, enum promise_kind k)
{
	return db_text(w->db, w->arena,
		"select fold from clock where org = $1 and ticket = $2 and kind = $3",
		t->org, t->id, promise_kind_name(k));
}
