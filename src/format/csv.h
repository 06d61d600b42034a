/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_CSV_H
#define FORMAT_CSV_H

/*
 * Comma-separated values (RFC 4180), read row by row from chunks of any size and
 * written so that a spreadsheet takes nothing for a formula.
 *
 *     struct csv *c = csv_new(arena, ',');
 *     while ((n = read(fd, chunk, sizeof chunk)) > 0) {
 *             csv_feed(c, (struct bytes) { chunk, n });
 *             while ((row = csv_next(c)))
 *                     ...
 *     }
 *     csv_end(c);
 *     while ((row = csv_next(c)))
 *             ...
 *
 * Rows end in CRLF, LF or CR; a byte order mark is skipped; empty lines are no rows. A
 * quote inside a field that does not begin with one stands for itself. A row that is
 * ill is still given, with its problem, and reading goes on behind it.
 */

#include "base/buffer.h"

enum {
	CSV_FIELD = 1024 * 1024, /* bytes of a field */
	CSV_ROW = 4 * CSV_FIELD, /* bytes of a row */
	CSV_FIELDS = 1000,	 /* fields of a row */
};

struct csv_row {
	const struct bytes *fields; /* each followed by a NUL */
	int count;
	int64_t line;	     /* on which the row begins, from 1 */
	const char *problem; /* in English; NULL when the row is well formed */
};

struct csv;

/* A reader of rows whose fields are separated by `separator`: ',' ';' or a tab. */
struct csv *csv_new(struct arena *a, char separator);

/* More bytes. They must stay until csv_next has answered NULL. */
void csv_feed(struct csv *c, struct bytes chunk);

/* No more bytes will come: what is left is the last row. */
void csv_end(struct csv *c);

/* The next row, or NULL when more bytes are needed or none are left. A row lives until
 * the next call. */
const struct csv_row *csv_next(struct csv *c);

/* The column of that name in a row of headings, without regard to case and blanks
 * around it; -1 when there is none. */
int csv_column(const struct csv_row *head, const char *name);

/* Rows being written. */
struct csv_out {
	struct buffer *to;
	bool begun; /* the row has a field */
};

/* Adds a field. A text that begins with = + - @ a tab or CR gets an apostrophe before
 * it, because a spreadsheet would run it. NULL is an empty field. */
void csv_put(struct csv_out *out, const char *text);
void csv_put_int(struct csv_out *out, int64_t n);

/* Ends the row with CRLF. */
void csv_put_end(struct csv_out *out);

#endif
