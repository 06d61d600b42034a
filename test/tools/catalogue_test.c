/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "../tools/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADER                                                                      \
	"msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n" \
	"\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n"

static struct po
parsed(const char *text)
{
	return po_parse(testing_arena(), "x.po", bytes_of(text));
}

static void
entries_are_read_with_escapes_and_forms(void **state)
{
	struct po po = parsed(
		HEADER "#. a comment\n#, fuzzy\nmsgid \"a.b\"\nmsgstr \"one \"\n"
		       "\"\\\"two\\\"\\n\"\n\n#~ msgid \"old\"\n#~ msgstr \"x\"\n"
		       "msgid \"c\"\nmsgid_plural \"c\"\nmsgstr[0] \"x\"\n"
		       "msgstr[1] \"y\"\n");

	(void)state;
	assert_null(po.wrong);
	assert_int_equal(po.count, 2);
	assert_string_equal(po.at[0].key, "a.b");
	assert_string_equal(po.at[0].forms[0], "one \"two\"\n");
	assert_true(po.at[0].fuzzy);
	assert_int_equal(po.at[0].line, 8);
	assert_false(po.at[1].fuzzy);
	assert_string_equal(po.at[1].forms[1], "y");
	assert_string_equal(po_field(testing_arena(), &po, "plural-forms"),
		"nplurals=2; plural=(n != 1);");
}

static void
what_is_no_catalogue_is_refused_with_its_line(void **state)
{
	static const char *const cases[][2] = {
		{"msgid \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n", "x.po:2: a msgid without"},
		{"msgstr \"a\"\n", "x.po:1: a msgstr without"},
		{"msgid \"a\"\nmsgstr \"a\\q\"\n", "x.po:2: an escape"},
		{"msgid \"a\"\nmsgstr \"a\"b\"\n", "x.po:2: a double quote"},
		{"msgid a\n", "x.po:1: a text in double quotes"},
		{"msgctxt \"x\"\n", "x.po:1: neither"},
		{"msgid \"a\"\nmsgstr[0] \"x\"\n", "x.po:2: a plural form"},
		{"msgid \"a\"\nmsgid_plural \"a\"\nmsgstr[9] \"x\"\n",
			"x.po:3: a plural"},
		{"msgid \"a\"\nmsgstr \"x\"\nmsgstr \"y\"\n", "x.po:3: the same form"},
		{"msgid \"\xff\"\n", "not UTF-8"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct po po = parsed(cases[i][0]);

		assert_non_null(po.wrong);
		if (!strstr(po.wrong, cases[i][1]))
			fail_msg("%s: %s", cases[i][0], po.wrong);
	}
}

static void
messages_are_cut_into_pieces(void **state)
{
	struct message m = message_parse(
		testing_arena(), "a < {name}, {{x} {link:b {n}} c}");

	(void)state;
	assert_null(m.wrong);
	assert_int_equal(m.count, 8);
	assert_string_equal(m.at[0].text, "a < ");
	assert_string_equal(m.at[0].html, "a &lt; ");
	assert_int_equal(m.at[1].kind, PIECE_VALUE);
	assert_string_equal(m.at[2].text, ", {x} ");
	assert_int_equal(m.at[3].kind, PIECE_OPEN);
	assert_string_equal(m.at[5].text, "n");
	assert_int_equal(m.at[6].kind, PIECE_CLOSE);
	assert_string_equal(m.at[7].text, " c}");
	assert_non_null(message_parse(testing_arena(), "{").wrong);
	assert_non_null(message_parse(testing_arena(), "{a b}").wrong);
	assert_non_null(message_parse(testing_arena(), "{a:b").wrong);
	assert_non_null(message_parse(testing_arena(), "{A}").wrong);
}

/* How many complaints English, and then another language, give. */
static int
complaints(const char *english, const char *other)
{
	struct catalogue c = {.arena = testing_arena()};
	const char *const texts[] = {english, other};

	for (int i = 0; i < 2; i++) {
		char path[] = "/tmp/portreeve-catalogue-XXXXXX";
		char *paths[] = {path};
		FILE *f = fdopen(mkstemp(path), "w");

		assert_non_null(f);
		fprintf(f, "%s%s", HEADER, texts[i]);
		fclose(f);
		catalogue_read(&c, i ? "cy" : "en", paths, 1);
		unlink(path);
	}
	return c.wrongs;
}

static void
english_is_complete_and_the_others_are_like_it(void **state)
{
	static const struct {
		const char *english, *other;
		int wrongs;
	} cases[] = {
		{"msgid \"a\"\nmsgstr \"x {n}\"\n", "msgid \"a\"\nmsgstr \"{n} y\"\n", 0},
		{"msgid \"a\"\nmsgstr \"x\"\n", "msgid \"a\"\nmsgstr \"\"\n", 0},
		{"msgid \"a\"\nmsgstr \"x\"\n", "#, fuzzy\nmsgid \"a\"\nmsgstr \"{z}\"\n",
			0},
		{"msgid \"a\"\nmsgstr \"\"\n", "", 1},
		{"msgid \"a\"\nmsgstr \"x\"\nmsgid \"a\"\nmsgstr \"x\"\n", "", 2},
		{"msgid \"A b\"\nmsgstr \"x\"\n", "", 1},
		{"", "msgid \"a\"\nmsgstr \"x\"\n", 1},
		{"msgid \"a\"\nmsgstr \"x\"\n", "msgid \"a\"\nmsgstr \"{z}\"\n", 1},
		{"msgid \"a\"\nmsgstr \"x\\n\"\n", "", 1},
		{"msgid \"a\"\nmsgstr \"{x\"\n", "", 1},
		{"msgid \"a\"\nmsgid_plural \"a\"\nmsgstr[0] \"{n} x\"\n", "", 1},
		{"msgid \"a\"\nmsgid_plural \"a\"\nmsgstr[0] \"x\"\nmsgstr[1] \"y\"\n",
			"", 1},
		{"msgid \"a\"\nmsgid_plural \"a\"\nmsgstr[0] \"x\"\nmsgstr[1] \"{n}\"\n",
			"msgid \"a\"\nmsgstr \"{n} y\"\n", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (complaints(cases[i].english, cases[i].other) != cases[i].wrongs)
			fail_msg(
				"case %zu: %s / %s", i, cases[i].english, cases[i].other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_are_read_with_escapes_and_forms),
		cmocka_unit_test(what_is_no_catalogue_is_refused_with_its_line),
		cmocka_unit_test(messages_are_cut_into_pieces),
		cmocka_unit_test(english_is_complete_and_the_others_are_like_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
