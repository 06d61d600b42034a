/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_IMPORT_TABLE_H
#define APP_IMPORT_TABLE_H

/*
 * A table to be imported: comma-separated values with a row of headings, from a file that
 * may be compressed with zstd, or "-" for standard input. It is read in pieces, so a file
 * may be larger than memory.
 *
 * A carriage return that does not end a line (some programs leave one inside) is dropped.
 */

#include "format/csv.h"

struct import_table;

/* NULL after saying on stderr what is wrong. */
struct import_table *import_table_open(struct arena *a, const char *path);

/* The same from memory; `name` stands in what is said. */
struct import_table *import_table_over(
	struct arena *a, const char *name, struct bytes whole);

void import_table_close(struct import_table *t);

/* The column of a heading, or -1. */
int import_table_column(const struct import_table *t, const char *heading);

/* How many columns there are, and the heading of one. */
int import_table_width(const struct import_table *t);
const char *import_table_heading(const struct import_table *t, int column);

/* All of `headings` (count of them) into columns; false after saying which is missing. */
bool import_table_columns(const struct import_table *t, const char *const *headings,
	int count, int *columns);

/* The next row that is well formed and as wide as the headings; others are complained of
 * and counted. NULL at the end, or when the file cannot be read on: then
 * import_table_broken. The row lives until the next call. */
const struct csv_row *import_table_next(struct import_table *t);

bool import_table_broken(const struct import_table *t);

/* Says "FILE:LINE: ..." on stderr and counts the row as a bad one. */
void import_table_complain(struct import_table *t, int64_t line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for a row that is taken nevertheless: not counted. */
void import_table_warn(struct import_table *t, int64_t line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Rows complained of. */
int64_t import_table_bad(const struct import_table *t);

/* A field as text with the blanks around it taken off; "" when the column is -1. NULL
 * when it is not text. */
const char *import_table_text(struct arena *a, const struct csv_row *row, int column);

#endif
