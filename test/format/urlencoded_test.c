/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "format/urlencoded.h"

#include <string.h>

/* "name=value|name=value", or "refused". */
static const char *
parsed(struct bytes in)
{
	struct buffer out = buffer_in(testing_arena(), 0);
	struct pairs p;

	if (!urlencoded_parse(testing_arena(), in, &p)) {
		assert_int_equal(p.count, 0);
		return "refused";
	}
	for (int i = 0; i < p.count; i++)
		buffer_printf(&out, "%s%s=%s", i ? "|" : "", p.at[i].name, p.at[i].value);
	return buffer_text(&out);
}

static void
fields_are_read_as_browsers_write_them(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"a=1", "a=1"},
		{"a=1&b=2&a=3", "a=1|b=2|a=3"},
		{"name=Ann+Lee&town=Caff%C3%A9", "name=Ann Lee|town=Caffé"},
		{"a", "a="},
		{"a&b", "a=|b="},
		{"=", "="},
		{"=x", "=x"},
		{"&&a=1&&", "a=1"},
		{"a=b=c", "a=b=c"},
		{"a%3Db=c%26d", "a=b=c&d"},
		{"a=1%2B1+%252", "a=1+1 %2"},
		{"a=%0D%0A", "a=\r\n"},
		{"a%5B%5D=1&a%5b%5d=2", "a[]=1|a[]=2"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(parsed(bytes_of(cases[i][0])), cases[i][1]);
}

static void
bad_escapes_stay_as_they_are(void **state)
{
	static const char *const cases[][2] = {
		{"a=100%", "a=100%"},
		{"a=5%4", "a=5%4"},
		{"a=%zz%4g", "a=%zz%4g"},
		{"a=%%41", "a=%A"},
		{"%=%", "%=%"},
		{"a=%u20AC", "a=%u20AC"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(parsed(bytes_of(cases[i][0])), cases[i][1]);
}

static void
what_is_not_text_is_refused(void **state)
{
	static const char *const cases[] = {
		"a=%00", "%00=a", "a=%C3", "a=\xFF", "a=%ED%A0%80", "a=1&b=%C0%80"};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(parsed(bytes_of(cases[i])), "refused");
	assert_string_equal(
		parsed((struct bytes){(const unsigned char *)"a=b\0c", 5}), "refused");
}

/* `times` copies of a text. */
static struct bytes
repeated(const char *text, size_t times)
{
	struct buffer b = buffer_in(testing_arena(), strlen(text) * times);

	for (size_t i = 0; i < times; i++)
		buffer_text_add(&b, text);
	return buffer_bytes(&b);
}

static void
counts_and_sizes_are_limited(void **state)
{
	struct pairs p;

	(void)state;
	assert_true(urlencoded_parse(testing_arena(), repeated("a&", 1000), &p));
	assert_int_equal(p.count, 1000);
	assert_string_equal(p.at[999].name, "a");
	assert_false(urlencoded_parse(testing_arena(), repeated("a&", 1001), &p));
	assert_true(urlencoded_parse(testing_arena(), repeated("&", 100000), &p));
	assert_int_equal(p.count, 0);

	assert_true(urlencoded_parse(testing_arena(), repeated("%41", 256), &p));
	assert_false(urlencoded_parse(testing_arena(), repeated("%41", 257), &p));
	assert_true(urlencoded_parse(
		testing_arena(), repeated("=", URLENCODED_VALUE + 1), &p));
	assert_false(urlencoded_parse(
		testing_arena(), repeated("=", URLENCODED_VALUE + 2), &p));
}

static void
a_path_keeps_its_plus_signs(void **state)
{
	struct arena *a = testing_arena();

	(void)state;
	assert_string_equal(
		urlencoded_decode(a, bytes_of("/a+b/%C3%A9%2f%")), "/a+b/é/%");
	assert_null(urlencoded_decode(a, bytes_of("/%00")));
	assert_null(urlencoded_decode(a, bytes_of("/%E9")));
}

static void
every_text_survives_encoding(void **state)
{
	char all[256];
	struct pairs p;
	const char *encoded;

	(void)state;
	assert_string_equal(urlencoded_encode(testing_arena(), "a-Z.0_9~ /é?&=#%+\"<'"),
		"a-Z.0_9~%20%2F%C3%A9%3F%26%3D%23%25%2B%22%3C%27");
	for (int i = 1; i < 128; i++)
		all[i - 1] = (char)i;
	all[127] = 0;
	encoded = urlencoded_encode(testing_arena(), all);
	assert_string_equal(urlencoded_decode(testing_arena(), bytes_of(encoded)), all);
	assert_true(urlencoded_parse(testing_arena(), bytes_of(encoded), &p));
	assert_int_equal(p.count, 1);
	assert_string_equal(p.at[0].name, all);
}

static void
the_first_pair_of_a_name_is_found(void **state)
{
	struct pairs p;

	(void)state;
	assert_true(urlencoded_parse(testing_arena(), bytes_of("b=0&a=1&a=2"), &p));
	assert_string_equal(pairs_get(&p, "a"), "1");
	assert_null(pairs_get(&p, "c"));
	assert_null(pairs_get(&(struct pairs){0}, "a"));
}

static void
pairs_in_a_column_are_short_and_come_back(void **state)
{
	struct pairs p = {NULL, 0};
	struct pairs back;
	const char *text;

	(void)state;
	pairs_add(testing_arena(), &p, "from", "Waste & Recycling");
	pairs_add(testing_arena(), &p, "a=b", "1+1 is 100%");
	pairs_add(testing_arena(), &p, "\xC3\xA9t\xC3\xA9", "29/2/2016 01:16\n");
	pairs_add(testing_arena(), &p, "nothing", NULL);
	text = urlencoded_write(testing_arena(), &p);
	assert_string_equal(text, "from=Waste+%26+Recycling&a%3Db=1%2B1+is+100%25&"
				  "\xC3\xA9t\xC3\xA9=29/2/2016+01:16%0A&nothing=");
	back = urlencoded_read(testing_arena(), text);
	assert_int_equal(back.count, p.count);
	for (int i = 0; i < p.count; i++) {
		assert_string_equal(back.at[i].name, p.at[i].name);
		assert_string_equal(back.at[i].value, p.at[i].value ? p.at[i].value : "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_in_a_column_are_short_and_come_back),
		cmocka_unit_test(fields_are_read_as_browsers_write_them),
		cmocka_unit_test(bad_escapes_stay_as_they_are),
		cmocka_unit_test(what_is_not_text_is_refused),
		cmocka_unit_test(counts_and_sizes_are_limited),
		cmocka_unit_test(a_path_keeps_its_plus_signs),
		cmocka_unit_test(every_text_survives_encoding),
		cmocka_unit_test(the_first_pair_of_a_name_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
