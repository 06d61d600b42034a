/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_table.h"

#include "app/errand.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <zstd.h>

enum { CHUNK = 64 * 1024 };

static const unsigned char zstd_magic[4] = {0x28, 0xB5, 0x2F, 0xFD};

struct import_table {
	struct arena *arena;
	const char *name;
	FILE *file; /* NULL: from memory */
	ZSTD_DStream *zstd;
	ZSTD_inBuffer packed;
	unsigned char *in, *out, *clean;
	struct bytes memory;
	bool held_return; /* a CR whose next byte has not come yet */
	bool broken, ended;
	size_t frame_left; /* zstd: not 0 inside a frame */

	struct csv *csv;
	struct bytes *headings; /* copied */
	int width;
	int64_t bad;
};

static void
say_broken(struct import_table *t, const char *why)
{
	errand_say("%s: %s", t->name, why);
	t->broken = true;
}

static size_t
read_file(struct import_table *t)
{
	size_t n = fread(t->in, 1, CHUNK, t->file);

	if (n == 0 && ferror(t->file))
		say_broken(t, strerror(errno));
	return n;
}

/* The next bytes of the table as they are inside; none at the end. */
static struct bytes
unpacked(struct import_table *t)
{
	ZSTD_outBuffer out = {t->out, CHUNK, 0};

	if (!t->zstd)
		return (struct bytes){t->in, read_file(t)};
	while (out.pos == 0 && !t->broken) {
		size_t code;

		if (t->packed.pos == t->packed.size) {
			size_t n = read_file(t);

			t->packed = (ZSTD_inBuffer){t->in, n, 0};
			if (n == 0) {
				if (t->frame_left != 0)
					say_broken(t, "the compressed file is cut off");
				break;
			}
		}
		code = ZSTD_decompressStream(t->zstd, &out, &t->packed);
		if (ZSTD_isError(code))
			say_broken(t, ZSTD_getErrorName(code));
		t->frame_left = code;
	}
	return (struct bytes){t->out, out.pos};
}

/* Without carriage returns that do not stand before a line feed. */
static struct bytes
cleaned(struct import_table *t, struct bytes b)
{
	size_t n = 0;

	for (size_t i = 0; i < b.len; i++) {
		if (b.at[i] == '\n' && t->held_return)
			t->clean[n++] = '\r';
		t->held_return = b.at[i] == '\r';
		if (!t->held_return)
			t->clean[n++] = b.at[i];
	}
	return (struct bytes){t->clean, n};
}

static bool
feed(struct import_table *t)
{
	struct bytes b = t->memory;

	if (t->ended)
		return false;
	if (t->file)
		b = cleaned(t, unpacked(t));
	t->memory = (struct bytes){0};
	if (b.len > 0)
		csv_feed(t->csv, b);
	else if (!t->held_return || feof(t->file) || t->broken) {
		csv_end(t->csv);
		t->ended = true;
	}
	return true;
}

static const struct csv_row *
any_row(struct import_table *t)
{
	const struct csv_row *row;

	while (!(row = csv_next(t->csv)) && feed(t))
		;
	return row;
}

static bool
read_headings(struct import_table *t)
{
	const struct csv_row *row = any_row(t);

	if (t->broken)
		return false;
	if (!row || row->problem) {
		errand_say(
			"%s: %s", t->name, row ? row->problem : "there is nothing in it");
		return false;
	}
	t->width = row->count;
	t->headings = arena_array(t->arena, (size_t)row->count, sizeof *t->headings);
	for (int i = 0; i < row->count; i++)
		t->headings[i] = bytes_of(
			arena_text(t->arena, row->fields[i].at, row->fields[i].len));
	return true;
}

struct import_table *
import_table_over(struct arena *a, const char *name, struct bytes whole)
{
	struct import_table *t = arena_alloc(a, sizeof *t);

	*t = (struct import_table){
		.arena = a, .name = name, .memory = whole, .csv = csv_new(a, ',')};
	return read_headings(t) ? t : NULL;
}

/* Looks at the first bytes: compressed or not. */
static void
begin_file(struct import_table *t)
{
	int first = getc(t->file);

	if (first == EOF)
		return;
	ungetc(first, t->file);
	if (first != zstd_magic[0])
		return;
	t->zstd = ZSTD_createDStream();
	ZSTD_initDStream(t->zstd);
}

struct import_table *
import_table_open(struct arena *a, const char *path)
{
	struct import_table *t = arena_alloc(a, sizeof *t);
	bool standard = strcmp(path, "-") == 0;

	*t = (struct import_table){
		.arena = a,
		.name = standard ? "standard input" : path,
		.file = standard ? stdin : fopen(path, "rb"),
		.csv = csv_new(a, ','),
		.in = arena_alloc(a, CHUNK),
		.out = arena_alloc(a, CHUNK),
		.clean = arena_alloc(a, 2 * CHUNK),
	};
	if (!t->file) {
		errand_say("%s: %s", path, strerror(errno));
		return NULL;
	}
	begin_file(t);
	if (read_headings(t))
		return t;
	import_table_close(t);
	return NULL;
}

void
import_table_close(struct import_table *t)
{
	ZSTD_freeDStream(t->zstd);
	if (t->file && t->file != stdin)
		fclose(t->file);
}

int
import_table_column(const struct import_table *t, const char *heading)
{
	struct csv_row head = {.fields = t->headings, .count = t->width};

	return csv_column(&head, heading);
}

int
import_table_width(const struct import_table *t)
{
	return t->width;
}

const char *
import_table_heading(const struct import_table *t, int column)
{
	return (const char *)t->headings[column].at;
}

bool
import_table_columns(const struct import_table *t, const char *const *headings, int count,
	int *columns)
{
	bool all = true;

	for (int i = 0; i < count; i++) {
		columns[i] = import_table_column(t, headings[i]);
		if (columns[i] >= 0)
			continue;
		errand_say("%s: there is no column \"%s\"", t->name, headings[i]);
		all = false;
	}
	return all;
}

const struct csv_row *
import_table_next(struct import_table *t)
{
	const struct csv_row *row;

	while ((row = any_row(t)) && !t->broken) {
		if (!row->problem && row->count == t->width)
			return row;
		if (row->problem)
			import_table_complain(t, row->line, "%s", row->problem);
		else
			import_table_complain(t, row->line,
				"%d fields where the headings have %d", row->count,
				t->width);
	}
	return NULL;
}

bool
import_table_broken(const struct import_table *t)
{
	return t->broken;
}

static void
say_line(const struct import_table *t, int64_t line, const char *format, va_list args)
{
	fprintf(stderr, "%s:%" PRId64 ": ", t->name, line);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void
import_table_complain(struct import_table *t, int64_t line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_line(t, line, format, args);
	va_end(args);
	t->bad++;
}

void
import_table_warn(struct import_table *t, int64_t line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_line(t, line, format, args);
	va_end(args);
}

int64_t
import_table_bad(const struct import_table *t)
{
	return t->bad;
}

const char *
import_table_text(struct arena *a, const struct csv_row *row, int column)
{
	if (column < 0)
		return "";
	return bytes_text(a, bytes_trim(row->fields[column]));
}
