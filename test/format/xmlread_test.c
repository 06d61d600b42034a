/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/xml.h"

#include "format/xmlout.h"
#include "testing.h"

#include <string.h>

static const struct xml *
read(const char *text, const char **problem)
{
	return xml_read(testing_arena(), bytes_of(text), problem);
}

static void
elements_and_their_text_are_read(void **state)
{
	const char *problem;
	const struct xml *x = read(
		"<?xml version='1.0'?><a> x <b>&lt;&#233;&amp;"
		"<![CDATA[<c>]]></b><!-- no --><b/>\n<d e='f'>1</d></a>",
		&problem);
	const struct xml *b = xml_child(x, "b");

	(void)state;
	assert_null(problem);
	assert_string_equal(x->name, "a");
	assert_string_equal(b->text, "<é&<c>");
	assert_string_equal(xml_again(b)->text, "");
	assert_null(xml_again(xml_again(b)));
	assert_string_equal(xml_words(testing_arena(), x, "d"), "1");
	assert_string_equal(xml_words(testing_arena(), x, "none"), "");
	assert_string_equal(xml_words(testing_arena(), NULL, "d"), "");
}

static void
other_encodings_become_utf8(void **state)
{
	const char *problem;
	const struct xml *x = read(
		"<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>", &problem);

	(void)state;
	assert_string_equal(x->text, "é");
	assert_null(read("<a>\xe9</a>", &problem));
	assert_non_null(problem);
}

/* What makes a small text large, or reaches elsewhere. */
static void
document_types_and_entities_are_refused(void **state)
{
	static const char *const texts[] = {
		"<!DOCTYPE a><a/>",
		"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
		"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
		"<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>",
		"<a>&x;</a>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *problem = NULL;

		assert_null(read(texts[i], &problem));
		assert_non_null(problem);
	}
}

static const char *
nested(int depth)
{
	struct buffer b = buffer_in(testing_arena(), 0);

	for (int i = 0; i < depth; i++)
		buffer_text_add(&b, "<a>");
	for (int i = 0; i < depth; i++)
		buffer_text_add(&b, "</a>");
	return buffer_text(&b);
}

static void
depth_and_number_are_bounded(void **state)
{
	struct buffer b = buffer_in(testing_arena(), 0);
	const char *problem;

	(void)state;
	assert_non_null(read(nested(XML_DEPTH), &problem));
	assert_null(read(nested(XML_DEPTH + 1), &problem));
	assert_non_null(strstr(problem, "nested"));
	assert_null(read(nested(100000), &problem));
	buffer_text_add(&b, "<a>");
	for (int i = 0; i <= XML_ELEMENTS; i++)
		buffer_text_add(&b, "<b/>");
	buffer_text_add(&b, "</a>");
	assert_null(read(buffer_text(&b), &problem));
	assert_non_null(strstr(problem, "too many"));
}

static void
what_is_not_well_formed_is_named_with_its_line(void **state)
{
	const char *problem;

	(void)state;
	assert_null(read("<a>\n\n<b></a>", &problem));
	assert_memory_equal(problem, "line 3: ", 8);
	assert_null(read("", &problem));
	assert_non_null(problem);
	assert_null(read("<a/><b/>", &problem));
}

static void
what_is_written_reads_back(void **state)
{
	static const char text[] = "a\r\nb\t<&>\"' – \x01\x7f\xef\xbf\xbf Twŷn";
	struct buffer b = buffer_in(testing_arena(), 0);
	struct xmlout out = xmlout_to(&b);
	const char *problem;
	const struct xml *x;

	(void)state;
	xmlout_begin(&out, "list");
	xmlout_text(&out, "one", text);
	xmlout_text(&out, "none", NULL);
	xmlout_end(&out);
	x = read(buffer_text(&b), &problem);
	assert_null(problem);
	assert_string_equal(xml_child(x, "one")->text, "a\r\nb\t<&>\"' – \x7f Twŷn");
	assert_string_equal(xml_child(x, "none")->text, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_and_their_text_are_read),
		cmocka_unit_test(other_encodings_become_utf8),
		cmocka_unit_test(document_types_and_entities_are_refused),
		cmocka_unit_test(depth_and_number_are_bounded),
		cmocka_unit_test(what_is_not_well_formed_is_named_with_its_line),
		cmocka_unit_test(what_is_written_reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
