/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/testing_clock.h"

#include "rule/zone_rule.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * The witness is the C library: it reads the same files by its own code. It needs the TZ
 * variable, which the program itself never touches.
 *
 * PORTREEVE_CASES=full tries a thousand instants a zone instead of forty.
 */

enum { DAY = TIMES_DAY };

static void
library_zone(const char *name)
{
	setenv("TZ", arena_printf(testing_arena(), ":%s", name), 1);
	tzset();
}

static int64_t
at_year(int year)
{
	return times_days((struct date){year, 1, 1}) * DAY;
}

static void
expect_as_library(const struct zone *z, int64_t instant)
{
	struct zone_time t = zone_time_at(z, instant);
	time_t wanted = instant;
	struct tm tm;

	localtime_r(&wanted, &tm);
	if (t.offset != tm.tm_gmtoff || strcmp(t.name, tm.tm_zone) != 0)
		print_error("%s at %lld\n", zone_name(z), (long long)instant);
	assert_int_equal(t.offset, tm.tm_gmtoff);
	assert_string_equal(t.name, tm.tm_zone);
	assert_int_equal(t.date.year, tm.tm_year + 1900);
	assert_int_equal(t.date.month, tm.tm_mon + 1);
	assert_int_equal(t.date.day, tm.tm_mday);
	assert_int_equal(t.second, tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec);
}

static void
every_zone_agrees_with_the_c_library_from_1900_to_2200(void **state)
{
	struct testing_dice d = {1};
	int64_t each = testing_cases(40, 1000);

	(void)state;
	for (const char *const *name = testing_zone_names(); *name; name++) {
		struct arena *a = arena_new();
		const struct zone *z = testing_zone(a, *name);

		library_zone(*name);
		for (int64_t i = 0; i < each; i++) {
			int64_t t = testing_between(&d, at_year(1900), at_year(2200));
			struct zone_span s = zone_span_at(z, t);

			assert_true(s.from <= t && t < s.to);
			expect_as_library(z, t);
			if (s.from > at_year(1900)) {
				expect_as_library(z, s.from);
				expect_as_library(z, s.from - 1);
			}
		}
		arena_free(a);
	}
}

/* The same local time by looking at every span around: the first instant that shows it,
 * and how many there are. */
static int
count_occurrences(const struct zone *z, int64_t local, int64_t *first)
{
	int hits = 0;

	for (int64_t t = local - 2 * DAY; t < local + 2 * DAY;) {
		struct zone_span s = zone_span_at(z, t);
		struct zone_time shown = zone_time_at(z, local - s.offset);

		if (local - s.offset >= s.from && local - s.offset < s.to) {
			assert_int_equal(
				times_days(shown.date) * DAY + shown.second, local);
			if (hits++ == 0)
				*first = local - s.offset;
		}
		t = s.to < local + 3 * DAY ? s.to : local + 3 * DAY;
	}
	return hits;
}

static void
local_times_around_every_change_of_clocks_are_found_again(void **state)
{
	struct testing_dice d = {2};

	(void)state;
	for (const char *const *name = testing_zone_names(); *name; name++) {
		struct arena *a = arena_new();
		const struct zone *z = testing_zone(a, *name);
		int64_t last = at_year(2060);

		for (int64_t t = zone_span_at(z, at_year(1960)).to; t < last;
			t = zone_span_at(z, t).to) {
			int32_t before = zone_span_at(z, t - 1).offset;
			int32_t after = zone_span_at(z, t).offset;
			int64_t local = t + before + testing_between(&d, -8000, 8000);
			struct date date = times_date(times_day(local));
			int second = (int)(local - times_day(local) * DAY);
			enum zone_reading reading;
			int64_t first, found = zone_instant(z, date, second, &reading);
			int hits = count_occurrences(z, local, &first);

			if (hits > 0) {
				assert_int_equal(found, first);
				assert_int_equal(reading,
					hits > 1 ? ZONE_FIRST_OF_TWO : ZONE_EXACT);
			} else {
				assert_int_equal(reading, ZONE_MOVED_FORWARD);
				assert_int_equal(found + after, local + (after - before));
			}
		}
		arena_free(a);
	}
}

static void
days_of_a_zone_follow_each_other_without_a_gap(void **state)
{
	static const char *const names[] = {"Europe/London", "America/Sao_Paulo",
		"Pacific/Apia", "Asia/Tehran", "America/Havana", "Africa/Cairo"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct zone *z = testing_zone(testing_arena(), names[i]);
		int64_t end = 0, from, to;

		for (int64_t day = at_year(1995) / DAY; day < at_year(2030) / DAY;
			day++) {
			if (!zone_day_ends(z, day, &from, &to))
				continue;
			assert_true(end == 0 || from == end);
			assert_int_equal(zone_day_at(z, from), day);
			assert_int_equal(zone_day_at(z, to - 1), day);
			end = to;
		}
	}
}

static void
typed_times_are_taken_as_the_page_says(void **state)
{
	const struct zone *london = testing_zone(testing_arena(), "Europe/London");
	const struct zone *apia = testing_zone(testing_arena(), "Pacific/Apia");
	static const struct {
		struct date date;
		int second;
		const char *taken;
		enum zone_reading reading;
	} cases[] = {
		{{2026, 6, 2}, 9 * 3600, "2026-06-02T09:00:00+01:00", ZONE_EXACT},
		{{2026, 10, 25}, 5400, "2026-10-25T01:30:00+01:00", ZONE_FIRST_OF_TWO},
		{{2026, 3, 29}, 5400, "2026-03-29T02:30:00+01:00", ZONE_MOVED_FORWARD},
		{{2026, 3, 29}, 3600, "2026-03-29T02:00:00+01:00", ZONE_MOVED_FORWARD},
		{{2026, 3, 29}, 7200, "2026-03-29T02:00:00+01:00", ZONE_EXACT},
		{{2026, 10, 25}, 7200, "2026-10-25T02:00:00+00:00", ZONE_EXACT},
		{{2026, 10, 24}, 86400, "2026-10-25T00:00:00+01:00", ZONE_EXACT},
	};
	enum zone_reading reading;
	int64_t t;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		t = zone_instant(london, cases[i].date, cases[i].second, &reading);
		assert_string_equal(zone_iso(testing_arena(), london, t), cases[i].taken);
		assert_int_equal(reading, cases[i].reading);
	}

	/* Samoa had no 30 December 2011: the gap is a whole day. */
	t = zone_instant(apia, (struct date){2011, 12, 30}, 43200, &reading);
	assert_int_equal(reading, ZONE_MOVED_FORWARD);
	assert_string_equal(
		zone_iso(testing_arena(), apia, t), "2011-12-31T12:00:00+14:00");
	assert_false(
		zone_day_ends(apia, times_days((struct date){2011, 12, 30}), &t, &t));
}

static void
offsets_are_written_in_full(void **state)
{
	struct arena *a = testing_arena();

	(void)state;
	assert_string_equal(zone_iso(a, testing_zone(a, "Asia/Tehran"), 1442880000),
		"2015-09-22T03:30:00+03:30");
	assert_string_equal(zone_iso(a, testing_zone(a, "America/St_Johns"), 1767225600),
		"2025-12-31T20:30:00-03:30");
	assert_string_equal(zone_iso(a, testing_zone(a, "Europe/London"), -5000000000),
		"1811-07-23T15:05:25-00:01:15");
}

static void
the_clock_stands_still_after_the_year_9999(void **state)
{
	const struct zone *z = testing_zone(testing_arena(), "Europe/London");
	struct zone_span s = zone_span_at(z, INT64_MAX - 1);

	(void)state;
	assert_int_equal(s.to, INT64_MAX);
	assert_int_equal(zone_span_at(z, s.from - 1).to, s.from);
	assert_int_equal(zone_time_at(z, s.from).date.year, 9999);
}

static struct zone_span
span_by(const char *rule, const char *instant)
{
	struct zone_rule *r = arena_alloc(testing_arena(), sizeof *r);
	int64_t t;

	assert_true(zone_rule_parse(bytes_of(rule), r));
	assert_true(times_parse_iso(bytes_of(instant), &t));
	return zone_rule_span(r, t);
}

static void
every_form_of_rule_is_understood(void **state)
{
	static const struct {
		const char *rule, *instant, *name, *from, *to;
	} cases[] = {
		/* the last Sunday of March and of October */
		{"GMT0BST,M3.5.0/1,M10.5.0", "2040-06-01T00:00:00Z", "BST",
			"2040-03-25T01:00:00Z", "2040-10-28T01:00:00Z"},
		/* winter time is the one that is set, and the offset goes back */
		{"IST-1GMT0,M10.5.0,M3.5.0/1", "2040-01-01T00:00:00Z", "GMT",
			"2039-10-30T01:00:00Z", "2040-03-25T01:00:00Z"},
		/* hours beyond the day, names in brackets */
		{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2030-06-01T00:00:00Z", "-01",
			"2030-03-31T01:00:00Z", "2030-10-27T01:00:00Z"},
		{"EET-2EEST,M3.4.4/50,M10.4.4/50", "2030-06-01T00:00:00Z", "EEST",
			"2030-03-30T00:00:00Z", "2030-10-25T23:00:00Z"},
		/* days of the year, with and without 29 February */
		{"AAA0BBB,J60/0,J300/0", "2028-06-01T00:00:00Z", "BBB",
			"2028-03-01T00:00:00Z", "2028-10-26T23:00:00Z"},
		{"AAA0BBB,59/0,299/0", "2028-06-01T00:00:00Z", "BBB",
			"2028-02-29T00:00:00Z", "2028-10-25T23:00:00Z"},
		/* summer time all the year (the example of RFC 9636) */
		{"XXX3EDT4,0/0,J365/23", "2030-06-01T00:00:00Z", "EDT",
			"2030-01-01T03:00:00Z", "2031-01-01T03:00:00Z"},
		{"XXX3EDT4,0/0,J365/23", "2030-12-31T23:59:59Z", "EDT",
			"2030-01-01T03:00:00Z", "2031-01-01T03:00:00Z"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct zone_span s = span_by(cases[i].rule, cases[i].instant);

		assert_string_equal(s.name, cases[i].name);
		assert_string_equal(times_iso(testing_arena(), s.from), cases[i].from);
		assert_string_equal(times_iso(testing_arena(), s.to), cases[i].to);
	}
	assert_int_equal(span_by("<+0545>-5:45", "2030-06-01T00:00:00Z").offset, 20700);
}

static void
what_is_no_rule_is_refused(void **state)
{
	static const char *const wrong[] = {"", "GMT", "GM0", "GMT0BST", "GMT0BST,M3.5.0",
		"GMT0BST,M13.5.0,M10.5.0", "GMT0BST,M3.6.0,M10.5.0",
		"GMT0BST,M3.5.7,M10.5.0", "GMT0BST,M3.5.0/168,M10.5.0", "GMT0BST,J0,J365",
		"GMT0BST,366,1", "<GMT0", "GMT25", "GMT0:60", "GMT0BST,M3.5.0,M10.5.0x",
		"ABCDEFGHIJKLMNOPQRS0", "<>0", "GMT-", "GMT0BST,M3.5.0/,M10.5.0"};
	struct zone_rule r;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (zone_rule_parse(bytes_of(wrong[i]), &r))
			fail_msg("taken for a rule: %s", wrong[i]);
}

/* A version 1 file with one change, from UTC to an hour more at 1,000,000. */
static const unsigned char small[] = "TZif\0"
				     "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
				     "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0\010"
				     "\0\017\102\100"
				     "\1"
				     "\0\0\0\0\0\0\0\0\016\020\1\4"
				     "UTC\0ONE";

static void
a_version_1_file_is_read_and_its_last_time_goes_on(void **state)
{
	const char *problem;
	const struct zone *z = zone_parse(
		testing_arena(), "Small", (struct bytes){small, sizeof small}, &problem);

	(void)state;
	assert_non_null(z);
	assert_string_equal(zone_name(z), "Small");
	assert_int_equal(zone_span_at(z, 999999).offset, 0);
	assert_int_equal(zone_span_at(z, 1000000).offset, 3600);
	assert_string_equal(zone_span_at(z, at_year(2500)).name, "ONE");
	assert_int_equal(zone_span_at(z, at_year(2500)).from, 1000000);
}

static void
damaged_files_are_refused_wherever_they_are_cut_or_changed(void **state)
{
	unsigned char copy[sizeof small];
	const char *problem;

	(void)state;
	for (size_t n = 0; n < sizeof small; n++) {
		/* In memory of its own, so that reading past the end is noticed. */
		unsigned char *exact = arena_alloc(testing_arena(), n);

		memcpy(exact, small, n);
		assert_null(zone_parse(
			testing_arena(), "Cut", (struct bytes){exact, n}, &problem));
		assert_non_null(problem);
	}
	for (size_t i = 0; i < sizeof small; i++)
		for (int value = 0; value < 256; value += 5) {
			memcpy(copy, small, sizeof small);
			copy[i] = (unsigned char)value;

			const struct zone *z = zone_parse(testing_arena(), "Changed",
				(struct bytes){copy, sizeof copy}, &problem);

			assert_true(!z == !!problem);
			if (z)
				assert_non_null(zone_span_at(z, 1000000).name);
		}
}

static void
files_that_count_leap_seconds_are_refused(void **state)
{
	unsigned char copy[sizeof small + 8] = {0};
	const char *problem;

	(void)state;
	memcpy(copy, small, sizeof small);
	copy[31] = 1; /* one leap second behind the rest */
	assert_null(zone_parse(testing_arena(), "right/Small",
		(struct bytes){copy, sizeof copy}, &problem));
	assert_string_equal(problem, "a time zone file that counts leap seconds");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_zone_agrees_with_the_c_library_from_1900_to_2200),
		cmocka_unit_test(
			local_times_around_every_change_of_clocks_are_found_again),
		cmocka_unit_test(days_of_a_zone_follow_each_other_without_a_gap),
		cmocka_unit_test(typed_times_are_taken_as_the_page_says),
		cmocka_unit_test(offsets_are_written_in_full),
		cmocka_unit_test(the_clock_stands_still_after_the_year_9999),
		cmocka_unit_test(every_form_of_rule_is_understood),
		cmocka_unit_test(what_is_no_rule_is_refused),
		cmocka_unit_test(a_version_1_file_is_read_and_its_last_time_goes_on),
		cmocka_unit_test(
			damaged_files_are_refused_wherever_they_are_cut_or_changed),
		cmocka_unit_test(files_that_count_leap_seconds_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
