/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/testing_clock.h"

#include "rule/clock_account.h"

#include <string.h>

/*
 * Replays of clocks. The forty of clock.md are in vectors_test.c; here is what they do
 * not hold: working days, amendments, accounts, cycles, and what never changes a clock.
 * Times are on the wall in London, as in "2026-06-02 09:00", a Tuesday.
 */

enum { HOUR = 3600 };

static int64_t
number(struct bytes text)
{
	int64_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n = n * 10 + (text.at[i] - '0');
	return n;
}

static int64_t
time_of(struct bytes text)
{
	return testing_at(arena_text(testing_arena(), text.at, 16));
}

/* "2026-06-02 12:00 target 14400 carry" */
static struct clock_event
event_of(struct bytes text)
{
	struct bytes words = bytes_trim((struct bytes){text.at + 16, text.len - 16});
	struct clock_event e = {.at = time_of(text)};

	assert_true(clock_act_read(bytes_cut(&words, ' '), &e.act));
	switch (e.act) {
	case CLOCK_CALENDAR:
		e.calendar = bytes_equal(words, bytes_of("always")) ? testing_always()
								    : testing_office();
		break;
	case CLOCK_AMEND: /* ID TIME */
		e.amends = number(bytes_cut(&words, ' '));
		e.amended_at = time_of(words);
		break;
	case CLOCK_TARGET:
		e.target = number(bytes_cut(&words, ' '));
		assert_true(clock_mode_read(words, &e.mode));
		break;
	case CLOCK_REOPEN: assert_true(clock_mode_read(words, &e.mode)); break;
	default: break;
	}
	return e;
}

/* Events parted by semicolons. The first has the id 1, and so on. */
static size_t
events_of(const char *text, struct clock_event *events)
{
	struct bytes rest = bytes_trim(bytes_of(text));
	size_t n = 0;

	while (rest.len > 0) {
		events[n] = event_of(bytes_trim(bytes_cut(&rest, ';')));
		events[n].id = events[n].sequence = (int64_t)n + 1;
		n++;
	}
	return n;
}

static struct clock_policy
four_hours_policy(void)
{
	return (struct clock_policy){.target = 4 * HOUR, .calendar = testing_office()};
}

static struct clock_policy
days_policy(int64_t days, enum workdays_end end)
{
	return (struct clock_policy){
		.unit = CLOCK_WORKING_DAYS,
		.day_end = end,
		.target = days,
		.calendar = testing_office(),
	};
}

static struct clock_account
account_of(struct clock_policy p, const char *text)
{
	struct clock_event *events = arena_array(
		testing_arena(), 32, sizeof(struct clock_event));
	size_t n = events_of(text, events);

	return clock_account(testing_arena(), &p, events, n);
}

static struct clock_reading
reading_of(struct clock_policy p, const char *text, const char *now)
{
	struct clock_account account = account_of(p, text);

	return clock_read(&account.clock, testing_at(now));
}

/* clock.md 2.4 */
static void
a_working_date_counts_iff_the_clock_runs_at_its_last_closing(void **state)
{
	static const struct {
		const char *events, *due;
	} cases[] = {
		{"2026-06-02 10:00 start", "2026-06-09 17:00"},
		{"2026-06-02 10:00 start; 2026-06-04 10:00 pause; 2026-06-04 15:00 "
		 "resume",
			"2026-06-09 17:00"},
		{"2026-06-02 10:00 start; 2026-06-04 10:00 pause; 2026-06-05 12:00 "
		 "resume",
			"2026-06-10 17:00"},
		{"2026-06-02 10:00 start; 2026-06-04 10:00 pause; 2026-06-15 12:00 "
		 "resume",
			"2026-06-18 17:00"},
		/* what happens in the second of the closing comes after it */
		{"2026-06-02 10:00 start; 2026-06-04 17:00 pause; 2026-06-05 12:00 "
		 "resume",
			"2026-06-09 17:00"},
		{"2026-06-02 10:00 start; 2026-06-04 10:00 pause; 2026-06-04 17:00 "
		 "resume",
			"2026-06-10 17:00"},
		/* on the date of receipt nothing counts and nothing is lost */
		{"2026-06-02 10:00 start; 2026-06-02 11:00 pause; 2026-06-02 18:00 "
		 "resume",
			"2026-06-09 17:00"},
		{"2026-06-06 10:00 start", "2026-06-12 17:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(reading_of(days_policy(5, WORKDAYS_CLOSING),
					 cases[i].events, "2026-06-02 10:00")
					 .due,
			testing_at(cases[i].due));
}

static void
an_answer_at_closing_or_before_midnight_is_in_time(void **state)
{
	static const struct {
		enum workdays_end end;
		const char *stop;
		enum clock_result result;
	} cases[] = {
		{WORKDAYS_CLOSING, "2026-06-09 17:00", CLOCK_MET},
		{WORKDAYS_CLOSING, "2026-06-09 17:01", CLOCK_MISSED},
		{WORKDAYS_MIDNIGHT, "2026-06-09 18:00", CLOCK_MET},
		{WORKDAYS_MIDNIGHT, "2026-06-09 23:59", CLOCK_MET},
		{WORKDAYS_MIDNIGHT, "2026-06-10 00:00", CLOCK_MISSED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *events = arena_printf(testing_arena(),
			"2026-06-02 10:00 start; %s stop", cases[i].stop);
		struct clock_reading r = reading_of(
			days_policy(5, cases[i].end), events, "2026-07-01 09:00");

		assert_int_equal(r.result, cases[i].result);
		assert_int_equal(r.breach == TIMES_NONE, r.result == CLOCK_MET);
	}
}

static void
with_no_working_day_left_a_clock_is_due_at_once_or_that_midnight(void **state)
{
	static const struct {
		enum workdays_end end;
		const char *events, *now, *due;
	} cases[] = {
		/* reopened on a Saturday with all spent: at the next opening, as in O5 */
		{WORKDAYS_CLOSING,
			"2026-06-02 10:00 start; 2026-06-09 17:00 stop; "
			"2026-06-13 10:00 reopen resume",
			"2026-06-13 10:00", "2026-06-15 09:00"},
		/* paused on the evening of the due date, resumed two days later */
		{WORKDAYS_MIDNIGHT,
			"2026-06-02 10:00 start; 2026-06-09 18:00 pause; "
			"2026-06-11 10:00 resume",
			"2026-06-11 10:00", "2026-06-11 10:00"},
		/* what happens on the evening of the due date leaves its midnight */
		{WORKDAYS_MIDNIGHT,
			"2026-06-02 10:00 start; 2026-06-09 18:00 calendar desk",
			"2026-06-09 18:00", "2026-06-10 00:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct clock_reading r = reading_of(
			days_policy(5, cases[i].end), cases[i].events, cases[i].now);

		assert_int_equal(r.left, 0);
		assert_int_equal(r.breach, TIMES_NONE);
		assert_int_equal(r.due, testing_at(cases[i].due));
		assert_int_equal(reading_of(days_policy(5, cases[i].end), cases[i].events,
					 "2026-06-15 09:01")
					 .breach,
			r.due);
	}
}

static void
a_restart_in_working_days_has_its_own_day_zero(void **state)
{
	struct clock_reading r = reading_of(days_policy(5, WORKDAYS_CLOSING),
		"2026-06-02 10:00 start; 2026-06-04 12:00 stop; 2026-06-16 08:00 reopen "
		"restart",
		"2026-06-16 08:00");

	(void)state;
	assert_int_equal(r.due, testing_at("2026-06-23 17:00"));
	assert_int_equal(r.spent, 0);
}

static void
a_breach_in_working_days_is_the_due_instant(void **state)
{
	const char *events = "2026-06-02 10:00 start";
	struct clock_policy p = days_policy(5, WORKDAYS_CLOSING);

	(void)state;
	assert_int_equal(reading_of(p, events, "2026-06-09 17:00").breach, TIMES_NONE);
	assert_int_equal(reading_of(p, events, "2026-06-09 17:01").breach,
		testing_at("2026-06-09 17:00"));
	assert_int_equal(reading_of(p, events, "2026-07-09 17:01").breach,
		testing_at("2026-06-09 17:00"));
	assert_int_equal(reading_of(p, events, "2026-06-12 18:00").left, -3);
}

static void
events_without_effect_change_nothing_but_the_last_time(void **state)
{
	static const char *const acts[] = {"start", "pause", "resume", "calendar always",
		"target 60 carry", "stop", "reopen resume", "reopen restart", "cancel"};
	static const struct {
		const char *events;
		const char *effective; /* a letter for each of the acts above */
	} phases[] = {
		{"", "y--yy---y"},
		{"2026-06-02 09:00 start; ", "-y-yyy--y"},
		{"2026-06-02 09:00 start; 2026-06-02 09:30 pause; ", "--yyyy--y"},
		{"2026-06-02 09:00 start; 2026-06-02 09:30 stop; ", "------yy-"},
		{"2026-06-02 09:00 start; 2026-06-02 09:30 cancel; ", "---------"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
		for (size_t k = 0; k < sizeof acts / sizeof *acts; k++) {
			struct clock_account before = account_of(
				four_hours_policy(), phases[i].events);
			struct clock_account after = account_of(four_hours_policy(),
				arena_printf(testing_arena(), "%s2026-06-02 20:00 %s",
					phases[i].events, acts[k]));
			bool effective = phases[i].effective[k] == 'y';

			assert_int_equal(after.lines[after.n - 1].applied, effective);
			assert_int_equal(
				after.clock.last, testing_at("2026-06-02 20:00"));
			after.clock.last = before.clock.last;
			assert_int_equal(
				clock_same(&before.clock, &after.clock), !effective);
		}
}

/* clock.md 3: reading a case never changes it, and a breach found later is the same. A
 * second start in the evening must not turn Tuesday's due into Wednesday's. */
static void
a_breach_found_later_is_the_same_breach(void **state)
{
	struct clock_policy p = four_hours_policy();

	(void)state;
	assert_int_equal(reading_of(p,
				 "2026-06-02 13:00 start; 2026-06-02 20:00 start; "
				 "2026-06-03 09:10 stop",
				 "2026-06-03 09:10")
				 .breach,
		testing_at("2026-06-02 17:00"));
	assert_int_equal(reading_of(p, "2026-06-02 13:00 start", "2026-06-02 20:00").due,
		testing_at("2026-06-02 17:00"));
	assert_int_equal(
		reading_of(p, "2026-06-02 13:00 start", "2030-06-02 20:00").breach,
		testing_at("2026-06-02 17:00"));
}

static void
reading_before_the_last_event_reads_as_of_it(void **state)
{
	const char *events = "2026-06-02 09:00 start; 2026-06-02 11:00 pause";
	struct clock_policy p = four_hours_policy();

	(void)state; /* the machine's clock was set back by a day */
	assert_int_equal(reading_of(p, events, "2026-06-01 11:00").spent, 2 * HOUR);
	assert_int_equal(reading_of(p, events, "2026-06-05 11:00").spent, 2 * HOUR);

	struct clock_account a = account_of(p, events);

	assert_int_equal(clock_stamp(&a.clock, testing_at("2026-06-01 11:00")),
		testing_at("2026-06-02 11:00"));
	assert_int_equal(clock_stamp(&a.clock, testing_at("2026-06-02 11:01")),
		testing_at("2026-06-02 11:01"));
}

static void
a_loosened_target_shows_a_revised_due_beside_the_breach(void **state)
{
	const char *events =
		"2026-06-02 09:00 start; 2026-06-02 15:00 target 57600 carry"; /* R5 */
	struct clock_reading r = reading_of(
		four_hours_policy(), events, "2026-06-02 15:00");

	(void)state;
	assert_int_equal(r.due, TIMES_NONE);
	assert_int_equal(r.breach, testing_at("2026-06-02 13:00"));
	assert_int_equal(r.revised_due, testing_at("2026-06-03 17:00"));
	assert_false(r.tightened);
	r = reading_of(four_hours_policy(), events, "2026-06-04 09:01");
	assert_int_equal(r.revised_due, TIMES_NONE);
	assert_int_equal(r.breach, testing_at("2026-06-02 13:00"));
}

static void
a_tightened_target_marks_its_breach(void **state)
{
	struct clock_policy p = four_hours_policy();
	const char *both = "2026-06-02 09:00 start; 2026-06-02 11:00 target 60 carry; "
			   "2026-06-02 12:00 target 30 carry";

	(void)state;
	p.target = 16 * HOUR;
	assert_true(reading_of(p, both, "2026-06-02 12:00").tightened);
	assert_int_equal(reading_of(p, both, "2026-06-02 12:00").breach,
		testing_at("2026-06-02 11:00"));
	assert_false(
		reading_of(p, "2026-06-02 09:00 start; 2026-06-04 10:00 target 60 carry",
			"2026-06-04 10:00")
			.tightened);
}

static void
from_start_takes_the_pauses_of_this_cycle_back_and_keeps_what_was_carried(void **state)
{
	struct clock_policy p = four_hours_policy();
	struct clock_reading r;

	(void)state;
	p.target = 16 * HOUR;
	r = reading_of(p,
		"2026-06-02 09:00 start; 2026-06-02 10:00 pause; 2026-06-02 11:00 "
		"resume; "
		"2026-06-02 12:00 stop; 2026-06-03 09:00 reopen resume; "
		"2026-06-03 10:00 pause; 2026-06-03 12:00 target 36000 from_start",
		"2026-06-03 12:00");
	assert_int_equal(r.phase, CLOCK_PAUSED);
	assert_int_equal(r.spent, (2 + 3) * HOUR);

	/* Each part of the cycle by the calendar it ran under. */
	r = reading_of(p,
		"2026-06-02 16:00 start; 2026-06-02 16:30 pause; "
		"2026-06-02 18:00 calendar always; 2026-06-02 20:00 resume; "
		"2026-06-02 21:00 target 36000 from_start",
		"2026-06-02 21:00");
	assert_int_equal(r.spent, (1 + 3) * HOUR);
}

static void
cycles_are_kept_with_their_results(void **state)
{
	struct clock_account a = account_of(four_hours_policy(),
		"2026-06-02 09:00 start; 2026-06-02 11:00 stop; "	  /* 1 met */
		"2026-06-03 09:00 reopen resume; 2026-06-03 12:00 stop; " /* 2 missed */
		"2026-06-04 09:00 reopen restart; "
		"2026-06-04 10:00 target 7200 restart; " /* 3 replaced */
		"2026-06-04 15:00 target 7200 restart; " /* 4 missed while it ran */
		"2026-06-04 15:30 pause; 2026-06-04 16:00 target 3600 restart; " /* 5 */
		"2026-06-05 09:00 cancel");
	static const struct {
		size_t line;
		struct clock_cycle cycle;
		const char *began, *ended, *breach;
	} cycles[] = {
		{2, {1, 0, 0, 4 * HOUR, 0, 2 * HOUR, 0, false, CLOCK_MET},
			"2026-06-02 09:00", "2026-06-02 11:00", NULL},
		{4, {2, 0, 0, 4 * HOUR, 2 * HOUR, 5 * HOUR, 0, false, CLOCK_MISSED},
			"2026-06-03 09:00", "2026-06-03 12:00", "2026-06-03 11:00"},
		{5, {3, 0, 0, 4 * HOUR, 0, 1 * HOUR, 0, false, CLOCK_REPLACED},
			"2026-06-04 09:00", "2026-06-04 10:00", NULL},
		{6, {4, 0, 0, 2 * HOUR, 0, 5 * HOUR, 0, false, CLOCK_MISSED},
			"2026-06-04 10:00", "2026-06-04 15:00", "2026-06-04 12:00"},
		{8, {5, 0, 0, 2 * HOUR, 0, HOUR / 2, 0, false, CLOCK_REPLACED},
			"2026-06-04 15:00", "2026-06-04 16:00", NULL},
	};
	size_t ended = 0;

	(void)state;
	for (size_t i = 0; i < a.n; i++)
		ended += a.lines[i].ended.number > 0;
	assert_int_equal(ended, 5);
	for (size_t i = 0; i < 5; i++) {
		const struct clock_cycle *c = &a.lines[cycles[i].line].ended;

		assert_int_equal(c->number, cycles[i].cycle.number);
		assert_int_equal(c->target, cycles[i].cycle.target);
		assert_int_equal(c->carried, cycles[i].cycle.carried);
		assert_int_equal(c->spent, cycles[i].cycle.spent);
		assert_int_equal(c->result, cycles[i].cycle.result);
		assert_int_equal(c->began, testing_at(cycles[i].began));
		assert_int_equal(c->ended, testing_at(cycles[i].ended));
		assert_int_equal(c->breach,
			cycles[i].breach ? testing_at(cycles[i].breach) : TIMES_NONE);
	}
	assert_int_equal(a.clock.cycle, 6);
	assert_int_equal(clock_read(&a.clock, a.clock.last).result, CLOCK_VOID);
}

static void
a_new_target_before_the_start_begins_no_cycle(void **state)
{
	struct clock_account a = account_of(four_hours_policy(),
		"2026-06-02 08:00 target 7200 restart; 2026-06-02 09:00 start");

	(void)state;
	assert_int_equal(a.lines[0].ended.number, 0);
	assert_int_equal(a.clock.cycle, 1);
	assert_int_equal(clock_read(&a.clock, 0).due, testing_at("2026-06-02 11:00"));
}

static void
an_amended_event_counts_at_its_new_time_and_both_are_kept(void **state)
{
	/* A call at 09:30 was logged at 11:00; then it turns out to have been 09:00. */
	struct clock_account a = account_of(four_hours_policy(),
		"2026-06-02 11:00 start; 2026-06-02 11:01 amend 1 2026-06-02 09:30; "
		"2026-06-02 11:02 amend 1 2026-06-02 09:00; 2026-06-02 11:30 pause");

	(void)state;
	assert_int_equal(a.clock.spent, 5 * HOUR / 2);
	assert_int_equal(a.clock.began, testing_at("2026-06-02 09:00"));
	assert_int_equal(a.n, 2);
	assert_int_equal(a.lines[0].to, testing_at("2026-06-02 09:00"));
	assert_int_equal(a.lines[0].event->at, testing_at("2026-06-02 11:00"));
	assert_int_equal(a.lines[0].amended_by->id, 3);
	assert_null(a.lines[1].amended_by);

	/* Nothing new may be stamped before what has been recorded. */
	a = account_of(four_hours_policy(),
		"2026-06-02 11:00 start; 2026-06-02 12:00 amend 1 2026-06-02 09:30");
	assert_int_equal(clock_stamp(&a.clock, testing_at("2026-06-02 11:30")),
		testing_at("2026-06-02 12:00"));
	assert_int_equal(
		clock_account_open_line(&a, testing_at("2026-06-02 12:30")).counted,
		3 * HOUR);
}

static void
an_amendment_may_change_the_order_of_events(void **state)
{
	/* The pause was noticed late: it began before the stop that was recorded first.
	 */
	struct clock_account a = account_of(four_hours_policy(),
		"2026-06-02 09:00 start; 2026-06-02 12:00 stop; 2026-06-02 12:05 pause; "
		"2026-06-02 12:06 amend 3 2026-06-02 10:00");

	(void)state;
	assert_int_equal(a.clock.spent, 1 * HOUR);
	assert_int_equal(a.clock.phase, CLOCK_STOPPED);
	assert_int_equal(a.lines[1].event->act, CLOCK_PAUSE);
	assert_true(a.lines[1].applied);
}

/* clock.md 3, calendar changes: a closure in the past, applied to a named clock. */
static void
a_snow_day_is_a_calendar_event_amended_to_its_morning(void **state)
{
	const struct hours *h = calendar_hours(testing_office());
	const int64_t snow = times_days((struct date){2026, 6, 3});
	const struct calendar *closed = calendar_new(testing_arena(), 2,
		hours_with_closed(testing_arena(), h, &snow, 1),
		calendar_zone(testing_office()));
	struct clock_policy p = {.target = 8 * HOUR, .calendar = testing_office()};
	struct clock_event events[] = {
		{.id = 1, .sequence = 1, .at = testing_at("2026-06-02 16:00")},
		{.id = 2,
			.sequence = 2,
			.at = testing_at("2026-06-04 10:00"),
			.act = CLOCK_CALENDAR,
			.calendar = closed},
		{.id = 3,
			.sequence = 3,
			.at = testing_at("2026-06-04 10:00"),
			.act = CLOCK_AMEND,
			.amends = 2,
			.amended_at = testing_at("2026-06-03 00:00")},
	};
	struct clock_account before = clock_account(testing_arena(), &p, events, 1);
	struct clock_account after = clock_account(testing_arena(), &p, events, 3);
	int64_t now = testing_at("2026-06-04 10:00");

	(void)state;
	assert_int_equal(
		clock_read(&before.clock, now).breach, testing_at("2026-06-03 16:00"));
	assert_int_equal(clock_read(&after.clock, now).breach, TIMES_NONE);
	assert_int_equal(clock_read(&after.clock, now).spent, 2 * HOUR);
	assert_int_equal(
		clock_read(&after.clock, now).due, testing_at("2026-06-04 16:00"));
}

static void
an_event_from_before_the_last_one_asks_for_a_rebuild(void **state)
{
	struct clock_account a = account_of(
		four_hours_policy(), "2026-06-02 09:00 start; 2026-06-02 11:00 pause");
	struct clock c = a.clock;
	struct clock_cycle ended;
	struct clock_event early = {
		.at = testing_at("2026-06-02 10:00"), .act = CLOCK_RESUME};
	struct clock_event amend = {
		.at = testing_at("2026-06-02 12:00"), .act = CLOCK_AMEND, .amends = 1};

	(void)state;
	assert_int_equal(clock_apply(&c, &early, &ended), CLOCK_REBUILD);
	assert_int_equal(clock_apply(&c, &amend, &ended), CLOCK_REBUILD);
	assert_true(clock_same(&c, &a.clock));
}

static void
the_account_shows_every_stretch(void **state)
{
	struct clock_account a = account_of(four_hours_policy(),
		"2026-06-02 09:00 start; 2026-06-02 10:00 pause; 2026-06-02 14:00 "
		"resume; "
		"2026-06-02 16:00 start; 2026-06-02 18:00 calendar always; "
		"2026-06-02 22:00 stop; 2026-06-03 09:00 reopen resume");
	static const struct {
		enum clock_phase during;
		int64_t open, counted, spent;
		bool applied;
		const char *breach;
	} lines[] = {
		{CLOCK_NONE, 0, 0, 0, true, NULL},
		{CLOCK_RUNNING, HOUR, HOUR, HOUR, true, NULL},
		{CLOCK_PAUSED, 4 * HOUR, 0, HOUR, true, NULL},
		{CLOCK_RUNNING, 2 * HOUR, 2 * HOUR, 3 * HOUR, false, NULL},
		{CLOCK_RUNNING, HOUR, HOUR, 4 * HOUR, true, NULL},
		{CLOCK_RUNNING, 4 * HOUR, 4 * HOUR, 8 * HOUR, true, "2026-06-02 18:00"},
		{CLOCK_STOPPED, 11 * HOUR, 0, 8 * HOUR, true, NULL},
	};
	struct clock_line open = clock_account_open_line(
		&a, testing_at("2026-06-03 10:00"));

	(void)state;
	assert_int_equal(a.n, sizeof lines / sizeof *lines);
	for (size_t i = 0; i < a.n; i++) {
		const struct clock_line *l = &a.lines[i];

		assert_int_equal(l->during, lines[i].during);
		assert_int_equal(l->open, lines[i].open);
		assert_int_equal(l->counted, lines[i].counted);
		assert_int_equal(l->spent, lines[i].spent);
		assert_int_equal(l->applied, lines[i].applied);
		assert_int_equal(l->breach,
			lines[i].breach ? testing_at(lines[i].breach) : TIMES_NONE);
		assert_int_equal(l->from, i ? a.lines[i - 1].to : TIMES_NONE);
	}
	assert_ptr_equal(a.lines[4].calendar, testing_office());
	assert_ptr_equal(a.lines[5].calendar, testing_always());

	assert_null(open.event);
	assert_int_equal(open.from, testing_at("2026-06-03 09:00"));
	assert_int_equal(open.counted, HOUR);
	assert_int_equal(open.spent, 9 * HOUR);
	assert_int_equal(open.breach, TIMES_NONE);
}

static void
a_breach_stands_on_one_line_of_the_account_only(void **state)
{
	struct clock_account a = account_of(four_hours_policy(),
		"2026-06-02 09:00 start; 2026-06-02 12:00 start; 2026-06-02 14:00 start; "
		"2026-06-02 15:00 start");

	(void)state;
	assert_int_equal(a.lines[1].breach, TIMES_NONE);
	assert_int_equal(a.lines[2].breach, testing_at("2026-06-02 13:00"));
	assert_int_equal(a.lines[3].breach, TIMES_NONE);
	assert_int_equal(
		clock_account_open_line(&a, testing_at("2026-06-02 16:00")).breach,
		TIMES_NONE);
	a = account_of(four_hours_policy(),
		"2026-06-02 09:00 start; 2026-06-02 12:00 target 60 carry");
	assert_int_equal(a.lines[1].breach, testing_at("2026-06-02 12:00"));
}

static void
an_account_of_nothing_is_a_clock_that_was_not_started(void **state)
{
	struct clock_account a = account_of(four_hours_policy(), "");
	struct clock_line open = clock_account_open_line(
		&a, testing_at("2026-06-02 09:00"));

	(void)state;
	assert_int_equal(a.n, 0);
	assert_int_equal(a.clock.phase, CLOCK_NONE);
	assert_int_equal(open.during, CLOCK_NONE);
	assert_int_equal(open.open, 0);
	assert_int_equal(clock_read(&a.clock, 0).due, TIMES_NONE);
	assert_int_equal(clock_read(&a.clock, 0).left, 4 * HOUR);
}

static void
a_due_beyond_ten_years_is_said_to_be_too_far(void **state)
{
	struct clock_policy p = four_hours_policy();
	struct clock_reading r;
	int64_t at;

	(void)state;
	p.target = (int64_t)3000 * 8 * HOUR; /* working days of a council */
	r = reading_of(p, "2026-06-02 09:00 start", "2026-06-02 09:00");
	assert_true(r.too_far);
	assert_int_equal(r.due, TIMES_NONE);
	assert_int_equal(r.breach, TIMES_NONE);

	/* The breach comes all the same, in its time. */
	r = reading_of(p, "2026-06-02 09:00 start", "2040-06-02 09:00");
	assert_int_equal(r.breach, testing_at("2037-12-15 17:00"));

	struct clock_account a = account_of(p, "2026-06-02 09:00 start");

	assert_false(clock_when(&a.clock, p.target, &at));
	assert_true(clock_when(&a.clock, 8 * HOUR, &at));
	assert_int_equal(at, testing_at("2026-06-02 17:00"));
}

static void
reopening_resumes_within_the_working_days_allowed_and_restarts_after(void **state)
{
	struct clock_account a = account_of(
		four_hours_policy(), "2026-06-02 09:00 start; 2026-06-04 13:00 stop");

	(void)state; /* stopped on a Thursday; two working days later is Monday */
	assert_int_equal(clock_reopening(&a.clock, 2, testing_at("2026-06-08 23:59")),
		CLOCK_MODE_RESUME);
	assert_int_equal(clock_reopening(&a.clock, 2, testing_at("2026-06-09 00:00")),
		CLOCK_MODE_RESTART);
	assert_int_equal(clock_reopening(&a.clock, 0, testing_at("2026-06-04 18:00")),
		CLOCK_MODE_RESUME);
	assert_int_equal(clock_reopening(&a.clock, 0, testing_at("2026-06-05 00:00")),
		CLOCK_MODE_RESTART);
}

static void
words_of_events_are_written_as_they_are_read(void **state)
{
	enum clock_act act;
	enum clock_mode mode;

	(void)state;
	for (enum clock_act i = CLOCK_START; i <= CLOCK_AMEND; i++) {
		assert_true(clock_act_read(bytes_of(clock_act_text(i)), &act));
		assert_int_equal(act, i);
	}
	for (enum clock_mode i = CLOCK_MODE_CARRY; i <= CLOCK_MODE_RESUME; i++) {
		assert_true(clock_mode_read(bytes_of(clock_mode_text(i)), &mode));
		assert_int_equal(mode, i);
	}
	assert_false(clock_act_read(bytes_of("Start"), &act));
	assert_false(clock_mode_read(bytes_of(""), &mode));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_working_date_counts_iff_the_clock_runs_at_its_last_closing),
		cmocka_unit_test(an_answer_at_closing_or_before_midnight_is_in_time),
		cmocka_unit_test(
			with_no_working_day_left_a_clock_is_due_at_once_or_that_midnight),
		cmocka_unit_test(a_restart_in_working_days_has_its_own_day_zero),
		cmocka_unit_test(a_breach_in_working_days_is_the_due_instant),
		cmocka_unit_test(events_without_effect_change_nothing_but_the_last_time),
		cmocka_unit_test(a_breach_found_later_is_the_same_breach),
		cmocka_unit_test(reading_before_the_last_event_reads_as_of_it),
		cmocka_unit_test(a_loosened_target_shows_a_revised_due_beside_the_breach),
		cmocka_unit_test(a_tightened_target_marks_its_breach),
		cmocka_unit_test(
			from_start_takes_the_pauses_of_this_cycle_back_and_keeps_what_was_carried),
		cmocka_unit_test(cycles_are_kept_with_their_results),
		cmocka_unit_test(a_new_target_before_the_start_begins_no_cycle),
		cmocka_unit_test(
			an_amended_event_counts_at_its_new_time_and_both_are_kept),
		cmocka_unit_test(an_amendment_may_change_the_order_of_events),
		cmocka_unit_test(a_snow_day_is_a_calendar_event_amended_to_its_morning),
		cmocka_unit_test(an_event_from_before_the_last_one_asks_for_a_rebuild),
		cmocka_unit_test(the_account_shows_every_stretch),
		cmocka_unit_test(a_breach_stands_on_one_line_of_the_account_only),
		cmocka_unit_test(an_account_of_nothing_is_a_clock_that_was_not_started),
		cmocka_unit_test(a_due_beyond_ten_years_is_said_to_be_too_far),
		cmocka_unit_test(
			reopening_resumes_within_the_working_days_allowed_and_restarts_after),
		cmocka_unit_test(words_of_events_are_written_as_they_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
