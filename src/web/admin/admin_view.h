/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ADMIN_VIEW_H
#define WEB_ADMIN_VIEW_H

#include "web/page.h"

/* Tables to look at: a heading, columns, rows; the first cell names its row. */
struct admin_cell {
	const char *text;
	bool number;
};

struct admin_cells {
	const struct admin_cell *at;
	int count;
};

struct admin_row {
	const char *name;
	const char *retry; /* address to send a letter once more, or NULL */
	struct admin_cells cells;
};

struct admin_rows {
	const struct admin_row *at;
	int count;
};

struct admin_column {
	enum word name;
	bool number;
};

struct admin_columns {
	const struct admin_column *at;
	int count;
};

struct admin_table {
	const char *title; /* NULL: the page's own */
	const char *note;
	struct admin_columns columns;
	struct admin_rows rows;
	bool retry; /* a column of buttons */
};

struct admin_tables {
	const struct admin_table *at;
	int count;
};

struct admin_view {
	struct page page;
	struct page_links ways; /* the pages for administrators; this one has no href */
	const char *lead;
	struct admin_tables tables;
};

#endif
