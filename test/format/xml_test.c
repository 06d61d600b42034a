/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/xml.h"

#include "base/buffer.h"
#include "testing.h"

#include <string.h>

static const struct xml *
read_text(const char *text, const char **problem)
{
	return xml_read(testing_arena(), bytes_of(text), problem);
}

static void
elements_are_read_in_order(void **state)
{
	const char *problem;
	const struct xml *v = read_text("<?xml version=\"1.0\"?><a><b> x &amp; y </b>"
					"<!-- no --><c d=\"e\">1</c><c>2</c></a>",
		&problem);

	(void)state;
	assert_non_null(v);
	assert_string_equal(v->name, "a");
	assert_string_equal(xml_words(testing_arena(), v, "b"), "x & y");
	assert_string_equal(xml_child(v, "c")->text, "1");
	assert_string_equal(xml_again(xml_child(v, "c"))->text, "2");
	assert_null(xml_again(xml_again(xml_child(v, "c"))));
	assert_string_equal(xml_words(testing_arena(), v, "none"), "");
}

static void
nothing_is_declared_and_nothing_is_fetched(void **state)
{
	static const char *const refused[] = {
		"<!DOCTYPE a><a/>",
		"<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
		"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
		"<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1/\"> %p;]><a/>",
		"<!DOCTYPE a SYSTEM \"http://127.0.0.1/a.dtd\"><a/>",
		"<a>&x;</a>",
		"<a><b></a></b>",
		"<a/><b/>",
		"",
	};
	const char *problem;

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		problem = NULL;
		if (read_text(refused[i], &problem))
			fail_msg("read: %s", refused[i]);
		assert_non_null(problem);
	}
}

static void
depth_is_bounded(void **state)
{
	struct buffer b = buffer_in(testing_arena(), 0);
	const char *problem;

	(void)state;
	for (int i = 0; i < XML_DEPTH + 1; i++)
		buffer_literal(&b, "<a>");
	for (int i = 0; i < XML_DEPTH + 1; i++)
		buffer_literal(&b, "</a>");
	assert_null(read_text(buffer_text(&b), &problem));
	assert_non_null(problem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_are_read_in_order),
		cmocka_unit_test(nothing_is_declared_and_nothing_is_fetched),
		cmocka_unit_test(depth_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
