/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "base/buffer.h"
#include "base/ids.h"
#include "base/times.h"

static void
ill_formed_utf8_is_not_text(void **state)
{
	static const char *const wrong[] = {
		"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "a\xC3"};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(bytes_are_text(bytes_of(wrong[i])));
	assert_false(bytes_are_text((struct bytes){(const unsigned char *)"a\0b", 3}));
	assert_true(bytes_are_text(bytes_of("Ó Súilleabháin \xF0\x9F\x9A\xA7")));
}

static void
lossy_text_keeps_everything_it_can(void **state)
{
	(void)state;
	assert_string_equal(bytes_text_lossy(testing_arena(), bytes_of("a\xFF\xC3\xA9z")),
		"a\xEF\xBF\xBD\xC3\xA9z");
}

static void
cutting_takes_the_front_and_leaves_the_rest(void **state)
{
	struct bytes rest = bytes_of("a=b=c");
	struct bytes front = bytes_cut(&rest, '=');

	(void)state;
	assert_true(bytes_equal(front, bytes_of("a")));
	assert_true(bytes_equal(rest, bytes_of("b=c")));
	bytes_cut(&rest, '=');
	bytes_cut(&rest, '=');
	assert_int_equal(rest.len, 0);
}

static void
a_buffer_grows_and_stays_terminated(void **state)
{
	struct buffer b = buffer_in(testing_arena(), 4);

	(void)state;
	for (int i = 0; i < 1000; i++)
		buffer_int(&b, i % 10);
	buffer_int(&b, INT64_MIN);
	assert_int_equal(b.len, 1020);
	assert_string_equal(buffer_text(&b) + 1000, "-9223372036854775808");
}

static void
dates_and_days_agree_over_eight_centuries(void **state)
{
	struct date d = {1600, 1, 1};
	int64_t days = times_days(d);

	(void)state;
	for (; d.year < 2400; days++) {
		struct date back = times_date(days);

		assert_int_equal(times_days(d), days);
		assert_memory_equal(&back, &d, sizeof d);
		if (++d.day > times_month_length(d.year, d.month)) {
			d.day = 1;
			if (++d.month > 12) {
				d.month = 1;
				d.year++;
			}
		}
	}
	assert_int_equal(times_weekday(times_days((struct date){2026, 6, 2})), 2);
}

static void
iso_instants_are_read_and_written(void **state)
{
	int64_t t;

	(void)state;
	assert_true(times_parse_iso(bytes_of("2026-06-02T10:00:00+01:00"), &t));
	assert_string_equal(times_iso(testing_arena(), t), "2026-06-02T09:00:00Z");
	assert_true(times_parse_iso(bytes_of("1969-12-31T23:59:59Z"), &t));
	assert_int_equal(t, -1);
	assert_string_equal(times_iso(testing_arena(), t), "1969-12-31T23:59:59Z");
	assert_false(times_parse_iso(bytes_of("2026-02-29T10:00:00Z"), &t));
	assert_false(times_parse_iso(bytes_of("2026-02-28T10:00:00"), &t));
}

static void
ids_rise_even_when_the_clock_does_not(void **state)
{
	struct id_source s = {.node = 3};
	int64_t last = 0;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		int64_t id = id_next(&s, 1800000000000 - i);

		assert_true(id > last);
		last = id;
	}
	assert_int_equal((last >> 14) & 0xFF, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ill_formed_utf8_is_not_text),
		cmocka_unit_test(lossy_text_keeps_everything_it_can),
		cmocka_unit_test(cutting_takes_the_front_and_leaves_the_rest),
		cmocka_unit_test(a_buffer_grows_and_stays_terminated),
		cmocka_unit_test(dates_and_days_agree_over_eight_centuries),
		cmocka_unit_test(iso_instants_are_read_and_written),
		cmocka_unit_test(ids_rise_even_when_the_clock_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
