/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/verdict.h"

#include "base/buffer.h"

#include <stdlib.h>

static bool
is_met(const struct promise_state *s)
{
	return clock_read(&s->clock, s->clock.last).result == CLOCK_MET;
}

/* A row of table `verdict`. */
static struct promise_ended
verdict_of(const struct promise_state *s)
{
	return (struct promise_ended){
		.kind = s->kind,
		.subject = s->subject,
		.cycle = s->clock.cycle,
		.stopped = s->clock.since,
		.met = is_met(s),
		.tightened = s->clock.tightened,
	};
}

static bool
has_ended(const struct promise_set *set, const struct promise_state *s)
{
	for (int i = 0; i < set->ended_count; i++)
		if (set->ended[i].kind == s->kind &&
			set->ended[i].subject == s->subject &&
			set->ended[i].cycle == s->clock.cycle)
			return true;
	return false;
}

/* Is the verdict of a stopped clock in the other set too? */
static bool
same_verdict(const struct promise_set *set, const struct promise_state *s)
{
	const struct promise_state *other = promise_set_find(set, s->kind, s->subject);

	return other && other->clock.phase == CLOCK_STOPPED &&
	       other->clock.cycle == s->clock.cycle &&
	       other->clock.since == s->clock.since && is_met(other) == is_met(s) &&
	       other->clock.tightened == s->clock.tightened;
}

static void
put(struct work *w, const struct ticket *t, struct promise_ended v)
{
	db_run(w->db,
		"insert into verdict (org, ticket, kind, subject, cycle, stopped, met,"
		" tightened) values ($1, $2, $3, $4, $5, $6, $7, $8)"
		" on conflict (org, ticket, kind, subject, cycle)"
		" do update set stopped = $6, met = $7, tightened = $8",
		t->org, t->id, promise_kind_name(v.kind), v.subject, v.cycle, v.stopped,
		v.met, v.tightened);
}

/* What stopped is written, and what goes on is taken away; what began anew stands. */
void
verdict_follow(struct work *w, const struct ticket *t, const struct promise_set *was)
{
	const struct promise_set none = {.count = 0};
	const struct promise_set *now = t->clocks, *old = now->whole ? &none : was;

	if (now->whole)
		db_run(w->db, "delete from verdict where org = $1 and ticket = $2",
			t->org, t->id);
	for (int i = 0; i < old->count; i++)
		if (old->at[i].clock.phase == CLOCK_STOPPED &&
			!same_verdict(now, &old->at[i]) && !has_ended(now, &old->at[i]))
			db_run(w->db,
				"delete from verdict where org = $1 and ticket = $2"
				" and kind = $3 and subject = $4 and cycle = $5",
				t->org, t->id, promise_kind_name(old->at[i].kind),
				old->at[i].subject, old->at[i].clock.cycle);
	for (int i = 0; i < now->ended_count; i++)
		put(w, t, now->ended[i]);
	for (int i = 0; i < now->count; i++)
		if (now->at[i].clock.phase == CLOCK_STOPPED &&
			!same_verdict(old, &now->at[i]))
			put(w, t, verdict_of(&now->at[i]));
}

/* A row as its line: subject, cycle, stopped, met, tightened. */
static void
add_verdict(struct buffer *b, const char *kind, struct promise_ended v)
{
	const int64_t numbers[] = {v.subject, v.cycle, v.stopped, v.met, v.tightened};

	buffer_text_add(b, kind);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		buffer_char(b, ' ');
		buffer_int(b, numbers[i]);
	}
	buffer_char(b, '\n');
}

static int
by_cycle(const void *a, const void *b)
{
	const struct promise_ended *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	return (x->cycle > y->cycle) - (x->cycle < y->cycle);
}

const char *
verdict_text(struct arena *a, const struct promise_set *set)
{
	int size = set->count + set->ended_count, n = 0;
	struct promise_ended *all = arena_array(a, (size_t)size, sizeof *all);
	struct buffer b = buffer_in(a, 64);

	for (int i = 0; i < set->ended_count; i++)
		all[n++] = set->ended[i];
	for (int i = 0; i < set->count; i++)
		if (set->at[i].clock.phase == CLOCK_STOPPED)
			all[n++] = verdict_of(&set->at[i]);
	if (n > 1)
		qsort(all, (size_t)n, sizeof *all, by_cycle);
	for (int i = 0; i < n; i++)
		add_verdict(&b, promise_kind_name(all[i].kind), all[i]);
	return buffer_text(&b);
}

/* The place of a kind in the enum, so that rows come as in_order has them. */
#define KIND_ORDER                                                                \
	"case kind when 'response' then 0 when 'resolution' then 1 when 'update'" \
	" then 2 when 'team' then 3 else 4 end"

void
verdict_read(struct work *w, int64_t org, int64_t first, int64_t last,
	struct kept_clock_list *list)
{
	struct rows r = db_query(w->db,
		"select ticket, kind, subject, cycle, stopped, met, tightened from "
		"verdict"
		" where org = $1 and ticket >= $2 and ticket <= $3"
		" order by ticket, " KIND_ORDER ", subject, cycle",
		org, first, last);
	struct buffer b = {0};
	int at = 0, open = -1;

	while (rows_next(&r)) {
		while (at < list->count && list->at[at].ticket < row_int(&r, 0))
			at++;
		if (at == list->count || list->at[at].ticket != row_int(&r, 0))
			continue;
		if (open != at) {
			b = buffer_in(w->arena, 64);
			open = at;
		}
		add_verdict(&b, row_text(&r, 1),
			(struct promise_ended){
				.subject = row_int(&r, 2),
				.cycle = row_int(&r, 3),
				.stopped = row_int(&r, 4),
				.met = row_int(&r, 5) != 0,
				.tightened = row_int(&r, 6) != 0,
			});
		list->at[at].verdicts = buffer_text(&b);
	}
}
