/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/testing_clock.h"

#include "rule/clock_account.h"
#include "rule/clock_dates.h"
#include "rule/dates.h"
#include "rule/escalation.h"

/*
 * What must hold for every calendar, instant and list of events, tried at random in every
 * zone of the system's, in the years 1990 to 2100. A case is one calendar and three
 * instants, or one clock with up to ten events.
 *
 * Everyday runs try 20,000 cases of each kind in every eighth zone. PORTREEVE_CASES=full
 * tries 1,000,000 of each in all of them, PORTREEVE_CASES=N tries N.
 */

enum {
	DAY = TIMES_DAY,
	EVERYDAY = 20000,
	EVERYDAY_STEP = 8,
	FULL = 1000000,
	CALENDARS = 4,
	EVENTS = 10
};

static int64_t
new_year(int year)
{
	return times_days((struct date){year, 1, 1}) * DAY;
}

/* Calls `try` for so many cases, spread over a few made-up calendars of each zone. */
static void
in_all_zones(
	uint64_t seed, void (*try)(struct testing_dice *, const struct calendar *const *))
{
	const char *const *names = testing_zone_names();
	int64_t cases = testing_cases(EVERYDAY, FULL), zones = 0, done = 0;
	int64_t step = cases < FULL ? EVERYDAY_STEP : 1;
	struct testing_dice d = {seed};

	while (names[zones])
		zones++;
	for (int64_t i = 0; i < zones; i += step) {
		struct arena *a = arena_new();
		const struct calendar *calendars[CALENDARS];

		for (int k = 0; k < CALENDARS; k++) {
			int64_t around = testing_between(
				&d, new_year(1990), new_year(2100));
			struct testing_plan plan = testing_plan(&d, times_day(around));

			calendars[k] = testing_calendar(
				a, testing_plan_text(a, &plan, names[i]));
		}
		for (; done < cases && done * zones <= cases * (i + step); done++)
			try(&d, calendars);
		arena_free(a);
	}
	assert_int_equal(done, cases);
}

/* Three instants in order: mostly near each other, often around a change of clocks. */
static void
throw_instants(struct testing_dice *d, const struct calendar *c, int64_t at[3])
{
	static const int64_t ranges[] = {7200, DAY, 30 * DAY, 4000 * (int64_t)DAY};
	int64_t middle = testing_between(d, new_year(1990), new_year(2100));
	int64_t range = ranges[testing_between(d, 0, 3)];
	struct zone_span s = zone_span_at(calendar_zone(c), middle);

	if (testing_between(d, 0, 1) && s.to < new_year(2100))
		middle = s.to;
	for (int i = 0; i < 3; i++)
		at[i] = middle + testing_between(d, -range, range);
	for (int i = 0; i < 2; i++)
		for (int k = i + 1; k < 3; k++)
			if (at[k] < at[i]) {
				int64_t swap = at[i];

				at[i] = at[k];
				at[k] = swap;
			}
}

static void
expect_laws_of_counting(struct testing_dice *d, const struct calendar *const *calendars)
{
	const struct calendar *c = calendars[testing_between(d, 0, CALENDARS - 1)];
	int64_t at[3], due, next, later;

	throw_instants(d, c, at);

	int64_t first = calendar_elapsed(c, at[0], at[1]);
	int64_t second = calendar_elapsed(c, at[1], at[2]);

	/* additive, never negative, never more than real time */
	assert_int_equal(first + second, calendar_elapsed(c, at[0], at[2]));
	assert_true(first >= 0 && first <= at[1] - at[0]);
	assert_true(second >= 0 && second <= at[2] - at[1]);
	assert_int_equal(calendar_elapsed(c, at[1], at[0]), 0);

	/* due is the inverse of elapsed, and the least */
	int64_t seconds = testing_between(d, 1, 40 * DAY);

	if (calendar_due(c, at[0], seconds, &due)) {
		assert_int_equal(calendar_elapsed(c, at[0], due), seconds);
		assert_int_equal(calendar_elapsed(c, at[0], due - 1), seconds - 1);
		assert_true(calendar_is_open(c, due - 1));

		/* it grows with what is owed and with the start */
		assert_true(calendar_due_by(c, at[0], seconds + 1, INT64_MAX, &next));
		assert_true(next > due);
		assert_true(calendar_due_by(c, at[1], seconds, INT64_MAX, &later));
		assert_true(later >= due);

		/* what was worked off before is owed no more */
		if (first > 0 && first < seconds) {
			assert_true(calendar_due_by(
				c, at[1], seconds - first, INT64_MAX, &later));
			assert_int_equal(later, due);
		}
	}

	/* nothing owed: the first open instant */
	if (calendar_due(c, at[0], 0, &due)) {
		assert_true(due >= at[0]);
		assert_true(calendar_is_open(c, due));
		assert_int_equal(calendar_elapsed(c, at[0], due), 0);
	}
}

static void
counting_obeys_its_laws_in_all_zones(void **state)
{
	(void)state;
	in_all_zones(5, expect_laws_of_counting);
}

/* Events in order of time, of every kind, some at the same instant. */
static size_t
throw_events(struct testing_dice *d, const struct clock_policy *p,
	const struct calendar *const *calendars, struct clock_event *events)
{
	int64_t range = testing_between(d, 0, 1) ? 12 * 3600 : 6 * DAY;
	int64_t at = testing_between(d, new_year(1990), new_year(2095));
	size_t n = (size_t)testing_between(d, 1, EVENTS);

	for (size_t i = 0; i < n; i++) {
		at += testing_between(d, 0, 5) ? testing_between(d, 1, range) : 0;
		events[i] = (struct clock_event){
			.id = (int64_t)i + 100,
			.sequence = (int64_t)i,
			.at = at,
			.act = i == 0 ? CLOCK_START
				      : (enum clock_act)testing_between(
						d, CLOCK_START, CLOCK_REOPEN),
			.mode = (enum clock_mode)testing_between(
				d, CLOCK_MODE_CARRY, CLOCK_MODE_RESTART),
			.target = p->unit == CLOCK_SECONDS
					  ? testing_between(d, 0, 3 * range)
					  : testing_between(d, 1, 8),
			.calendar = calendars[testing_between(d, 0, CALENDARS - 1)],
		};
		if (events[i].act == CLOCK_REOPEN && events[i].mode != CLOCK_MODE_RESTART)
			events[i].mode = CLOCK_MODE_RESUME;
	}
	return n;
}

/*
 * A second fold, written from the rules in words and without the first one's state: it
 * keeps the stretches in which the clock ran, and works everything out from them anew
 * at every question.
 */
struct stretch {
	int64_t from, to;
	const struct calendar *calendar;
	bool running; /* or paused */
};

struct witness {
	struct clock_policy policy;
	enum clock_phase phase;
	int64_t target, base; /* base: spent that does not come from the stretches */
	int64_t breach;
	bool tightened;
	int64_t day_zero;
	const struct calendar *calendar;
	size_t n;
	struct stretch stretches[2 * EVENTS + 2]; /* of this cycle */
};

static int64_t
length(const struct witness *w, const struct stretch *s, int64_t to)
{
	int64_t n = 0;
	struct calendar_day day;

	if (w->policy.unit == CLOCK_SECONDS)
		return calendar_elapsed(s->calendar, s->from, to);
	for (int64_t date = times_day(s->from) - 2; date <= times_day(to) + 2; date++)
		n += calendar_day(s->calendar, date, &day) && day.closes > s->from &&
		     day.closes > w->day_zero && day.closes <= to;
	return n;
}

static int64_t
spent_before(const struct witness *w, size_t stretch)
{
	int64_t spent = w->base;

	for (size_t i = 0; i < stretch; i++)
		if (w->stretches[i].running)
			spent += length(w, &w->stretches[i], w->stretches[i].to);
	return spent;
}

/* The first instant in a stretch at which all that was left is used up, by halving. */
static int64_t
used_up_at(const struct witness *w, const struct stretch *s, int64_t left)
{
	int64_t low = s->from, high = s->to;

	if (left == 0) { /* the first open instant */
		while (low < high) {
			int64_t middle = low + (high - low) / 2;

			if (calendar_elapsed(s->calendar, s->from, middle + 1) > 0)
				high = middle;
			else
				low = middle + 1;
		}
		return low;
	}
	while (low < high) {
		int64_t middle = low + (high - low) / 2;

		if (length(w, s, middle) >= left)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* The deadline of all that was left, date by date; false when it lies after the stretch
 * and three days. */
static bool
last_date_of(const struct witness *w, const struct stretch *s, int64_t left, int64_t *due,
	int64_t *late)
{
	bool midnight = w->policy.day_end == WORKDAYS_MIDNIGHT;
	struct calendar_day day;
	int64_t n = 0;

	for (int64_t date = times_day(s->from) - 2; date <= times_day(s->to) + 2;
		date++) {
		if (!calendar_day(s->calendar, date, &day))
			continue;
		n += day.closes > s->from && day.closes > w->day_zero;

		bool evening = left == 0 && midnight && day.closes <= s->from &&
			       s->from < day.ends &&
			       date == zone_day_at(calendar_zone(s->calendar), s->from);

		if ((left > 0 && n == left) || evening) {
			*due = midnight ? day.ends : day.closes;
			*late = *due + !midnight;
			return true;
		}
	}
	if (left > 0 || calendar_elapsed(s->calendar, s->from, s->to) == 0)
		return false;
	*due = used_up_at(w, s, 0);
	*late = *due + 1;
	return true;
}

/* The breach in the stretches so far, looked for from the first. */
static void
look_for_breach(struct witness *w)
{
	for (size_t i = 0; i < w->n && w->breach == TIMES_NONE; i++) {
		const struct stretch *s = &w->stretches[i];
		int64_t left = w->target - spent_before(w, i), due, late;

		if (!s->running || i + 1 < w->n)
			continue; /* the earlier ones were looked at in their time */
		if (w->policy.unit == CLOCK_SECONDS) {
			if (length(w, s, s->to) > left)
				w->breach = used_up_at(w, s, left);
		} else {
			if (last_date_of(w, s, left, &due, &late) && s->to >= late)
				w->breach = due;
		}
	}
}

static void
begin_stretch(struct witness *w, int64_t at)
{
	if (w->phase == CLOCK_RUNNING || w->phase == CLOCK_PAUSED)
		w->stretches[w->n++] = (struct stretch){
			at, at, w->calendar, w->phase == CLOCK_RUNNING};
}

static void
begin_cycle(struct witness *w, int64_t at, bool fresh)
{
	int64_t from;

	w->base = fresh ? 0 : spent_before(w, w->n);
	w->n = 0;
	if (!fresh)
		return;
	w->breach = TIMES_NONE;
	w->tightened = false;
	assert_true(zone_day_ends(calendar_zone(w->calendar),
		zone_day_at(calendar_zone(w->calendar), at), &from, &w->day_zero));
}

static void
witness_target(struct witness *w, const struct clock_event *e)
{
	if (e->mode == CLOCK_MODE_RESTART && w->phase != CLOCK_NONE)
		begin_cycle(w, e->at, true);
	if (e->mode == CLOCK_MODE_FROM_START)
		for (size_t i = 0; i < w->n; i++)
			w->stretches[i].running = true;
	w->target = e->target;
	if (w->breach == TIMES_NONE && spent_before(w, w->n) > w->target) {
		w->breach = e->at;
		w->tightened = true;
	}
}

static bool
witness_applies(const struct witness *w, enum clock_act act)
{
	bool active = w->phase == CLOCK_RUNNING || w->phase == CLOCK_PAUSED;

	switch (act) {
	case CLOCK_START: return w->phase == CLOCK_NONE;
	case CLOCK_PAUSE: return w->phase == CLOCK_RUNNING;
	case CLOCK_RESUME: return w->phase == CLOCK_PAUSED;
	case CLOCK_STOP: return active;
	case CLOCK_REOPEN: return w->phase == CLOCK_STOPPED;
	default: return active || w->phase == CLOCK_NONE;
	}
}

static void
witness_event(struct witness *w, const struct clock_event *e)
{
	if (!witness_applies(w, e->act))
		return;
	if (w->n > 0 && w->phase != CLOCK_STOPPED) {
		w->stretches[w->n - 1].to = e->at;
		look_for_breach(w);
	}
	switch (e->act) {
	case CLOCK_START:
		w->phase = CLOCK_RUNNING;
		begin_cycle(w, e->at, true);
		break;
	case CLOCK_PAUSE: w->phase = CLOCK_PAUSED; break;
	case CLOCK_RESUME: w->phase = CLOCK_RUNNING; break;
	case CLOCK_TARGET: witness_target(w, e); break;
	case CLOCK_CALENDAR: w->calendar = e->calendar; break;
	case CLOCK_STOP: w->phase = CLOCK_STOPPED; break;
	case CLOCK_REOPEN:
		w->phase = CLOCK_RUNNING;
		begin_cycle(w, e->at, e->mode == CLOCK_MODE_RESTART);
		break;
	default: break;
	}
	begin_stretch(w, e->at);
}

static void
expect_as_witness(const struct clock *c, struct witness *w, int64_t now)
{
	struct clock_reading r = clock_read(c, now);

	if (w->n > 0 && (w->phase == CLOCK_RUNNING || w->phase == CLOCK_PAUSED)) {
		w->stretches[w->n - 1].to = now;
		look_for_breach(w);
	}
	assert_int_equal(r.phase, w->phase);
	assert_int_equal(r.spent, spent_before(w, w->n));
	assert_int_equal(r.left, w->target - r.spent);
	assert_int_equal(r.breach, w->breach);
	assert_int_equal(r.tightened, w->tightened);
}

/* Moving on by one event is the same as the whole list, in whatever order it is given,
 * and so is a list in which events without effect stand. */
static void
expect_one_fold(struct testing_dice *d, const struct clock_policy *p,
	const struct clock_event *events, size_t n, const struct clock_account *account)
{
	struct arena *a = arena_new();
	struct clock_event shuffled[EVENTS];
	struct clock c = clock_new(p);
	struct clock_cycle ended;

	for (size_t i = 0; i < n; i++) {
		struct clock before = c;
		enum clock_effect effect = clock_apply(&c, &events[i], &ended);

		assert_int_not_equal(effect, CLOCK_REBUILD);
		assert_int_equal(effect == CLOCK_APPLIED, account->lines[i].applied);
		assert_int_equal(ended.number, account->lines[i].ended.number);
		before.last = events[i].at;
		if (effect == CLOCK_IGNORED)
			assert_true(clock_same(&before, &c));
		shuffled[i] = events[i];
	}
	assert_true(clock_same(&c, &account->clock));

	for (size_t i = n; i > 1; i--) {
		size_t k = (size_t)testing_between(d, 0, (int64_t)i - 1);
		struct clock_event swap = shuffled[i - 1];

		shuffled[i - 1] = shuffled[k];
		shuffled[k] = swap;
	}
	c = clock_account(a, p, shuffled, n).clock;
	assert_true(clock_same(&c, &account->clock));
	arena_free(a);
}

/* The lines of the account follow each other, and what they count is what was spent. */
static void
expect_account(const struct clock_account *account, int64_t now)
{
	struct clock_reading r = clock_read(&account->clock, now);
	struct clock_line open = clock_account_open_line(account, now);
	int64_t counted = 0;
	bool from_start = false;

	for (size_t i = 0; i < account->n; i++) {
		const struct clock_line *l = &account->lines[i];

		assert_int_equal(l->from, i ? account->lines[i - 1].to : TIMES_NONE);
		counted += l->counted;
		if (l->applied && l->event->act == CLOCK_TARGET &&
			l->event->mode == CLOCK_MODE_FROM_START)
			from_start = true;
		if (l->applied &&
			(l->event->act == CLOCK_TARGET ||
				l->event->act == CLOCK_REOPEN) &&
			l->event->mode == CLOCK_MODE_RESTART && l->during != CLOCK_NONE) {
			assert_true(from_start || l->ended.spent == counted);
			counted = 0;
			from_start = false;
		}
		assert_true(from_start || l->spent == counted);
	}
	assert_int_equal(open.spent, r.spent);
	assert_true(from_start || counted + open.counted == r.spent);
}

/* The due instant is when a running clock is used up: in time then, and over as soon as
 * its breach can be seen. */
static void
expect_due_and_breach(const struct clock *c, int64_t now)
{
	struct clock_reading r = clock_read(c, now), then;
	struct escalation_alarm alarm;

	if (r.due == TIMES_NONE || !escalation_breach(c, &alarm))
		return;
	assert_true(alarm.at > r.due || c->day_end == WORKDAYS_MIDNIGHT);
	assert_true(clock_read(c, alarm.at - 1).breach == TIMES_NONE);
	then = clock_read(c, alarm.at > c->last ? alarm.at : c->last);
	assert_int_equal(then.breach, r.due);
	if (c->unit == CLOCK_SECONDS && c->since < r.due)
		assert_int_equal(
			clock_read(c, r.due > c->last ? r.due : c->last).left, 0);
}

static void
expect_laws_of_clocks(struct testing_dice *d, const struct calendar *const *calendars)
{
	struct arena *a = arena_new();
	struct clock_event events[EVENTS];
	struct clock_policy p = {
		.unit = testing_between(d, 0, 3) ? CLOCK_SECONDS : CLOCK_WORKING_DAYS,
		.day_end = (enum workdays_end)testing_between(d, 0, 1),
		.calendar = calendars[0],
	};
	struct witness w = {.policy = p, .calendar = p.calendar, .breach = TIMES_NONE};

	p.target = p.unit == CLOCK_SECONDS ? testing_between(d, 0, 2 * DAY)
					   : testing_between(d, 1, 8);
	w.target = p.target;

	size_t n = throw_events(d, &p, calendars, events);
	struct clock_account account = clock_account(a, &p, events, n);
	int64_t now = events[n - 1].at + testing_between(d, 0, 10 * DAY);

	expect_one_fold(d, &p, events, n, &account);
	for (size_t i = 0; i < n; i++)
		witness_event(&w, &events[i]);
	expect_due_and_breach(&account.clock, events[n - 1].at);
	expect_account(&account, now);
	expect_as_witness(&account.clock, &w, now);
	arena_free(a);
}

static void
clocks_obey_their_laws_in_all_zones(void **state)
{
	(void)state;
	in_all_zones(7, expect_laws_of_clocks);
}

/* A month on, day by day: until the day number comes back, or the month after is over. */
static int64_t
months_on(int64_t date, int64_t n)
{
	struct date d = times_date(date);
	int64_t last = date;

	for (int64_t turns = 0; turns <= n; last++) {
		struct date next = times_date(last + 1);

		if (turns == n && (times_date(last).day == d.day || next.day == 1))
			break;
		turns += next.day == 1;
	}
	return last;
}

static int64_t
working_on(const struct calendar *c, int64_t date)
{
	struct calendar_day day;

	while (!calendar_day(c, date, &day))
		date++;
	return date;
}

static void
expect_laws_of_dates(struct testing_dice *d, const struct calendar *const *calendars)
{
	const struct calendar *c = calendars[testing_between(d, 0, CALENDARS - 1)];
	int64_t date = times_day(testing_between(d, new_year(1990), new_year(2100)));
	int64_t n = testing_between(d, 0, 36), to, later, rolled, again;

	/* it is as counted by hand; the day number is kept, or it is the month's last */
	to = times_days(dates_add_months(times_date(date), n));
	assert_int_equal(to, months_on(date, n));
	assert_true(times_date(to).day == times_date(date).day ||
		    times_date(to + 1).day == 1);

	/* it grows with the date and with the months */
	later = times_days(
		dates_add_months(times_date(date + testing_between(d, 1, 40)), n));
	assert_true(later >= to);
	assert_true(times_days(dates_add_months(times_date(date), n + 1)) > to);

	/* rolling goes to the first working date and is done once */
	if (dates_roll(c, to, &rolled)) {
		assert_true(rolled >= to);
		assert_int_equal(rolled, working_on(c, to));
		assert_true(dates_roll(c, rolled, &again));
		assert_int_equal(again, rolled);
		assert_true(dates_roll_back(c, rolled, &again));
		assert_int_equal(again, rolled);
	}
}

static void
dates_obey_their_laws_in_all_zones(void **state)
{
	(void)state;
	in_all_zones(11, expect_laws_of_dates);
}

/* A second fold of clocks in months and days, by the sentences of privacy.md: the last
 * day is the date of receipt, the target, and each wait's date of answer less its date of
 * question; then the next working day. */
struct diary {
	const struct clock_policy *policy;
	enum clock_phase phase;
	int64_t target, received, waited, asked;
	int64_t least; /* what went on after its last day is due on that of today */
	int64_t breach;
	bool tightened;
};

static int64_t
diary_last(const struct diary *y)
{
	int64_t last = y->received + y->target - 1 + y->waited;

	if (y->policy->unit == CLOCK_MONTHS)
		last = working_on(y->policy->calendar,
			months_on(y->received, y->target) + y->waited);
	return last;
}

static int64_t
diary_due(const struct diary *y)
{
	int64_t last = diary_last(y), from, to;

	last = last > y->least ? last : y->least;
	while (!zone_day_ends(calendar_zone(y->policy->calendar), last, &from, &to))
		last--;
	return to;
}

static void
diary_until(struct diary *y, int64_t at)
{
	if (y->phase == CLOCK_RUNNING && y->breach == TIMES_NONE && at >= diary_due(y))
		y->breach = diary_due(y);
}

/* It runs on from this date. */
static void
diary_on(struct diary *y, int64_t date)
{
	y->waited += date - y->asked;
	y->phase = CLOCK_RUNNING;
	y->least = date;
	if (diary_last(y) >= date)
		y->least = INT64_MIN;
	else if (y->policy->unit == CLOCK_MONTHS)
		y->least = working_on(y->policy->calendar, date);
}

static void
diary_target(struct diary *y, int64_t target, int64_t date)
{
	bool was_over = diary_last(y) < date;

	y->target = target;
	if (y->breach == TIMES_NONE && !was_over && diary_last(y) < date)
		y->tightened = true;
}

static void
diary_event(struct diary *y, const struct clock_event *e, int64_t date)
{
	bool active = y->phase == CLOCK_RUNNING || y->phase == CLOCK_PAUSED;
	bool tightened = y->tightened;

	diary_until(y, e->at);
	if (e->act == CLOCK_START && y->phase == CLOCK_NONE) {
		y->phase = CLOCK_RUNNING;
		y->received = date;
		y->least = INT64_MIN;
	} else if (e->act == CLOCK_RESUME && y->phase == CLOCK_PAUSED) {
		diary_on(y, date);
	} else if (e->act == CLOCK_REOPEN && y->phase == CLOCK_STOPPED) {
		diary_on(y, date);
	} else if (e->act == CLOCK_PAUSE && y->phase == CLOCK_RUNNING) {
		y->phase = CLOCK_PAUSED;
		y->asked = date;
	} else if (e->act == CLOCK_STOP && active) {
		if (y->phase == CLOCK_RUNNING)
			y->asked = date;
		y->phase = CLOCK_STOPPED;
	} else if (e->act == CLOCK_TARGET && active) {
		if (y->phase == CLOCK_PAUSED) {
			y->waited += date - y->asked;
			y->asked = date;
		}
		diary_target(y, e->target, date);
	}
	if (y->tightened && !tightened)
		y->breach = e->at;
}

/* Starts, waits, new targets that carry, stops and reopenings that go on. */
static size_t
throw_diary(
	struct testing_dice *d, const struct clock_policy *p, struct clock_event *events)
{
	static const enum clock_act acts[] = {CLOCK_PAUSE, CLOCK_RESUME, CLOCK_PAUSE,
		CLOCK_RESUME, CLOCK_TARGET, CLOCK_STOP, CLOCK_REOPEN, CLOCK_START};
	int64_t at = testing_between(d, new_year(1990), new_year(2095));
	size_t n = (size_t)testing_between(d, 1, EVENTS);

	for (size_t i = 0; i < n; i++) {
		at += testing_between(d, 0, 3) ? testing_between(d, 0, 30 * DAY) : 0;
		events[i] = (struct clock_event){
			.id = (int64_t)i + 100,
			.sequence = (int64_t)i,
			.at = at,
			.act = i ? acts[testing_between(d, 0, 7)] : CLOCK_START,
			.mode = CLOCK_MODE_CARRY,
			.target = p->unit == CLOCK_MONTHS ? testing_between(d, 1, 4)
							  : testing_between(d, 1, 90),
		};
		if (events[i].act == CLOCK_REOPEN)
			events[i].mode = CLOCK_MODE_RESUME;
	}
	return n;
}

static void
expect_as_diary(const struct clock *c, struct diary *y, int64_t now)
{
	struct clock_reading r = clock_read(c, now);
	struct clock_dates dates;

	diary_until(y, now);
	assert_int_equal(r.phase, y->phase);
	assert_int_equal(r.breach, y->breach);
	assert_int_equal(r.tightened, y->tightened);
	if (r.phase == CLOCK_RUNNING && r.breach == TIMES_NONE) {
		assert_int_equal(r.due, diary_due(y));
		assert_true(r.left >= 0);
	}
	if (r.phase == CLOCK_STOPPED)
		assert_int_equal(r.result == CLOCK_MET, r.breach == TIMES_NONE);
	assert_true(clock_dates(c, now, &dates));
	if (r.phase == CLOCK_RUNNING)
		assert_int_equal(dates.paused, y->waited);
}

static void
expect_laws_of_date_clocks(
	struct testing_dice *d, const struct calendar *const *calendars)
{
	struct arena *a = arena_new();
	struct clock_event events[EVENTS];
	struct clock_policy p = {
		.unit = testing_between(d, 0, 1) ? CLOCK_MONTHS : CLOCK_DAYS,
		.day_end = WORKDAYS_MIDNIGHT,
		.calendar = calendars[testing_between(d, 0, CALENDARS - 1)],
	};
	struct diary y = {.policy = &p, .breach = TIMES_NONE};
	int64_t rolled;

	p.target = y.target = testing_between(d, 1, p.unit == CLOCK_MONTHS ? 3 : 60);

	size_t n = throw_diary(d, &p, events);
	struct clock_account account = clock_account(a, &p, events, n);
	int64_t now = events[n - 1].at + testing_between(d, 0, 60 * DAY);

	/* made-up calendars may never open */
	if (dates_roll(p.calendar, times_day(now) + 400, &rolled)) {
		expect_one_fold(d, &p, events, n, &account);
		for (size_t i = 0; i < n; i++)
			diary_event(&y, &events[i],
				zone_day_at(calendar_zone(p.calendar), events[i].at));
		expect_due_and_breach(&account.clock, events[n - 1].at);
		expect_account(&account, now);
		expect_as_diary(&account.clock, &y, now);
	}
	arena_free(a);
}

static void
clocks_in_months_and_days_obey_their_laws_in_all_zones(void **state)
{
	(void)state;
	in_all_zones(13, expect_laws_of_date_clocks);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counting_obeys_its_laws_in_all_zones),
		cmocka_unit_test(clocks_obey_their_laws_in_all_zones),
		cmocka_unit_test(dates_obey_their_laws_in_all_zones),
		cmocka_unit_test(clocks_in_months_and_days_obey_their_laws_in_all_zones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
