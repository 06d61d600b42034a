/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/testing_clock.h"

#include "rule/workdays.h"

#include <stdlib.h>
#include <time.h>

/*
 * The witness here is slow and obviously right: it asks the C library for the local time
 * of every second of three days, many of them around a change of clocks, looks the second
 * up in the plan, and counts.
 *
 * PORTREEVE_CASES=full tries 10,000 cases instead of 200.
 */

enum { DAY = TIMES_DAY, WINDOW = 3 * DAY, CASES_IN_A_WINDOW = 20 };

/* What the witness saw: window[i] = open seconds before the i-th. */
struct witness {
	int64_t begin;
	int before[WINDOW + 1];
	int day[WINDOW]; /* its local date, days since 1970 */
};

static bool
is_open(const struct testing_day *day, int second)
{
	for (int i = 0; i < day->n; i++)
		if (second >= day->from[i] && second < day->to[i])
			return true;
	return false;
}

static void
watch(struct witness *w, const struct testing_plan *p, int64_t begin)
{
	const struct testing_day *day = NULL;
	int month_day = 0;

	w->begin = begin;
	w->before[0] = 0;
	for (int i = 0; i < WINDOW; i++) {
		time_t t = begin + i;
		struct tm tm;

		localtime_r(&t, &tm);
		if (tm.tm_mday != month_day) { /* look the date up */
			struct date d = {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};

			day = testing_plan_day(p, d);
			w->day[i] = (int)times_days(d);
			month_day = tm.tm_mday;
		} else {
			w->day[i] = w->day[i - 1];
		}
		w->before[i + 1] =
			w->before[i] +
			is_open(day, tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec);
	}
}

/* The first second from i on before which n seconds more are open; WINDOW + 1: none. */
static int
seen_due(const struct witness *w, int i, int n)
{
	int wanted = w->before[i] + n;

	if (n == 0) { /* the first open one */
		while (i < WINDOW && w->before[i + 1] == w->before[i])
			i++;
		return i < WINDOW ? i : WINDOW + 1;
	}
	while (i <= WINDOW && w->before[i] < wanted)
		i++;
	return i;
}

static void
expect_due(const struct calendar *c, const struct witness *w, int from, int seconds)
{
	int seen = seen_due(w, from, seconds);
	int64_t due;

	if (seen > WINDOW)
		return;
	assert_true(calendar_due(c, w->begin + from, seconds, &due));
	assert_int_equal(due - w->begin, seen);
}

/* A date that the window holds whole: its first and last open second. */
static void
expect_day(const struct calendar *c, const struct witness *w, int date)
{
	int first = -1, last = -1, end = 0;
	struct calendar_day d;

	for (int i = 0; i < WINDOW; i++) {
		if (w->day[i] != date)
			continue;
		end = i + 1;
		if (w->before[i + 1] == w->before[i])
			continue;
		first = first < 0 ? i : first;
		last = i;
	}
	assert_int_equal(calendar_day(c, date, &d), first >= 0);
	if (first < 0)
		return;
	assert_int_equal(d.opens - w->begin, first);
	assert_int_equal(d.closes - w->begin, last + 1);
	assert_int_equal(d.ends - w->begin, end);
}

static void
expect_openings(const struct calendar *c, const struct witness *w)
{
	struct calendar_opening o = {.closes = w->begin};
	int64_t open = 0;

	while (calendar_opening(c, o.closes, w->begin + WINDOW, &o)) {
		int from = (int)(o.opens - w->begin), to = (int)(o.closes - w->begin);

		assert_int_equal(w->before[to] - w->before[from], to - from);
		assert_true(from == 0 || w->before[from] == w->before[from - 1]);
		assert_true(to == WINDOW || w->before[to + 1] == w->before[to]);
		open += to - from;
	}
	assert_int_equal(open, w->before[WINDOW]);
}

static void
expect_as_seen(const struct calendar *c, const struct witness *w, struct testing_dice *d)
{
	for (int n = 0; n < CASES_IN_A_WINDOW; n++) {
		int a = (int)testing_between(d, 0, WINDOW - 1);
		int b = (int)testing_between(d, 0, WINDOW);
		int left = w->before[WINDOW] - w->before[a];

		assert_int_equal(calendar_elapsed(c, w->begin + a, w->begin + b),
			b > a ? w->before[b] - w->before[a] : 0);
		assert_int_equal(calendar_is_open(c, w->begin + a),
			w->before[a + 1] - w->before[a]);
		expect_due(c, w, a, left > 0 ? (int)testing_between(d, 1, left) : 1);
		expect_due(c, w, a, 0);
	}
	for (int date = w->day[0] + 1; date < w->day[WINDOW - 1]; date++)
		expect_day(c, w, date);
	expect_openings(c, w);
}

static void
counting_agrees_with_looking_at_every_second(void **state)
{
	static struct witness w;
	struct testing_dice d = {3};
	const char *const *names = testing_zone_names();
	int64_t windows = testing_cases(200, 10000) / CASES_IN_A_WINDOW, zones = 0;
	const int64_t begin = times_days((struct date){1990, 1, 1}) * DAY;
	const int64_t end = times_days((struct date){2100, 1, 1}) * DAY;

	(void)state;
	while (names[zones])
		zones++;
	assert_true(zones > 300);
	for (int64_t n = 0; n < windows; n++) {
		struct arena *a = arena_new();
		const char *name = names[testing_between(&d, 0, zones - 1)];
		struct zone_span span = zone_span_at(
			testing_zone(a, name), testing_between(&d, begin, end));
		int64_t middle = testing_between(&d, begin, end);

		/* Three of four windows lie around a change of clocks. */
		if (testing_between(&d, 0, 3) && span.to < end)
			middle = span.to + testing_between(&d, -DAY / 2, DAY / 2);

		struct testing_plan plan = testing_plan(&d, times_day(middle));
		const char *text = testing_plan_text(a, &plan, name);

		setenv("TZ", arena_printf(a, ":%s", name), 1);
		tzset();
		watch(&w, &plan, middle - WINDOW / 2);
		expect_as_seen(testing_calendar(a, text), &w, &d);
		arena_free(a);
	}
}

static void
a_calendar_that_never_opens_is_found_out(void **state)
{
	struct arena *a = testing_arena();
	const struct calendar *once = testing_calendar(
		a, "zone=Europe/London open=2026-06-03/32400-61200");
	const struct calendar *leap = testing_calendar(a,
		"zone=UTC week=1/0-1,2/0-1,3/0-1,4/0-1,5/0-1,6/0-1,7/0-1 yearly=06-01");
	int64_t due;

	(void)state;
	assert_true(calendar_opens(testing_office(), testing_at("2026-06-02 09:00")));
	assert_true(calendar_opens(leap, testing_at("2026-06-02 09:00")));
	assert_true(calendar_opens(once, testing_at("2021-06-03 09:00:01")));
	assert_false(calendar_opens(once, testing_at("2021-06-01 09:00")));
	assert_false(calendar_opens(once, testing_at("2026-06-03 17:00")));

	/* Within ten years and no further, never a wrong date. */
	assert_true(calendar_due(once, testing_at("2016-06-04 00:00"), 28800, &due));
	assert_int_equal(due, testing_at("2026-06-03 17:00"));
	assert_false(calendar_due(once, testing_at("2016-06-04 00:00"), 28801, &due));
	assert_false(calendar_due(once, testing_at("2016-05-01 00:00"), 1, &due));
	assert_false(calendar_due(once, testing_at("2016-05-01 00:00"), 0, &due));
	assert_false(calendar_due(once, testing_at("2026-06-03 17:00"), 0, &due));
	assert_false(calendar_due(testing_office(), testing_at("2026-06-02 09:00"),
		(int64_t)11 * 365 * 86400, &due));
	assert_false(calendar_due(
		testing_office(), testing_at("2026-06-02 09:00"), INT64_MAX, &due));
}

static void
a_due_instant_is_found_up_to_the_last_that_is_asked_for(void **state)
{
	int64_t from = testing_at("2026-06-02 13:00"),
		last = testing_at("2026-06-02 17:00");
	int64_t due;

	(void)state;
	assert_true(calendar_due_by(testing_office(), from, 14400, last, &due));
	assert_int_equal(due, last);
	assert_false(calendar_due_by(testing_office(), from, 14400, last - 1, &due));
	assert_true(calendar_due_by(testing_office(), from, 0, from, &due));
	assert_false(calendar_due_by(testing_office(), from, 0, from - 1, &due));
}

static void
nothing_is_open_outside_the_years_that_a_calendar_knows(void **state)
{
	const struct calendar *c = testing_always();
	int64_t first = 0, end = times_days((struct date){2200, 1, 1}) * DAY, due;

	(void)state;
	assert_int_equal(calendar_elapsed(c, first - 1000, first + 10), 10);
	assert_int_equal(calendar_elapsed(c, end - 10, end + 1000), 10);
	assert_int_equal(calendar_elapsed(c, -62135596800, 253402300799), end - first);
	assert_true(calendar_is_open(c, first) && calendar_is_open(c, end - 1));
	assert_false(calendar_is_open(c, first - 1) || calendar_is_open(c, end));
	assert_true(calendar_due(c, first - 1000, 10, &due));
	assert_int_equal(due, first + 10);
	assert_false(calendar_due(c, end - 10, 11, &due));
}

static void
a_missing_date_is_no_working_date(void **state)
{
	const struct calendar *c = testing_calendar(testing_arena(),
		"zone=Pacific/Apia week=1/32400-61200,2/32400-61200,3/32400-61200,"
		"4/32400-61200,5/32400-61200");
	const struct workdays_target one = {1, WORKDAYS_CLOSING};
	struct calendar_day d;
	struct workdays_deadline due;

	(void)state;
	/* Friday 30 December 2011 was left out; Monday is the next working date. */
	assert_false(calendar_day(c, times_days((struct date){2011, 12, 30}), &d));
	assert_true(workdays_due(c, (struct date){2011, 12, 29}, one, &due));
	assert_string_equal(zone_iso(testing_arena(), calendar_zone(c), due.due),
		"2012-01-02T17:00:00+14:00");
}

static void
half_a_day_replaces_the_week_on_its_date(void **state)
{
	const struct calendar *c = testing_calendar(testing_arena(),
		"zone=Europe/London week=4/32400-61200 "
		"open=2026-12-24/32400-43200+46800-50400 "
		"closed=2026-12-24");
	struct calendar_opening o;

	(void)state;
	assert_int_equal(calendar_elapsed(c, testing_at("2026-12-24 00:00"),
				 testing_at("2026-12-25 00:00")),
		4 * 3600);
	assert_true(calendar_opening(
		c, testing_at("2026-12-24 10:00"), testing_at("2026-12-24 23:00"), &o));
	assert_int_equal(o.opens, testing_at("2026-12-24 10:00"));
	assert_int_equal(o.closes, testing_at("2026-12-24 12:00"));
	assert_true(calendar_opening(c, o.closes, testing_at("2026-12-24 13:30"), &o));
	assert_int_equal(o.opens, testing_at("2026-12-24 13:00"));
	assert_int_equal(o.closes, testing_at("2026-12-24 13:30"));
	assert_false(calendar_opening(c, o.closes, o.closes, &o));
}

/* The clocks go forward on 29 March and back on 25 October 2026, at 01:00 UTC: a date of
 * its own hours then lies in two spans. */
static void
hours_of_a_date_hold_on_both_sides_of_a_change_of_clocks(void **state)
{
	const struct calendar *c = testing_calendar(testing_arena(),
		"zone=Europe/London week=1/0-60 "
		"open=2026-03-29/0-5400+32400-36000,2026-10-25/0-5400+32400-36000");
	static const struct {
		const char *opens, *closes;
	} openings[] = {
		{"2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"},
		{"2026-03-29T08:00:00Z", "2026-03-29T09:00:00Z"},
		{"2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z"},
		{"2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"},
		{"2026-10-25T09:00:00Z", "2026-10-25T10:00:00Z"},
	};

	struct calendar_day d;

	(void)state;
	for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
		int64_t day = times_day(testing_at(openings[i].closes)) * DAY;
		struct calendar_opening o = {.closes = day - 7200};

		while (o.closes < testing_at(openings[i].closes))
			assert_true(calendar_opening(c, o.closes, day + DAY, &o));
		assert_int_equal(o.opens, testing_at(openings[i].opens));
		assert_int_equal(o.closes, testing_at(openings[i].closes));
	}
	assert_int_equal(calendar_elapsed(c, testing_at("2026-03-28 00:00"),
				 testing_at("2026-03-30 00:00")),
		7200);
	assert_true(calendar_day(c, times_days((struct date){2026, 10, 25}), &d));
	assert_int_equal(d.opens, testing_at("2026-10-24T23:00:00Z"));
	assert_int_equal(d.closes, testing_at("2026-10-25T10:00:00Z"));
	assert_int_equal(d.ends, testing_at("2026-10-26T00:00:00Z"));
	assert_int_equal(calendar_elapsed(c, testing_at("2026-10-24 00:00"),
				 testing_at("2026-10-26 00:00")),
		10800);
}

static void
a_calendar_with_ten_years_of_bank_holidays_stays_small(void **state)
{
	struct arena *a = arena_new();
	const struct hours *h = calendar_hours(testing_office());
	int64_t dates[80];
	size_t before;

	(void)state;
	for (int i = 0; i < 80; i++)
		dates[i] = times_days((struct date){2019 + i / 8, 1 + i % 8, 5});
	h = hours_with_closed(a, h, dates, 80);
	before = arena_used(a);
	calendar_new(a, 1, h, calendar_zone(testing_office()));
	assert_in_range(arena_used(a) - before, 1000, 24 * 1024);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counting_agrees_with_looking_at_every_second),
		cmocka_unit_test(a_calendar_that_never_opens_is_found_out),
		cmocka_unit_test(a_due_instant_is_found_up_to_the_last_that_is_asked_for),
		cmocka_unit_test(nothing_is_open_outside_the_years_that_a_calendar_knows),
		cmocka_unit_test(a_missing_date_is_no_working_date),
		cmocka_unit_test(half_a_day_replaces_the_week_on_its_date),
		cmocka_unit_test(
			hours_of_a_date_hold_on_both_sides_of_a_change_of_clocks),
		cmocka_unit_test(a_calendar_with_ten_years_of_bank_holidays_stays_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
