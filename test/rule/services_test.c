/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "format/csv.h"
#include "rule/answer.h"
#include "rule/form.h"

#include <string.h>

enum { SERVICES = 118, FIELDS = 545 };

/* An answer that fits each type. */
static const char *const fitting[FIELD_TYPES] = {
	[FIELD_POINT] = "51.5,-0.1",
	[FIELD_ADDRESS] = "1 High Street",
	[FIELD_UPRN] = "100023336956",
	[FIELD_TEXT] = "words",
	[FIELD_LONG] = "more words",
	[FIELD_DATE] = "2026-03-02",
	[FIELD_DATETIME] = "2026-03-02T14:30",
	[FIELD_NUMBER] = "3",
	[FIELD_MONEY] = "9.50",
	[FIELD_FILE] = "handle",
	[FIELD_PHONE] = "01614960000",
	[FIELD_EMAIL] = "ann@example.org",
	[FIELD_NAME] = "Ann Lee",
	[FIELD_YESNO] = "no",
	[FIELD_REG] = "AB12CDE",
	[FIELD_NINO] = "AB123456C",
	[FIELD_DOB] = "1970-01-01",
	[FIELD_DECL] = "yes",
};

static void
check_field(const struct field *f)
{
	struct arena *a = testing_arena();
	const char *part = fitting[f->type];
	struct answer answer = {&part, 1};
	const struct date today = {2026, 3, 2};

	assert_true(strlen(form_label(a, f->name)) > 1);
	for (int i = 0; i < f->choice_count; i++) {
		part = f->choices[i];
		assert_string_equal(answer_check(a, f, &answer, today).text, part);
	}
	if (f->list)
		part = f->list;
	assert_null(answer_check(a, f, &answer, today).problem);
	answer.count = 0;
	assert_true(f->required == !!answer_check(a, f, &answer, today).problem);
}

static int
check_fields(const struct csv_row *row, const char *text)
{
	struct buffer again = buffer_in(testing_arena(), 0);
	struct form_error e;
	struct form f;

	if (!form_parse(testing_arena(), text, &f, &e))
		fail_msg("line %ld: %d: %s", (long)row->line, e.at, e.what);
	form_write(&again, &f);
	assert_string_equal(buffer_text(&again), text);
	for (int i = 0; i < f.count; i++)
		check_field(&f.fields[i]);
	return f.count;
}

static void
every_form_of_the_catalogue_is_read(void **state)
{
	struct bytes file = testing_data("../ref/services.csv");
	struct csv *c = csv_new(testing_arena(), ',');
	const struct csv_row *row;
	int column, services = 0, fields = 0;

	(void)state;
	csv_feed(c, file);
	column = csv_column(csv_next(c), "fields");
	while ((row = csv_next(c))) {
		assert_null(row->problem);
		services++;
		fields += check_fields(
			row, bytes_text(testing_arena(), row->fields[column]));
	}
	assert_int_equal(services, SERVICES);
	assert_int_equal(fields, FIELDS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_the_catalogue_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
