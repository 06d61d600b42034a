/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "format/parameter.h"

/* The value of the parameter `n`, "absent" or "ill". */
static const char *
value_of_n(const char *header)
{
	struct bytes value;

	switch (parameter_find(testing_arena(), bytes_of(header), "n", &value)) {
	case PARAMETER_ABSENT: return "absent";
	case PARAMETER_ILL: return "ill";
	case PARAMETER_FOUND: break;
	}
	return bytes_text_lossy(testing_arena(), value);
}

static void
parameters_are_found_in_any_spelling(void **state)
{
	static const char *const cases[][2] = {
		{"", "absent"},
		{"text/html", "absent"},
		{"text/html;", "absent"},
		{"text/html; n=1", "1"},
		{"text/html;N=1", "1"},
		{" text/html ; m=2 ; n = 1 ; o=3", "1"},
		{"form-data; n=\"a b;c\"; m=x", "a b;c"},
		{"form-data; n=\"\"", ""},
		{"form-data; n=\"say \\\"hi\\\"\"", "say \"hi\""},
		{"form-data; n=\"C:\\tmp\\\\x.txt\"", "C:\\tmp\\x.txt"},
		{"form-data; m=\"; n=1\"; n=2", "2"},
		{"form-data; n=1;", "1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(value_of_n(cases[i][0]), cases[i][1]);
}

static void
ill_parameters_are_told_from_absent_ones(void **state)
{
	static const char *const cases[] = {
		"x; n",
		"x; n=",
		"x; n=\"open",
		"x; n=\"open\\\"",
		"x; n=a b",
		"x; n=\"a\"b",
		"x; n=1; n=1",
		"x; =1",
		"x;; n=1",
		"x; m=(c); n=1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(value_of_n(cases[i]), "ill");
}

static void
the_main_part_stands_before_the_parameters(void **state)
{
	(void)state;
	assert_true(bytes_equal(
		parameter_main(bytes_of(" text/html ; n=1")), bytes_of("text/html")));
	assert_true(bytes_equal(parameter_main(bytes_of("a/b")), bytes_of("a/b")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_are_found_in_any_spelling),
		cmocka_unit_test(ill_parameters_are_told_from_absent_ones),
		cmocka_unit_test(the_main_part_stands_before_the_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
