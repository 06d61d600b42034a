/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/rehearsal_clock.h"

#include "rule/clock.h"
#include "store/shelf.h"

#include <stdlib.h>
#include <string.h>

enum { REOPEN_DAYS = 10 };

static int64_t
number(const struct pairs *p, const char *name)
{
	const char *text = pairs_get(p, name);

	return text ? strtoll(text, NULL, 10) : 0;
}

static bool
act_of(const char *kind, enum rehearsal_act *act)
{
	static const struct {
		const char *kind;
		enum rehearsal_act act;
	} acts[] = {
		{"received", REHEARSAL_START},
		{"waiting", REHEARSAL_PAUSE},
		{"resumed", REHEARSAL_RESUME},
		{"resolved", REHEARSAL_STOP},
		{"closed", REHEARSAL_STOP},
		{"reopened", REHEARSAL_REOPEN},
		{"cancelled", REHEARSAL_CANCEL},
		{"extended", REHEARSAL_EXTEND},
		{"priority", REHEARSAL_PRIORITY_SET},
	};

	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (strcmp(acts[i].kind, kind) == 0) {
			*act = acts[i].act;
			return true;
		}
	return false;
}

static void
amend(struct rehearsal_events *all, const struct pairs *data)
{
	for (int i = 0; i < all->count; i++)
		if (all->at[i].seq == number(data, "amends"))
			all->at[i].at = number(data, "to");
}

void
rehearsal_clock_add(struct rehearsal_events *all, const struct received_event *e)
{
	struct rehearsal_event made = {.seq = e->seq, .at = e->at};

	if (strcmp(e->kind, "amended") == 0)
		amend(all, &e->data);
	else if (all->count < REHEARSAL_EVENTS && act_of(e->kind, &made.act)) {
		made.priority = number(&e->data, "to");
		made.until = number(&e->data, "until");
		made.within = number(&e->data, "within");
		all->at[all->count++] = made;
	}
}

static int
by_time(const void *a, const void *b)
{
	const struct rehearsal_event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/* A clock on its way, and what the next event needs to know. */
struct run {
	struct work *work;
	const struct table_row *terms;
	bool no_pause, extended;
	struct clock clock;
	int64_t sequence;
	int64_t until; /* the pause in hand ends then; 0: not by itself */
};

static void
act(struct run *r, int64_t at, struct clock_event e)
{
	struct clock_cycle ended;

	e.id = e.sequence = ++r->sequence;
	e.at = at < r->clock.last ? r->clock.last : at;
	(void)!clock_apply(&r->clock, &e, &ended);
}

static const struct calendar *
calendar_of(struct work *w, const struct table_row *terms, int64_t at)
{
	int64_t version;

	return shelf_calendar(w, w->actor->org, terms->calendar, at, &version);
}

static bool
begin(struct run *r, const struct table_row *terms, int64_t at)
{
	struct clock_policy p = {.target = 0};

	if (!terms || terms->resolution <= 0)
		return false;
	p = (struct clock_policy){
		.unit = terms->unit,
		.day_end = terms->midnight ? WORKDAYS_MIDNIGHT : WORKDAYS_CLOSING,
		.target = terms->resolution,
		.calendar = calendar_of(r->work, terms, at),
	};
	if (!p.calendar)
		return false;
	r->terms = terms;
	r->no_pause = terms->no_pause;
	r->clock = clock_new(&p);
	return true;
}

static void
new_terms(struct run *r, const struct table_row *terms, int64_t at)
{
	static const enum clock_mode modes[] = {
		[TABLE_CARRY] = CLOCK_MODE_CARRY,
		[TABLE_FROM_START] = CLOCK_MODE_FROM_START,
		[TABLE_RESTART] = CLOCK_MODE_RESTART,
	};
	const struct calendar *calendar;

	if (!terms || terms->resolution <= 0 ||
		!(calendar = calendar_of(r->work, terms, at)))
		return;
	if (calendar != r->clock.calendar)
		act(r, at,
			(struct clock_event){
				.act = CLOCK_CALENDAR, .calendar = calendar});
	r->terms = terms;
	r->no_pause = terms->no_pause;
	act(r, at,
		(struct clock_event){.act = CLOCK_TARGET,
			.mode = modes[terms->mode],
			.target = r->extended && terms->extended ? terms->extended
								 : terms->resolution});
}

/* The longer time, where the terms have one. */
static void
extend(struct run *r, int64_t at)
{
	r->extended = true;
	if (r->terms->extended)
		act(r, at,
			(struct clock_event){.act = CLOCK_TARGET,
				.mode = CLOCK_MODE_CARRY,
				.target = r->terms->extended});
}

/* The pause that ends by itself has ended. */
static void
let_go(struct run *r, int64_t now)
{
	if (!r->until || r->until > now)
		return;
	act(r, r->until, (struct clock_event){.act = CLOCK_RESUME});
	r->until = 0;
}

static void
step(struct run *r, const struct rehearsal_event *e)
{
	let_go(r, e->at);
	switch (e->act) {
	case REHEARSAL_START: act(r, e->at, (struct clock_event){CLOCK_START}); break;
	case REHEARSAL_PAUSE:
		if (r->no_pause)
			return;
		act(r, e->at, (struct clock_event){.act = CLOCK_PAUSE});
		r->until = e->until;
		break;
	case REHEARSAL_RESUME:
		act(r, e->at, (struct clock_event){.act = CLOCK_RESUME});
		r->until = 0;
		break;
	case REHEARSAL_STOP:
		act(r, e->at, (struct clock_event){.act = CLOCK_STOP});
		r->until = 0;
		break;
	case REHEARSAL_REOPEN:
		act(r, e->at,
			(struct clock_event){.act = CLOCK_REOPEN,
				.mode = clock_reopening(&r->clock,
					e->within ? e->within : REOPEN_DAYS, e->at)});
		break;
	case REHEARSAL_CANCEL:
		act(r, e->at, (struct clock_event){.act = CLOCK_CANCEL});
		break;
	case REHEARSAL_EXTEND: extend(r, e->at); break;
	case REHEARSAL_PRIORITY_SET: break;
	}
}

/* The terms that the table gives at an event. */
static const struct table_row *
terms_at(const struct table *target, const struct table_facts *facts, int64_t priority)
{
	struct table_facts f = *facts;

	f.priority = priority ? priority : f.priority;
	return table_match(target, &f);
}

/* A target in another unit holds for the whole time since receipt (rule/promise). */
static const struct table_row *
first_terms(const struct rehearsal_events *all, const struct table *target,
	const struct table_facts *facts, int *from)
{
	const struct table_row *terms = terms_at(target, facts, 0);

	*from = 0;
	for (int i = 0; i < all->count; i++) {
		const struct table_row *next;

		if (all->at[i].act != REHEARSAL_PRIORITY_SET)
			continue;
		next = terms_at(target, facts, all->at[i].priority);
		if (terms && next && next->resolution > 0 && next->unit != terms->unit) {
			terms = next;
			*from = i + 1;
		}
	}
	return terms;
}

enum rehearsal_verdict
rehearsal_clock_run(struct work *w, struct rehearsal_events *all,
	const struct table *target, const struct table_facts *facts)
{
	struct run r = {.work = w};
	struct clock_reading reading;
	int from;

	qsort(all->at, (size_t)all->count, sizeof *all->at, by_time);
	if (all->count == 0 ||
		!begin(&r, first_terms(all, target, facts, &from), all->at[0].at))
		return REHEARSAL_NONE;
	for (int i = 0; i < all->count; i++)
		if (all->at[i].act != REHEARSAL_PRIORITY_SET)
			step(&r, &all->at[i]);
		else if (i >= from)
			new_terms(&r, terms_at(target, facts, all->at[i].priority),
				all->at[i].at);
	let_go(&r, w->now);
	reading = clock_read(&r.clock, w->now);
	if (reading.result == CLOCK_VOID)
		return REHEARSAL_NONE;
	if (reading.result == CLOCK_MISSED || reading.breach != TIMES_NONE)
		return REHEARSAL_MISSED;
	return reading.result == CLOCK_MET ? REHEARSAL_MET : REHEARSAL_OPEN;
}
