/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "format/csv.h"

#include <string.h>

/* "1:a|b" a row: its line, its fields; behind it '!' and the problem. */
static void
show_row(struct buffer *out, const struct csv_row *row)
{
	buffer_printf(out, "%ld:", (long)row->line);
	for (int i = 0; i < row->count; i++) {
		struct bytes f = row->fields[i];

		assert_int_equal(f.at[f.len], 0);
		buffer_printf(out, "%s", i ? "|" : "");
		buffer_add(out, f.at, f.len);
	}
	if (row->problem)
		buffer_printf(out, "!%s", row->problem);
	buffer_char(out, '\n');
}

static const char *
rows_of(struct bytes in, size_t step, char separator)
{
	struct arena *a = testing_arena();
	struct buffer out = buffer_in(a, 0);
	struct csv *c = csv_new(a, separator);
	const struct csv_row *row;

	for (size_t i = 0; i < in.len; i += step) {
		size_t n = step < in.len - i ? step : in.len - i;

		/* A copy, so that a read past the chunk is found. */
		csv_feed(c, bytes_of(arena_text(a, in.at + i, n)));
		while ((row = csv_next(c)))
			show_row(&out, row);
	}
	csv_end(c);
	while ((row = csv_next(c)))
		show_row(&out, row);
	assert_null(csv_next(c));
	return buffer_text(&out);
}

static void
check(const char *in, const char *expected)
{
	for (size_t step = 1; step <= strlen(in) + 1; step++)
		assert_string_equal(rows_of(bytes_of(in), step, ','), expected);
}

static void
rows_and_fields_are_read_whatever_the_chunks(void **state)
{
	(void)state;
	check("", "");
	check("a", "1:a\n");
	check("a,b\r\nc,d\r\n", "1:a|b\n2:c|d\n");
	check("a,b\nc,d", "1:a|b\n2:c|d\n");
	check("a,b\rc,d\r", "1:a|b\n2:c|d\n");
	check(",\n,,\n", "1:|\n2:||\n");
	check("a,", "1:a|\n");
	check("\r\n\na\r\n\r\n\nb", "3:a\n6:b\n");
	check("\xEF\xBB\xBF"
	      "a,b",
		"1:a|b\n");
	check("\xEF\xBB"
	      "a,b",
		"1:\xEF\xBB"
		"a|b\n");
	check("\xEF\xBB", "1:\xEF\xBB\n");
	check(" a , b ", "1: a | b \n");
}

static void
quoted_fields_hold_anything(void **state)
{
	(void)state;
	check("\"a\",\"b\"", "1:a|b\n");
	check("\"\"\r\n\"\",\"\"", "1:\n2:|\n");
	check("\"a,b\",\"c\"\"d\",\"\"\"\"", "1:a,b|c\"d|\"\n");
	check("\"a\r\nb\n\nc\",d\ne\n", "1:a\r\nb\n\nc|d\n5:e\n");
	check("\xEF\xBB\xBF\"a\"", "1:a\n");
	check("a\"b\",5\"", "1:a\"b\"|5\"\n");
	check(" \"a\"", "1: \"a\"\n");
}

static void
ill_rows_are_given_with_their_problem(void **state)
{
	(void)state;
	check("\"a\"b,c\nd", "1:ab|c!something stands behind a closing quote\n2:d\n");
	check("\"a\" ,c\nd", "1:a |c!something stands behind a closing quote\n2:d\n");
	check("a\nb,\"c\nd", "1:a\n2:b|c\nd!a quote is never closed\n");
	check("a,\"", "1:a|!a quote is never closed\n");
	check("\xFF\xFE"
	      "a,b\nc",
		"1:\xFF\xFE"
		"a|b!the file is UTF-16, not UTF-8\n2:c\n");
}

static void
other_separators_may_be_used(void **state)
{
	(void)state;
	assert_string_equal(
		rows_of(bytes_of("a;b,c\n\"d;e\";f"), 3, ';'), "1:a|b,c\n2:d;e|f\n");
	assert_string_equal(rows_of(bytes_of("a\tb c"), 1, '\t'), "1:a|b c\n");
}

static void
repeat(struct buffer *b, const char *text, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buffer_text_add(b, text);
}

/* The line, count and problem of each row, and the bytes of its first field. */
static const char *
sizes_of(struct buffer in)
{
	struct buffer out = buffer_in(testing_arena(), 0);
	struct csv *c = csv_new(testing_arena(), ',');
	const struct csv_row *row;

	for (size_t at = 0; at < in.len; at += 60000) {
		size_t n = in.len - at < 60000 ? in.len - at : 60000;

		csv_feed(c, (struct bytes){(unsigned char *)in.at + at, n});
		while ((row = csv_next(c)))
			buffer_printf(&out, "%ld:%d:%zu:%s\n", (long)row->line,
				row->count, row->count ? row->fields[0].len : 0,
				row->problem ? row->problem : "fine");
	}
	return buffer_text(&out);
}

static void
rows_are_bounded_and_reading_goes_on(void **state)
{
	struct buffer b = buffer_in(testing_arena(), 0);

	(void)state;
	repeat(&b, "x", CSV_FIELD);
	repeat(&b, "\n", 1);
	repeat(&b, "x", CSV_FIELD + 1);
	repeat(&b, ",b\n\"", 1);
	repeat(&b, "\n", CSV_FIELD + 1);
	repeat(&b, "\"\n", 1);
	repeat(&b, ",", CSV_FIELDS - 1);
	repeat(&b, "\n", 1);
	repeat(&b, ",", CSV_FIELDS);
	repeat(&b, "\nlast\n", 1);
	assert_string_equal(sizes_of(b), "1:1:1048576:fine\n"
					 "2:0:0:a field is too long\n"
					 "3:0:0:a field is too long\n"
					 "1048581:1000:0:fine\n"
					 "1048582:1000:0:a row has too many fields\n"
					 "1048583:1:4:fine\n");

	b.len = 0;
	for (int i = 0; i < 5; i++) {
		repeat(&b, "x", CSV_FIELD - 1);
		repeat(&b, ",", 1);
	}
	repeat(&b, "\n", 1);
	assert_string_equal(sizes_of(b), "1:4:1048575:a row is too long\n");
}

static void
columns_are_found_by_name(void **state)
{
	struct csv *c = csv_new(testing_arena(), ',');
	const struct csv_row *head;

	(void)state;
	csv_feed(c, bytes_of("Number, Opened At,state\n"));
	head = csv_next(c);
	assert_int_equal(csv_column(head, "opened at"), 1);
	assert_int_equal(csv_column(head, "State"), 2);
	assert_int_equal(csv_column(head, "stat"), -1);
}

static const char *
written(const char *text)
{
	struct buffer b = buffer_in(testing_arena(), 0);
	struct csv_out out = {.to = &b};

	csv_put(&out, text);
	return buffer_text(&b);
}

static void
nothing_written_is_a_formula(void **state)
{
	static const char *const cases[][2] = {
		{"=1+1", "'=1+1"},
		{"+44 161", "'+44 161"},
		{"-5", "'-5"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'\t=1"},
		{"\r=1", "\"'\r=1\""},
		{"=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""},
		{"a=b", "a=b"},
		{"5-3", "5-3"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(written(cases[i][0]), cases[i][1]);
}

static void
what_is_written_reads_back(void **state)
{
	struct buffer b = buffer_in(testing_arena(), 0);
	struct csv_out out = {.to = &b};

	(void)state;
	csv_put(&out, "a,b");
	csv_put(&out, NULL);
	csv_put(&out, "say \"hi\"");
	csv_put_int(&out, -5);
	csv_put_end(&out);
	csv_put(&out, "two\r\nlines");
	csv_put(&out, "");
	csv_put(&out, " blank ");
	csv_put_end(&out);
	assert_string_equal(buffer_text(&b),
		"\"a,b\",,\"say \"\"hi\"\"\",-5\r\n\"two\r\nlines\",,\" blank \"\r\n");
	assert_string_equal(rows_of(buffer_bytes(&b), 2, ','),
		"1:a,b||say \"hi\"|-5\n2:two\r\nlines|| blank \n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_and_fields_are_read_whatever_the_chunks),
		cmocka_unit_test(quoted_fields_hold_anything),
		cmocka_unit_test(ill_rows_are_given_with_their_problem),
		cmocka_unit_test(other_separators_may_be_used),
		cmocka_unit_test(rows_are_bounded_and_reading_goes_on),
		cmocka_unit_test(columns_are_found_by_name),
		cmocka_unit_test(nothing_written_is_a_formula),
		cmocka_unit_test(what_is_written_reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
