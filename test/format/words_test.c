/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "format/words.h"

static const char *
said(const char *tag, enum word word, const struct word_value *values)
{
	return words_text(testing_arena(), words_of(tag), word, values);
}

static void
a_language_is_found_by_its_tag(void **state)
{
	(void)state;
	assert_string_equal(words_tag(words_of("cy-GB")), "cy");
	assert_string_equal(words_tag(words_of("cymric")), "en");
	assert_string_equal(words_tag(words_of(NULL)), "en");
	assert_string_equal(words_name(words_nth(1)), "Cymraeg");
	assert_null(words_nth(2));
}

static void
keys_stored_as_data_are_found(void **state)
{
	(void)state;
	assert_int_equal(words_find("date.january"), WORD_date_january);
	assert_int_equal(words_find("date.smarch"), WORD_NONE);
	assert_int_equal(words_find(""), WORD_NONE);
	assert_int_equal(words_find(NULL), WORD_NONE);
	assert_string_equal(words_key(WORD_date_january), "date.january");
	assert_string_equal(said("en", WORD_NONE, NULL), "");
}

static void
plural_forms_follow_the_language(void **state)
{
	static const struct {
		const char *tag;
		int count;
		const char *text;
	} cases[] = {
		{"en", 0, "0 days"},
		{"en", 1, "1 day"},
		{"en", 1234567, "1,234,567 days"},
		{"cy", 1, "1 diwrnod"},
		{"cy", 2, "2 ddiwrnod"},
		{"cy", 11, "11 diwrnod"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			said(cases[i].tag, WORD_time_days,
				words_values(word_value("count", cases[i].count))),
			cases[i].text);
}

static void
dates_and_times_follow_the_style_guide(void **state)
{
	struct arena *a = testing_arena();
	const struct words *en = words_of("en");
	const struct words *cy = words_of("cy");
	struct date d = {2026, 3, 2};

	(void)state;
	assert_string_equal(words_date(a, en, d, DATE_LONG), "2 March 2026");
	assert_string_equal(words_date(a, cy, d, DATE_LONG), "2 Mawrth 2026");
	assert_string_equal(words_date(a, en, d, DATE_WEEKDAY), "Monday 2 March 2026");
	assert_string_equal(words_date(a, en, d, DATE_SHORT), "2 Mar");
	assert_string_equal(words_time(a, en, 10 * 3600 + 30 * 60), "10:30am");
	assert_string_equal(words_time(a, en, 17 * 3600), "5pm");
	assert_string_equal(words_time(a, en, 5 * 60), "12:05am");
	assert_string_equal(words_time(a, en, 12 * 3600), "midday");
	assert_string_equal(words_time(a, cy, 0), "hanner nos");
	assert_string_equal(words_date_time(a, en, d, 9 * 3600), "9am on 2 March 2026");
}

static void
lengths_of_time_are_said_in_two_units(void **state)
{
	struct arena *a = testing_arena();
	const struct words *en = words_of("en");

	(void)state;
	assert_string_equal(words_duration(a, en, 59), "0 minutes");
	assert_string_equal(
		words_duration(a, en, 3600 * 3 + 60 * 20), "3 hours 20 minutes");
	assert_string_equal(words_duration(a, en, 86400 + 60), "1 day");
	assert_string_equal(words_relative(a, en, -7200), "2 hours ago");
	assert_string_equal(words_relative(a, en, 60), "in 1 minute");
	assert_string_equal(words_relative(a, en, 3), "just now");
}

static void
money_and_numbers(void **state)
{
	struct arena *a = testing_arena();

	(void)state;
	assert_string_equal(words_money(a, 1250), "£12.50");
	assert_string_equal(words_money(a, -123400), "-£1,234");
	assert_string_equal(words_number(a, INT64_MIN), "-9,223,372,036,854,775,808");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_language_is_found_by_its_tag),
		cmocka_unit_test(keys_stored_as_data_are_found),
		cmocka_unit_test(plural_forms_follow_the_language),
		cmocka_unit_test(dates_and_times_follow_the_style_guide),
		cmocka_unit_test(lengths_of_time_are_said_in_two_units),
		cmocka_unit_test(money_and_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
