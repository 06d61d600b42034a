/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "rule/form.h"

#include <string.h>

static const char *
rewritten(const char *text)
{
	struct arena *a = testing_arena();
	struct buffer b = buffer_in(a, 0);
	struct form f;
	struct form_error e;

	if (!form_parse(a, text, &f, &e)) {
		assert_int_equal(f.count, 0);
		return arena_printf(a, "%d: %s", e.at, e.what);
	}
	form_write(&b, &f);
	return buffer_text(&b);
}

static void
a_form_is_read_field_by_field(void **state)
{
	struct form f;
	struct form_error e;

	(void)state;
	assert_true(form_parse(testing_arena(),
		"location:point!|size:choice(a-b;c d;e)!|items:multi(f;g)|"
		"ward:choice(ward list)|details_2:long",
		&f, &e));
	assert_int_equal(f.count, 5);
	assert_string_equal(f.fields[0].name, "location");
	assert_int_equal(f.fields[0].type, FIELD_POINT);
	assert_true(f.fields[0].required);
	assert_int_equal(f.fields[1].choice_count, 3);
	assert_string_equal(f.fields[1].choices[1], "c d");
	assert_null(f.fields[1].list);
	assert_int_equal(f.fields[2].type, FIELD_MULTI);
	assert_false(f.fields[2].required);
	assert_string_equal(f.fields[3].list, "ward list");
	assert_int_equal(f.fields[3].choice_count, 0);
	assert_ptr_equal(form_field(&f, "details_2"), &f.fields[4]);
	assert_null(form_field(&f, "details"));
}

static void
what_was_read_is_written_as_it_was(void **state)
{
	static const char *const cases[] = {
		"",
		"a:text",
		"a:point|b:address|c:uprn|d:text|e:long|f:choice(x;y)|g:multi(x;y z)|"
		"h:date|i:datetime|j:number|k:money|l:file|m:phone|n:email|o:name|"
		"p:yesno|q:reg|r:nino|s:dob|t:decl",
		"a:choice(list)!|b:multi(a 1;b/2;c.d, e'f&g)!|c:decl!",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(rewritten(cases[i]), cases[i]);
}

static void
errors_say_where_and_what(void **state)
{
	static const char *const cases[][2] = {
		{"|", "1: a field name begins with a small letter"},
		{"a:text|", "8: a field name begins with a small letter"},
		{"a:text||b:text", "8: a field name begins with a small letter"},
		{"Name:text", "1: a field name begins with a small letter"},
		{" a:text", "1: a field name begins with a small letter"},
		{"a", "2: expected ':' behind the field name"},
		{"a b:text", "2: expected ':' behind the field name"},
		{"a:", "3: unknown type of field"},
		{"a:colour", "3: unknown type of field"},
		{"a:texts", "3: unknown type of field"},
		{"a:text(x;y)", "7: this type has no choices"},
		{"a:choice", "9: expected '(' and choices"},
		{"a:choice!", "9: expected '(' and choices"},
		{"a:choice()", "10: a choice is empty or has blanks at an end"},
		{"a:choice(x;)", "12: a choice is empty or has blanks at an end"},
		{"a:choice(x; y)", "12: a choice is empty or has blanks at an end"},
		{"a:choice(x;y", "13: expected ';' or ')' behind a choice"},
		{"a:choice(x|y)", "11: expected ';' or ')' behind a choice"},
		{"a:choice(x(y)", "11: expected ';' or ')' behind a choice"},
		{"a:choice(x;y;x)", "14: a choice comes twice"},
		{"a:text?", "7: expected '|' or the end behind a field"},
		{"a:text!!", "8: expected '|' or the end behind a field"},
		{"a:text|a:long", "8: a field name comes twice"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(rewritten(cases[i][0]), cases[i][1]);
}

static const char *
numbered(const char *before, const char *each, int count, const char *after)
{
	struct buffer b = buffer_in(testing_arena(), 0);

	buffer_text_add(&b, before);
	for (int i = 0; i < count; i++)
		buffer_printf(&b, "%s%d%s", i ? &each[0] : &each[1], i, after);
	return buffer_text(&b);
}

static void
forms_are_bounded(void **state)
{
	struct arena *a = testing_arena();
	const char *most = numbered("", "|f", FORM_FIELDS, ":text");
	const char *choices = numbered("a:choice(", ";c", FORM_CHOICES, "");

	(void)state;
	assert_string_equal(rewritten(most), most);
	assert_non_null(
		strstr(rewritten(arena_printf(a, "%s|g:text", most)), "too many fields"));
	choices = arena_printf(a, "%s)", choices);
	assert_string_equal(rewritten(choices), choices);
	assert_non_null(
		strstr(rewritten(numbered("a:choice(", ";c", FORM_CHOICES + 1, "")),
			"too many choices"));
	assert_string_equal(rewritten("a234567890123456789012345678901234567890x:text"),
		"1: a field name is too long");
}

static void
labels_are_made_of_names(void **state)
{
	static const char *const cases[][2] = {
		{"injury_or_damage", "Injury or damage"},
		{"location", "Location"},
		{"out_by_7am", "Out by 7am"},
		{"crime_ref", "Crime reference"},
		{"ref", "Reference"},
		{"id", "ID"},
		{"dvla_check", "DVLA check"},
		{"child_dob", "Child date of birth"},
		{"dob", "Date of birth"},
		{"nino", "National Insurance number"},
		{"name_on_cert", "Name on certificate"},
		{"a__b_", "A b"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			form_label(testing_arena(), cases[i][0]), cases[i][1]);
}

static void
choices_begin_with_a_capital(void **state)
{
	static const char *const cases[][2] = {
		{"larger than a dinner plate", "Larger than a dinner plate"},
		{"A-board", "A-board"},
		{"3", "3"},
		{"am", "am"},
		{"am I registered", "Am I registered"},
		{"élan", "élan"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			form_choice_label(testing_arena(), cases[i][0]), cases[i][1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_is_read_field_by_field),
		cmocka_unit_test(what_was_read_is_written_as_it_was),
		cmocka_unit_test(errors_say_where_and_what),
		cmocka_unit_test(forms_are_bounded),
		cmocka_unit_test(labels_are_made_of_names),
		cmocka_unit_test(choices_begin_with_a_capital),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
