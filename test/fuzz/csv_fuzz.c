/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "format/csv.h"

#include <string.h>

static void
show_rows(struct buffer *out, struct csv *c)
{
	const struct csv_row *row;

	while ((row = csv_next(c))) {
		buffer_printf(out, "%ld %s\n", (long)row->line,
			row->problem ? row->problem : "");
		for (int i = 0; i < row->count; i++) {
			struct bytes field = row->fields[i];

			fuzz_require(field.at[field.len] == 0);
			buffer_printf(out, "%zu:", field.len);
			buffer_add(out, field.at, field.len);
		}
	}
}

/* Each row with its line, problem and fields. A dice of 0 feeds the whole at once. */
static struct bytes
transcript(struct arena *a, struct bytes in, unsigned dice)
{
	struct buffer out = buffer_in(a, 0);
	struct csv *c = csv_new(a, ',');

	if (dice == 0) {
		csv_feed(c, in);
		show_rows(&out, c);
	}
	while (dice != 0 && in.len > 0) {
		csv_feed(c, fuzz_chunk(a, &in, &dice));
		show_rows(&out, c);
	}
	csv_end(c);
	show_rows(&out, c);
	return buffer_bytes(&out);
}

/* A text that is written as a field reads back as it was, or behind an apostrophe. */
static void
check_field(struct arena *a, const char *text)
{
	struct buffer b = buffer_in(a, 0);
	struct csv_out out = {.to = &b};
	struct csv *c = csv_new(a, ',');
	const struct csv_row *row;
	const char *field;

	csv_put(&out, "begin");
	csv_put(&out, text);
	csv_put_end(&out);
	csv_feed(c, buffer_bytes(&b));
	row = csv_next(c);
	fuzz_require(row && row->count == 2 && !row->problem);
	field = (const char *)row->fields[1].at;
	fuzz_require(!*field || !strchr("=+-@\t\r\n", *field));
	if (strcmp(field, text) != 0)
		fuzz_require(*field == '\'' && strcmp(field + 1, text) == 0);
	fuzz_require(!csv_next(c));
}

void
fuzz_one(struct arena *a, struct bytes in)
{
	unsigned dice = (unsigned)fuzz_take(&in, 255) + 1;
	const char *text = bytes_text(a, in);

	fuzz_require(bytes_equal(transcript(a, in, 0), transcript(a, in, dice)));
	if (text)
		check_field(a, text);
}
