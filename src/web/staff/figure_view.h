/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_FIGURE_VIEW_H
#define WEB_FIGURE_VIEW_H

/* Figures in a table, each with the way to what is behind it: {part figure_table t}. */

#include "format/words.h"

#include <stdbool.h>

struct figure_column {
	enum word name;
	bool number;
};

struct figure_columns {
	const struct figure_column *at;
	int count;
};

struct figure_cell {
	const char *text;
	const char *href; /* the tickets behind it, or NULL */
	bool number;
};

struct figure_cells {
	const struct figure_cell *at;
	int count;
};

struct figure_row {
	struct figure_cell name;
	struct figure_cells cells;
};

struct figure_rows {
	struct figure_row *at;
	int count;
};

struct figure_table {
	const char *caption, *empty; /* what is said instead of no rows */
	struct figure_columns columns;
	struct figure_rows rows;
};

#endif
