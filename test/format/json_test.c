/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "base/times.h"
#include "format/json.h"
#include "format/jsonout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
write_value(struct jsonout *j, const struct json *v)
{
	switch (v->kind) {
	case JSON_KIND_NULL: jsonout_null(j); break;
	case JSON_KIND_TRUTH: jsonout_truth(j, v->truth); break;
	case JSON_KIND_WHOLE: jsonout_whole(j, v->whole); break;
	case JSON_KIND_REAL: jsonout_real(j, v->real); break;
	case JSON_KIND_TEXT: jsonout_text(j, v->text); break;
	case JSON_KIND_LIST:
		jsonout_list(j);
		for (int i = 0; i < v->count; i++)
			write_value(j, &v->items[i]);
		jsonout_end(j);
		break;
	case JSON_KIND_RECORD:
		jsonout_record(j);
		for (int i = 0; i < v->count; i++) {
			jsonout_name(j, v->members[i].name);
			write_value(j, &v->members[i].value);
		}
		jsonout_end(j);
		break;
	}
}

/* The value written again, or the problem. */
static const char *
rewritten(struct bytes in)
{
	struct buffer b = buffer_in(testing_arena(), 0);
	struct jsonout j = jsonout_to(&b);
	const char *problem;
	const struct json *v = json_read(testing_arena(), in, &problem);

	assert_true((v == NULL) == (problem != NULL));
	if (!v)
		return problem;
	write_value(&j, v);
	return buffer_text(&b);
}

static void
values_survive_reading_and_writing(void **state)
{
	static const char *const cases[][2] = {
		{"null", "null"},
		{" [ true , false ] ", "[true,false]"},
		{"{}", "{}"},
		{"[]", "[]"},
		{"{\"b\":1,\"a\":{\"c\":[[],{}]}}", "{\"b\":1,\"a\":{\"c\":[[],{}]}}"},
		{"9223372036854775807", "9223372036854775807"},
		{"-9223372036854775808", "-9223372036854775808"},
		{"[0.1,1e3,-2.5E-3]", "[0.1,1000,-0.0025]"},
		{"\"\\u0041\\u00e9\\ud83d\\udea7\\/\"", "\"A\u00E9\U0001F6A7/\""},
		{"\"\\\"\\\\\\n\\r\\t\\b\\f\\u001f\"",
			"\"\\\"\\\\\\n\\r\\t\\u0008\\u000c\\u001f\""},
		{"\"</script>&\"", "\"\\u003c/script\\u003e\\u0026\""},
		{"\"\u2028\u2029\u202A\"", "\"\\u2028\\u2029\u202A\""},
		{"{\"\":\"\"}", "{\"\":\"\"}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(rewritten(bytes_of(cases[i][0])), cases[i][1]);
}

static void
ill_bodies_are_refused_with_the_place(void **state)
{
	static const char *const cases[][2] = {
		{"", "there is no JSON"},
		{" \r\n", "there is no JSON"},
		{"{\"a\":1,\n \"a\":2}",
			"line 2, column 4: duplicate object key near '\"a\"'"},
		{"{\"a\":}", "line 1, column 6: unexpected token near '}'"},
		{"{a:1}", "line 1, column 2: string or '}' expected near 'a'"},
		{"[1,]", "line 1, column 4: unexpected token near ']'"},
		{"[1", "line 1, column 2: ']' expected near end of file"},
		{"1 2", "line 1, column 3: end of file expected near '2'"},
		{"\"a\\u0000b\"", "line 1, column 10: U+0000 is not allowed"},
		{"{\"a\\u0000b\":1}", "line 1, column 11: U+0000 is not allowed"},
		{"9223372036854775808",
			"line 1, column 19: too big integer near '9223372036854775808'"},
		{"NaN", "line 1, column 3: invalid token near 'NaN'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(rewritten(bytes_of(cases[i][0])), cases[i][1]);
}

static void
only_text_is_read(void **state)
{
	static const char *const cases[] = {"\"\xFF\"", "\"\xC3\"", "\"\xED\xA0\x80\"",
		"\"\\ud800\"", "\"\\udc00\"", "{\"\xFF\":1}", "\"a\tb\"",
		"\xEF\xBB\xBF{}"};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *problem = rewritten(bytes_of(cases[i]));

		assert_memory_equal(problem, "line 1, column ", 15);
		assert_true(bytes_are_text(bytes_of(problem)));
	}
	assert_memory_equal(
		rewritten((struct bytes){(const unsigned char *)"\"a\0\"", 4}), "line",
		4);
}

static const char *
repeated(const char *text, int times)
{
	struct buffer b = buffer_in(testing_arena(), 0);

	for (int i = 0; i < times; i++)
		buffer_text_add(&b, text);
	return buffer_text(&b);
}

static void
depth_and_count_are_bounded(void **state)
{
	struct arena *a = testing_arena();
	const char *deep = arena_printf(
		a, "%s%s", repeated("[", JSON_DEPTH), repeated("]", JSON_DEPTH));
	const char *many = arena_printf(a, "[%s0]", repeated("0,", JSON_VALUES - 2));

	(void)state;
	assert_string_equal(rewritten(bytes_of(deep)), deep);
	assert_string_equal(rewritten(bytes_of(repeated("[", JSON_DEPTH + 1))),
		"line 1, column 33: nested too deeply");
	assert_string_equal(rewritten(bytes_of(repeated("{\"a\":", 100000))),
		"line 1, column 161: nested too deeply");
	assert_string_equal(rewritten(bytes_of("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
					       "\\\"[[[\"")),
		"\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[\"");
	assert_string_equal(rewritten(bytes_of(many)), many);
	assert_non_null(strstr(rewritten(bytes_of(arena_printf(
				       a, "[%s0]", repeated("0,", JSON_VALUES)))),
		"too many values"));
}

static void
questions_may_be_asked_of_anything(void **state)
{
	const char *problem;
	const struct json *v = json_read(testing_arena(),
		bytes_of("{\"a\":{\"b\":\"c\"},\"n\":5,\"r\":5.0,\"z\":null}"), &problem);
	int64_t n = 0;

	(void)state;
	assert_string_equal(json_words(json_get(json_get(v, "a"), "b")), "c");
	assert_null(json_words(json_get(json_get(v, "x"), "b")));
	assert_null(json_words(json_get(v, "a")));
	assert_null(json_get(json_get(v, "n"), "b"));
	assert_true(json_number(json_get(v, "n"), &n));
	assert_int_equal(n, 5);
	assert_false(json_number(json_get(v, "r"), &n));
	assert_false(json_number(NULL, &n));
	assert_true(json_none(json_get(v, "z")));
	assert_true(json_none(json_get(v, "y")));
	assert_false(json_none(json_get(v, "n")));
}

static void
a_record_is_written_member_by_member(void **state)
{
	struct buffer b = buffer_in(testing_arena(), 0);
	struct jsonout j = jsonout_to(&b);

	(void)state;
	jsonout_record(&j);
	jsonout_member(&j, "reference", "7KM-39Q-XAT");
	jsonout_member(&j, "none", NULL);
	jsonout_member_id(&j, "id", INT64_MAX);
	jsonout_member_whole(&j, "count", -3);
	jsonout_member_truth(&j, "open", true);
	jsonout_member_instant(&j, "due", 0);
	jsonout_member_instant(&j, "closed", TIMES_NONE);
	jsonout_name(&j, "events");
	jsonout_list(&j);
	jsonout_record(&j);
	jsonout_end(&j);
	jsonout_real(&j, INFINITY);
	jsonout_end(&j);
	jsonout_end(&j);
	assert_string_equal(buffer_text(&b),
		"{\"reference\":\"7KM-39Q-XAT\",\"none\":null,"
		"\"id\":\"9223372036854775807\",\"count\":-3,\"open\":true,"
		"\"due\":\"1970-01-01T00:00:00Z\",\"closed\":null,"
		"\"events\":[{},null]}");
}

static void
reals_read_back_the_same(void **state)
{
	static const double cases[] = {0.0, 0.1, 1.0 / 3, 1e300, 5e-324, -123456.789,
		9007199254740993.0, 51.501364};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buffer b = buffer_in(testing_arena(), 0);
		struct jsonout j = jsonout_to(&b);

		jsonout_real(&j, cases[i]);
		assert_true(strtod(buffer_text(&b), NULL) == cases[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_survive_reading_and_writing),
		cmocka_unit_test(ill_bodies_are_refused_with_the_place),
		cmocka_unit_test(only_text_is_read),
		cmocka_unit_test(depth_and_count_are_bounded),
		cmocka_unit_test(questions_may_be_asked_of_anything),
		cmocka_unit_test(a_record_is_written_member_by_member),
		cmocka_unit_test(reals_read_back_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
