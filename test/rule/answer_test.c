/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "rule/answer.h"

#include <string.h>

static const struct date today = {2026, 3, 2};

/* The verdict on an answer whose parts are separated by '|', to a field written as in
 * the grammar: the stored text, or the problem and the parts at fault. */
static const char *
verdict_on(const char *field, const char *answer)
{
	struct arena *a = testing_arena();
	struct bytes rest = bytes_of(answer);
	const char *parts[8];
	struct answer given = {parts, 0};
	struct form_error e;
	struct verdict v;
	struct form f;

	if (!form_parse(a, arena_printf(a, "f:%s", field), &f, &e))
		fail_msg("%s: %d: %s", field, e.at, e.what);
	for (bool more = true; more;) {
		struct bytes part = bytes_cut(&rest, '|');

		/* A part whose mark was cut off is followed by another. */
		more = part.at + part.len != rest.at;
		parts[given.count++] = arena_text(a, part.at, part.len);
	}
	v = answer_check(a, f.fields, &given, today);
	assert_true((v.text == NULL) == (v.problem != NULL));
	if (v.parts)
		return arena_printf(a, "%s %u", v.problem, v.parts);
	return v.text ? v.text : v.problem;
}

struct row {
	const char *field, *answer, *expected;
};

static void
check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *got = verdict_on(rows[i].field, rows[i].answer);

		if (strcmp(got, rows[i].expected) != 0)
			fail_msg("%s \"%s\": expected \"%s\", got \"%s\"", rows[i].field,
				rows[i].answer, rows[i].expected, got);
	}
}

#define CHECK(rows) check_rows(rows, sizeof rows / sizeof *rows)

static void
no_answer_is_a_problem_only_where_one_is_required(void **state)
{
	static const struct row rows[] = {
		{"text", "", ""},
		{"text!", "", "problem.enter"},
		{"text!", " \t\u200B ", "problem.enter"},
		{"long!", "\r\n", "problem.enter"},
		{"point!", "", "problem.enter"},
		{"date!", "||", "problem.enter"},
		{"date", "||", ""},
		{"datetime!", "|||", "problem.enter"},
		{"address!", "||", "problem.enter"},
		{"choice(a;b)!", "", "problem.select"},
		{"multi(a;b)!", "|", "problem.select"},
		{"yesno!", "", "problem.select"},
		{"file!", "", "problem.upload"},
		{"decl!", "", "problem.tick"},
		{"decl!", "no", "problem.tick"},
		{"decl!", "on", "yes"},
		{"decl!", "maybe", "problem.tick"},
		{"decl", "", ""},
	};

	(void)state;
	CHECK(rows);
}

static void
no_parts_at_all_are_no_answer(void **state)
{
	struct form f;
	struct form_error e;

	(void)state;
	for (int type = 0; type < FIELD_TYPES; type++) {
		bool choices = type == FIELD_CHOICE || type == FIELD_MULTI;
		struct verdict v;

		assert_true(form_parse(testing_arena(),
			arena_printf(testing_arena(), "f:%s%s",
				form_type_word((enum field_type)type),
				choices ? "(a;b)" : ""),
			&f, &e));
		v = answer_check(testing_arena(), f.fields, &(struct answer){0}, today);
		assert_string_equal(v.text, "");
	}
}

static void
texts_are_made_plain_and_bounded(void **state)
{
	struct arena *a = testing_arena();
	char *most = arena_printf(a, "%0*d", ANSWER_TEXT, 0);
	char *longest = arena_printf(a, "%0*d", ANSWER_LONG, 0);
	static const struct row rows[] = {
		{"text", " by  the\r\npost ", "by the post"},
		{"name", "Si\u00E2n ap Dafydd", "Si\u00E2n ap Dafydd"},
		{"long", "one \r\n\r\ntwo\r\n", "one\n\ntwo"},
	};

	(void)state;
	CHECK(rows);
	assert_string_equal(verdict_on("text", most), most);
	assert_string_equal(
		verdict_on("text", arena_printf(a, "%s0", most)), "problem.text.long");
	assert_string_equal(verdict_on("long", longest), longest);
	assert_string_equal(
		verdict_on("long", arena_printf(a, "%s0", longest)), "problem.long.long");
}

static void
choices_are_those_of_the_form(void **state)
{
	static const struct row rows[] = {
		{"choice(A-board;skip)", "a-board", "A-board"},
		{"choice(A-board;skip)", " skip ", "skip"},
		{"choice(A-board;skip)", "tree", "problem.choice"},
		{"choice(ward list)", "St John's", "St John's"},
		{"choice(ward list)", "a;b", "problem.choice"},
		{"multi(a;b;c)", "c|a|c", "a;c"},
		{"multi(a;b;c)", "|b", "b"},
		{"multi(a;b;c)", "b|x", "problem.choice"},
		{"multi(site list)", "Z|A|Z", "Z;A"},
		{"yesno", "yes", "yes"},
		{"yesno", "No", "no"},
		{"yesno", "true", "yes"},
		{"yesno", "nage", "no"},
		{"yesno", "perhaps", "problem.yesno"},
	};

	(void)state;
	CHECK(rows);
}

static void
dates_are_read_in_parts_and_in_one(void **state)
{
	static const struct row rows[] = {
		{"date", "2|3|2026", "2026-03-02"},
		{"date", " 02 |March|2026", "2026-03-02"},
		{"date", "2nd|mar|2026", "2026-03-02"},
		{"date", "2|Mawrth|2026", "2026-03-02"},
		{"date", "29|2|2028", "2028-02-29"},
		{"date", "2026-03-02", "2026-03-02"},
		{"date", "2/3/2026", "2026-03-02"},
		{"date", "2.3.2026", "2026-03-02"},
		{"date", "2nd March, 2026", "2026-03-02"},
		{"date", "31 rhagfyr 2026", "2026-12-31"},
		{"date", "|3|2026", "problem.date.day 1"},
		{"date", "2||2026", "problem.date.month 2"},
		{"date", "2|3|", "problem.date.year 4"},
		{"date", "||2026", "problem.date.day_month 3"},
		{"date", "|3|", "problem.date.day_year 5"},
		{"date", "2||", "problem.date.month_year 6"},
		{"date", "2|3|26", "problem.date.digits 4"},
		{"date", "2|3|02026", "problem.date.digits 4"},
		{"date", "2|3|1066", "problem.date.digits 4"},
		{"date", "2/3/26", "problem.date.digits"},
		{"date", "30|2|2026", "problem.date.real"},
		{"date", "29|2|2027", "problem.date.real"},
		{"date", "0|1|2026", "problem.date.real"},
		{"date", "1|13|2026", "problem.date.real"},
		{"date", "1|0|2026", "problem.date.real"},
		{"date", "x|1|2026", "problem.date.real"},
		{"date", "1|ma|2026", "problem.date.real"},
		{"date", "1|marching|2026", "problem.date.real"},
		{"date", "1|1|99999999999999999999", "problem.date.real"},
		{"date", "tomorrow", "problem.date.real"},
		{"date", "2026-03", "problem.date.real"},
		{"date", "2026-03-02x", "problem.date.real"},
		{"date", "--", "problem.date.none"},
		{"dob", "2/3/2026", "2026-03-02"},
		{"dob", "3/3/2026", "problem.dob.future"},
		{"dob", "1/1/1890", "problem.dob.early"},
		{"dob", "31|12|1899", "1899-12-31"},
		{"dob", "1|1|", "problem.date.year 4"},
	};

	(void)state;
	CHECK(rows);
}

static void
times_of_day_are_read_as_people_say_them(void **state)
{
	static const struct row rows[] = {
		{"datetime", "2026-03-02T14:30", "2026-03-02T14:30"},
		{"datetime", "2026-03-02 14:30:59", "2026-03-02T14:30"},
		{"datetime", "2 March 2026 at 2.30 pm", "2026-03-02T14:30"},
		{"datetime", "2/3/2026, 9am", "2026-03-02T09:00"},
		{"datetime", "2026-03-02|0905", "2026-03-02T09:05"},
		{"datetime", "2|3|2026|12am", "2026-03-02T00:00"},
		{"datetime", "2|3|2026|12:15pm", "2026-03-02T12:15"},
		{"datetime", "2|3|2026|midnight", "2026-03-02T00:00"},
		{"datetime", "2|3|2026|Midday", "2026-03-02T12:00"},
		{"datetime", "2|3|2026|hanner dydd", "2026-03-02T12:00"},
		{"datetime", "2|3|2026|23:59", "2026-03-02T23:59"},
		{"datetime", "2|3|2026", "problem.time.none 8"},
		{"datetime", "2|3|2026|", "problem.time.none 8"},
		{"datetime", "2|3|2026|24:00", "problem.time.real 8"},
		{"datetime", "2|3|2026|9", "problem.time.real 8"},
		{"datetime", "2|3|2026|9:5", "problem.time.real 8"},
		{"datetime", "2|3|2026|9:60", "problem.time.real 8"},
		{"datetime", "2|3|2026|13pm", "problem.time.real 8"},
		{"datetime", "2|3|2026|0am", "problem.time.real 8"},
		{"datetime", "2|3|2026|14:30Z", "problem.time.real 8"},
		{"datetime", "2|3|2026|soon", "problem.time.real 8"},
		{"datetime", "2026-03-02", "problem.time.none"},
		{"datetime", "2026-03-02|", "problem.time.none 2"},
		{"datetime", "|||9am", "problem.date.none 7"},
		{"datetime", "2||2026|9am", "problem.date.month 2"},
		{"datetime", "2026-02-30T09:00", "problem.date.real"},
	};

	(void)state;
	CHECK(rows);
}

static void
numbers_and_money_are_exact(void **state)
{
	static const struct row rows[] = {
		{"number", "12", "12"},
		{"number", " 1,200.50 ", "1200.5"},
		{"number", "-0.000001", "-0.000001"},
		{"number", "\u22125", "-5"},
		{"number", "999999999999", "999999999999"},
		{"number", "1000000000000", "problem.number.large"},
		{"number", "99999999999999999999", "problem.number.large"},
		{"number", "0.0000001", "problem.number"},
		{"number", "twelve", "problem.number"},
		{"number", "1e9", "problem.number"},
		{"money", "\u00A3 1,234.50", "123450"},
		{"money", "1234.5", "123450"},
		{"money", "0", "0"},
		{"money", "999999999.99", "99999999999"},
		{"money", "1000000000", "problem.money.large"},
		{"money", "1.005", "problem.money.pence"},
		{"money", "-1", "problem.money"},
		{"money", "\u20AC5", "problem.money"},
		{"money", "1.234,50", "problem.money"},
	};

	(void)state;
	CHECK(rows);
}

static void
telephone_numbers_have_one_form(void **state)
{
	static const struct row rows[] = {
		{"phone", "0161 496 0000", "+441614960000"},
		{"phone", "(0161) 496-0000", "+441614960000"},
		{"phone", "+44 (0)161 496 0000", "+441614960000"},
		{"phone", "0044 161.496.0000", "+441614960000"},
		{"phone", "07700 900123", "+447700900123"},
		{"phone", "\u202A+44 7700\u00A0900123\u202C", "+447700900123"},
		{"phone", "016977 2345", "+44169772345"},
		{"phone", "0800 1111", "+448001111"},
		{"phone", "+353 1 234 5678", "+35312345678"},
		{"phone", "00 1 202 555 0100", "+12025550100"},
		{"phone", "496 0000", "problem.phone"},
		{"phone", "07700 90012", "problem.phone"},
		{"phone", "07700 9001234", "problem.phone"},
		{"phone", "0412 345 6789", "problem.phone"},
		{"phone", "999", "problem.phone"},
		{"phone", "+44", "problem.phone"},
		{"phone", "+", "problem.phone"},
		{"phone", "+0161 496 0000", "problem.phone"},
		{"phone", "+1234567890123456", "problem.phone"},
		{"phone", "0161 496 0000 ext 3", "problem.phone"},
		{"phone", "call me", "problem.phone"},
	};

	(void)state;
	CHECK(rows);
}

static void
email_addresses_have_the_right_shape(void **state)
{
	static const struct row rows[] = {
		{"email", " Ann.Lee@Example.ORG ", "Ann.Lee@example.org"},
		{"email", "o'neil+tag@a-b.example.co.uk", "o'neil+tag@a-b.example.co.uk"},
		{"email", "a@xn--caf-dma.example", "a@xn--caf-dma.example"},
		{"email", "ann", "problem.email"},
		{"email", "ann@", "problem.email"},
		{"email", "@example.org", "problem.email"},
		{"email", "ann@example", "problem.email"},
		{"email", "ann@example.", "problem.email"},
		{"email", "ann@.example.org", "problem.email"},
		{"email", "ann@exam..ple.org", "problem.email"},
		{"email", "ann@-example.org", "problem.email"},
		{"email", "ann@192.0.2.1", "problem.email"},
		{"email", "ann@[192.0.2.1]", "problem.email"},
		{"email", "ann@example.o", "problem.email"},
		{"email", ".ann@example.org", "problem.email"},
		{"email", "ann.@example.org", "problem.email"},
		{"email", "a..n@example.org", "problem.email"},
		{"email", "ann lee@example.org", "problem.email"},
		{"email", "ann@b@example.org", "problem.email"},
		{"email", "ann\r\nBcc:x@example.org", "problem.email"},
		{"email", "\"ann\"@example.org", "problem.email"},
		{"email", "Ann <ann@example.org>", "problem.email"},
		{"email", "\u00E9@example.org", "problem.email"},
	};
	struct arena *a = testing_arena();

	(void)state;
	CHECK(rows);
	assert_string_equal(verdict_on("email", arena_printf(a, "%065d@example.org", 0)),
		"problem.email");
	assert_string_equal(
		verdict_on("email", arena_printf(a, "a@%064d.org", 0)), "problem.email");
}

static void
identifiers_have_one_form(void **state)
{
	static const struct row rows[] = {
		{"nino", "ab 12 34 56 c", "AB123456C"},
		{"nino", "AB123456C", "AB123456C"},
		{"nino", "QQ123456C", "problem.nino"},
		{"nino", "BG123456A", "problem.nino"},
		{"nino", "AO123456A", "problem.nino"},
		{"nino", "AB123456E", "problem.nino"},
		{"nino", "AB123456", "problem.nino"},
		{"nino", "AB12345C", "problem.nino"},
		{"nino", "A1123456C", "problem.nino"},
		{"reg", "ab12 cde", "AB12CDE"},
		{"reg", "A1", "A1"},
		{"reg", "ABZ-1234", "ABZ1234"},
		{"reg", "A", "problem.registration"},
		{"reg", "AB12CDE1234", "problem.registration"},
		{"reg", "AB12 CD\u00C9", "problem.registration"},
		{"uprn", "100 023 336 956", "100023336956"},
		{"uprn", "000010033544614", "10033544614"},
		{"uprn", "1234567890123", "problem.uprn"},
		{"uprn", "0", "problem.uprn"},
		{"uprn", "12a", "problem.uprn"},
	};

	(void)state;
	CHECK(rows);
}

static void
points_lie_in_the_united_kingdom(void **state)
{
	static const struct row rows[] = {
		{"point", "51.5013641, -0.14189", "51.501364,-0.141890"},
		{"point", "49,-9", "49.000000,-9.000000"},
		{"point", "61,2.1", "61.000000,2.100000"},
		{"point", "48.999999,0", "problem.point.outside"},
		{"point", "61.000001,0", "problem.point.outside"},
		{"point", "55,-9.000001", "problem.point.outside"},
		{"point", "55,2.100001", "problem.point.outside"},
		{"point", "-0.14189,51.5", "problem.point.outside"},
		{"point", "0,0", "problem.point.outside"},
		{"point", "51.5", "problem.point.shape"},
		{"point", "51.5,", "problem.point.shape"},
		{"point", "51.5,-0.1,3", "problem.point.shape"},
		{"point", "nan,nan", "problem.point.shape"},
		{"point", "5e1,0", "problem.point.shape"},
		{"point", "99999999999999999999,0", "problem.point.shape"},
	};

	(void)state;
	CHECK(rows);
}

static void
addresses_say_what_they_lack(void **state)
{
	static const struct row rows[] = {
		{"address", "1 High St||Anytown||ab1 2de", "1 High St\nAnytown\nAB1 2DE"},
		{"address", "ab1 2de", "problem.address.line"},
		{"address", "1\n2\n3\n4\n5\n6\n7\n8\n9", "problem.address.long"},
	};

	(void)state;
	CHECK(rows);
}

static void
files_are_handles(void **state)
{
	static const struct row rows[] = {
		{"file", "a1-_|B2|a1-_", "a1-_;B2"},
		{"file", "../x", "problem.file"},
		{"file", "a;b", "problem.file"},
	};
	const char *parts[ANSWER_FILES + 1];
	struct answer many = {parts, 0};
	struct field f = {.name = "f", .type = FIELD_FILE};

	(void)state;
	CHECK(rows);
	for (; many.count < ANSWER_FILES; many.count++)
		parts[many.count] = arena_printf(testing_arena(), "%d", many.count);
	assert_string_equal(answer_check(testing_arena(), &f, &many, today).text,
		"0;1;2;3;4;5;6;7;8;9");
	parts[many.count++] = "x";
	assert_string_equal(answer_check(testing_arena(), &f, &many, today).problem,
		"problem.file.many");
}

/* What is stored is its own stored form, so a saved answer can be checked again. */
static void
stored_answers_stay_as_they_are(void **state)
{
	static const struct row rows[] = {
		{"point", "51.501364,-0.141890", "51.501364,-0.141890"},
		{"address", "1 High St\nAnytown\nAB1 2DE", "1 High St\nAnytown\nAB1 2DE"},
		{"uprn", "100023336956", "100023336956"},
		{"date", "2026-03-02", "2026-03-02"},
		{"datetime", "2026-03-02T14:30", "2026-03-02T14:30"},
		{"number", "-1234.5", "-1234.5"},
		{"phone", "+441614960000", "+441614960000"},
		{"phone", "+448001111", "+448001111"},
		{"email", "Ann@example.org", "Ann@example.org"},
		{"reg", "AB12CDE", "AB12CDE"},
		{"nino", "AB123456C", "AB123456C"},
		{"yesno", "no", "no"},
		{"decl", "yes", "yes"},
		{"long", "a\n\nb", "a\n\nb"},
	};

	(void)state;
	CHECK(rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_answer_is_a_problem_only_where_one_is_required),
		cmocka_unit_test(no_parts_at_all_are_no_answer),
		cmocka_unit_test(texts_are_made_plain_and_bounded),
		cmocka_unit_test(choices_are_those_of_the_form),
		cmocka_unit_test(dates_are_read_in_parts_and_in_one),
		cmocka_unit_test(times_of_day_are_read_as_people_say_them),
		cmocka_unit_test(numbers_and_money_are_exact),
		cmocka_unit_test(telephone_numbers_have_one_form),
		cmocka_unit_test(email_addresses_have_the_right_shape),
		cmocka_unit_test(identifiers_have_one_form),
		cmocka_unit_test(points_lie_in_the_united_kingdom),
		cmocka_unit_test(addresses_say_what_they_lack),
		cmocka_unit_test(files_are_handles),
		cmocka_unit_test(stored_answers_stay_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
