/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/clock.h"

#include "rule/clock_dates.h"
#include "rule/dates.h"

#include <assert.h>

static const char *const act_words[] = {
	[CLOCK_START] = "start",
	[CLOCK_PAUSE] = "pause",
	[CLOCK_RESUME] = "resume",
	[CLOCK_TARGET] = "target",
	[CLOCK_CALENDAR] = "calendar",
	[CLOCK_STOP] = "stop",
	[CLOCK_REOPEN] = "reopen",
	[CLOCK_CANCEL] = "cancel",
	[CLOCK_AMEND] = "amend",
};

static const char *const mode_words[] = {
	[CLOCK_MODE_CARRY] = "carry",
	[CLOCK_MODE_FROM_START] = "from_start",
	[CLOCK_MODE_RESTART] = "restart",
	[CLOCK_MODE_RESUME] = "resume",
};

/* The phases in which an act has an effect, a bit each. */
static const unsigned effective_in[] = {
	[CLOCK_START] = 1u << CLOCK_NONE,
	[CLOCK_PAUSE] = 1u << CLOCK_RUNNING,
	[CLOCK_RESUME] = 1u << CLOCK_PAUSED,
	[CLOCK_TARGET] = 1u << CLOCK_NONE | 1u << CLOCK_RUNNING | 1u << CLOCK_PAUSED,
	[CLOCK_CALENDAR] = 1u << CLOCK_NONE | 1u << CLOCK_RUNNING | 1u << CLOCK_PAUSED,
	[CLOCK_STOP] = 1u << CLOCK_RUNNING | 1u << CLOCK_PAUSED,
	[CLOCK_REOPEN] = 1u << CLOCK_STOPPED,
	[CLOCK_CANCEL] = 1u << CLOCK_NONE | 1u << CLOCK_RUNNING | 1u << CLOCK_PAUSED,
	[CLOCK_AMEND] = 0,
};

/* The place of a word in a list, or n. */
static size_t
find_word(const char *const *words, size_t n, struct bytes text)
{
	size_t i = 0;

	while (i < n && !bytes_equal(text, bytes_of(words[i])))
		i++;
	return i;
}

const char *
clock_act_text(enum clock_act act)
{
	return act_words[act];
}

bool
clock_act_read(struct bytes text, enum clock_act *act)
{
	const size_t n = sizeof act_words / sizeof *act_words;
	size_t found = find_word(act_words, n, text);

	if (found < n)
		*act = (enum clock_act)found;
	return found < n;
}

const char *
clock_mode_text(enum clock_mode mode)
{
	return mode_words[mode];
}

bool
clock_mode_read(struct bytes text, enum clock_mode *mode)
{
	const size_t n = sizeof mode_words / sizeof *mode_words;
	size_t found = find_word(mode_words, n, text);

	if (found < n)
		*mode = (enum clock_mode)found;
	return found < n;
}

/* Nothing of the date of receipt counts as a working day. */
int64_t
clock_passed(const struct clock *c, int64_t from, int64_t to)
{
	const struct zone *z;

	if (c->unit == CLOCK_SECONDS)
		return calendar_elapsed(c->calendar, from, to);
	if (clock_unit_of_dates(c->unit)) {
		z = calendar_zone(c->calendar);
		return to > from ? zone_day_at(z, to) - zone_day_at(z, from) : 0;
	}
	return workdays_elapsed(c->calendar, from > c->day_zero ? from : c->day_zero, to);
}

/* Where counting on begins: not before the end of the date of receipt, except that with
 * nothing left there is nothing to count. */
static int64_t
days_from(const struct clock *c, int64_t days)
{
	return days > 0 && c->since < c->day_zero ? c->day_zero : c->since;
}

static struct workdays_target
in_days(const struct clock *c, int64_t days)
{
	return (struct workdays_target){days, c->day_end};
}

/* When so many more working days are used up. */
static bool
days_used_up(const struct clock *c, int64_t days, struct workdays_deadline *d)
{
	return workdays_due_after(c->calendar, days_from(c, days), in_days(c, days), d);
}

/* The end of the last day in time. */
static bool
dates_due(const struct clock *c, int64_t *due)
{
	int64_t last;

	if (!clock_dates_last(c, &last))
		return false;
	*due = dates_end(c->calendar, last);
	return true;
}

/* The breach that a clock running until `at` has met on the way, or TIMES_NONE. It
 * happened at the due instant; but in seconds it takes time over the target, not only the
 * passing of that instant: nothing is over while the desk is closed. */
static int64_t
breach_until(const struct clock *c, int64_t at)
{
	int64_t left = c->target - c->spent, due;
	struct workdays_deadline d;
	bool found;

	if (clock_unit_of_dates(c->unit))
		return dates_due(c, &due) && at >= due ? due : TIMES_NONE;
	if (c->unit == CLOCK_WORKING_DAYS) {
		found = workdays_due_by(
			c->calendar, days_from(c, left), in_days(c, left), at, &d);
		return found && at >= d.late ? d.due : TIMES_NONE;
	}
	if (clock_passed(c, c->since, at) <= left)
		return TIMES_NONE;
	found = calendar_due_by(c->calendar, c->since, left, at, &due);
	assert(found);
	return due;
}

void
clock_settle(struct clock *c, int64_t at)
{
	if (c->phase != CLOCK_RUNNING && c->phase != CLOCK_PAUSED)
		return;

	int64_t time = clock_passed(c, c->since, at);

	if (c->phase == CLOCK_RUNNING) {
		if (c->breach == TIMES_NONE)
			c->breach = breach_until(c, at);
		c->spent += time;
	}
	c->whole += time;
	c->since = at;
}

static enum clock_result
result_of(const struct clock *c)
{
	bool kept = c->breach == TIMES_NONE &&
		    (clock_unit_of_dates(c->unit) || c->spent <= c->target);

	if (c->phase == CLOCK_CANCELLED)
		return CLOCK_VOID;
	if (c->phase != CLOCK_STOPPED)
		return CLOCK_UNDECIDED;
	return kept ? CLOCK_MET : CLOCK_MISSED;
}

/* The cycle that is about to be followed by another. One that was still going can only
 * have been missed already. */
static struct clock_cycle
cycle_of(const struct clock *c)
{
	enum clock_result result = result_of(c);

	if (result == CLOCK_UNDECIDED)
		result = c->breach == TIMES_NONE ? CLOCK_REPLACED : CLOCK_MISSED;
	return (struct clock_cycle){
		.number = c->cycle,
		.began = c->began,
		.ended = c->since,
		.target = c->target,
		.carried = c->carried,
		.spent = c->spent,
		.breach = c->breach,
		.tightened = c->tightened,
		.result = result,
	};
}

/* Begins the next cycle with what the last one left. */
static void
next_cycle(struct clock *c, int64_t at)
{
	c->cycle++;
	c->began = at;
	c->since = at;
	c->carried = c->spent;
	c->whole = 0;
}

/* Begins the next cycle with nothing: its own date is day 0. */
static void
fresh_cycle(struct clock *c, int64_t at)
{
	const struct zone *z = calendar_zone(c->calendar);
	int64_t from, to = at;

	c->spent = 0;
	c->breach = TIMES_NONE;
	c->tightened = false;
	next_cycle(c, at);
	if (clock_unit_of_dates(c->unit))
		c->day_zero = zone_day_at(z, at);
	else if (c->unit == CLOCK_WORKING_DAYS &&
		 zone_day_ends(z, zone_day_at(z, at), &from, &to))
		c->day_zero = to;
}

/* Is more spent than there is? */
static bool
is_over(const struct clock *c)
{
	if (clock_unit_of_dates(c->unit))
		return c->phase != CLOCK_NONE && clock_dates_over(c);
	return c->spent > c->target;
}

static void
change_target(struct clock *c, const struct clock_event *e, struct clock_cycle *ended)
{
	bool was_over = is_over(c);

	if (e->mode == CLOCK_MODE_RESTART && c->phase != CLOCK_NONE) {
		*ended = cycle_of(c);
		fresh_cycle(c, e->at);
	}
	c->target = e->target;
	if (e->judged) {
		c->breach = e->breach;
		c->tightened = e->tightened;
	}
	if (e->mode == CLOCK_MODE_FROM_START)
		c->spent = c->carried + c->whole;
	if (c->breach == TIMES_NONE && (e->judged || !was_over) && is_over(c)) {
		c->breach = e->at;
		c->tightened = true;
	}
}

static void
reopen(struct clock *c, const struct clock_event *e, struct clock_cycle *ended)
{
	*ended = cycle_of(c);
	c->phase = CLOCK_RUNNING;
	if (e->mode == CLOCK_MODE_RESTART)
		fresh_cycle(c, e->at);
	else
		next_cycle(c, e->at);
}

static void
take_effect(struct clock *c, const struct clock_event *e, struct clock_cycle *ended)
{
	clock_settle(c, e->at);
	switch (e->act) {
	case CLOCK_START:
		c->phase = CLOCK_RUNNING;
		fresh_cycle(c, e->at);
		break;
	case CLOCK_PAUSE: c->phase = CLOCK_PAUSED; break;
	case CLOCK_RESUME: c->phase = CLOCK_RUNNING; break;
	case CLOCK_TARGET: change_target(c, e, ended); break;
	case CLOCK_CALENDAR: c->calendar = e->calendar; break;
	case CLOCK_STOP: c->phase = CLOCK_STOPPED; break;
	case CLOCK_REOPEN: reopen(c, e, ended); break;
	case CLOCK_CANCEL: c->phase = CLOCK_CANCELLED; break;
	case CLOCK_AMEND: break;
	}
}

struct clock
clock_new(const struct clock_policy *p)
{
	return (struct clock){
		.unit = p->unit,
		.day_end = p->day_end,
		.target = p->target,
		.since = TIMES_NONE,
		.breach = TIMES_NONE,
		.began = TIMES_NONE,
		.day_zero = TIMES_NONE,
		.last = TIMES_NONE,
		.calendar = p->calendar,
	};
}

int64_t
clock_stamp(const struct clock *c, int64_t now)
{
	return now > c->last ? now : c->last;
}

enum clock_effect
clock_apply(struct clock *c, const struct clock_event *e, struct clock_cycle *ended)
{
	bool applies = effective_in[e->act] & 1u << c->phase;

	*ended = (struct clock_cycle){0};
	if (e->act == CLOCK_AMEND || e->at < c->last)
		return CLOCK_REBUILD;
	if (applies)
		take_effect(c, e, ended);
	c->last = e->at;
	return applies ? CLOCK_APPLIED : CLOCK_IGNORED;
}

bool
clock_same(const struct clock *a, const struct clock *b)
{
	return a->unit == b->unit && a->day_end == b->day_end && a->phase == b->phase &&
	       a->tightened == b->tightened && a->cycle == b->cycle &&
	       a->target == b->target && a->spent == b->spent && a->since == b->since &&
	       a->breach == b->breach && a->began == b->began &&
	       a->carried == b->carried && a->whole == b->whole &&
	       a->day_zero == b->day_zero && a->last == b->last &&
	       a->calendar == b->calendar;
}

int64_t
clock_length(const struct clock *c)
{
	if (!clock_unit_of_dates(c->unit) || c->phase == CLOCK_NONE)
		return c->target;
	return c->spent + clock_dates_left(c);
}

/* When a running clock is due. */
static bool
due_of(const struct clock *c, int64_t *due)
{
	if (clock_unit_of_dates(c->unit))
		return dates_due(c, due);
	return clock_when(c, c->target, due);
}

/* The last day of a target in months or days is in time as a whole. */
static bool
some_left(const struct clock *c, int64_t left)
{
	return left > 0 || (left == 0 && clock_unit_of_dates(c->unit));
}

struct clock_reading
clock_read(const struct clock *c, int64_t now)
{
	struct clock settled = *c;
	bool running = c->phase == CLOCK_RUNNING;
	int64_t due;

	clock_settle(&settled, clock_stamp(c, now));

	struct clock_reading r = {
		.phase = c->phase,
		.result = result_of(c),
		.spent = settled.spent,
		.left = clock_length(&settled) - settled.spent,
		.due = TIMES_NONE,
		.breach = settled.breach,
		.tightened = settled.tightened,
		.revised_due = TIMES_NONE,
	};

	if (running && r.breach == TIMES_NONE) {
		r.too_far = !due_of(c, &due);
		r.due = r.too_far ? TIMES_NONE : due;
	} else if (running && some_left(c, r.left) && due_of(c, &due)) {
		r.revised_due = due;
	}
	return r;
}

bool
clock_when(const struct clock *c, int64_t spent, int64_t *at)
{
	int64_t more = spent > c->spent ? spent - c->spent : 0;
	struct workdays_deadline d;

	if (c->phase != CLOCK_RUNNING)
		return false;
	if (c->unit == CLOCK_SECONDS)
		return calendar_due(c->calendar, c->since, more, at);
	if (clock_unit_of_dates(c->unit))
		return clock_dates_when(c, spent, at);
	if (!days_used_up(c, more, &d))
		return false;
	*at = d.due;
	return true;
}

bool
clock_over(const struct clock *c, int64_t *at)
{
	struct workdays_deadline d;

	if (c->phase != CLOCK_RUNNING || c->breach != TIMES_NONE)
		return false;
	if (c->unit == CLOCK_SECONDS)
		return clock_when(c, c->target + 1, at);
	if (clock_unit_of_dates(c->unit))
		return dates_due(c, at);
	if (!days_used_up(c, c->target - c->spent, &d))
		return false;
	*at = d.late;
	return true;
}

enum clock_mode
clock_reopening(const struct clock *c, int64_t days, int64_t at)
{
	const struct workdays_target within = {days, WORKDAYS_MIDNIGHT};
	struct date stopped = times_date(
		zone_day_at(calendar_zone(c->calendar), c->since));
	struct workdays_deadline d;

	if (workdays_due(c->calendar, stopped, within, &d) && at >= d.late)
		return CLOCK_MODE_RESTART;
	return CLOCK_MODE_RESUME;
}
