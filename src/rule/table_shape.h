/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_TABLE_SHAPE_H
#define RULE_TABLE_SHAPE_H

/*
 * Which columns each ordered table has: what the editor asks, what a draft keeps, what
 * two versions are compared by. A new column of a table is one entry in table_shape.c
 * (and its words "tables.column.NAME"); a new table is one more name.
 */

#include "base/arena.h"
#include "rule/table.h"

#include <stddef.h>

enum column_kind {
	/* texts */
	COLUMN_SERVICE, /* a code */
	COLUMN_CATEGORY,
	COLUMN_CHANNEL,
	COLUMN_PHRASE,
	COLUMN_CLOCK,  /* response resolution update team supplier */
	COLUMN_KIND,   /* of tickets: incident */
	COLUMN_STATUS, /* of tickets: waiting */
	COLUMN_FIELD,  /* of rule/field_rule */
	COLUMN_ROLE,   /* as grants name it */
	COLUMN_RIGHT,  /* of rule/access; given, not asked about */
	COLUMN_NOTE,
	/* whole numbers */
	COLUMN_PRIORITY, /* 1..4 */
	COLUMN_LEVEL,	 /* impact, urgency: 1..4 */
	COLUMN_FLAG,	 /* 0, 1 */
	COLUMN_TEAM,
	COLUMN_CALENDAR,
	COLUMN_TARGET, /* a length in the unit beside it; 0: none */
	COLUMN_LONGER, /* a longer one in the same unit; 0: none */
	COLUMN_STEP,   /* percent or a length, as the threshold says */
	/* int */
	COLUMN_MODE,	  /* enum table_mode */
	COLUMN_THRESHOLD, /* of the COLUMN_STEP beside it; asked together with it */
	COLUMN_UNIT,	/* enum clock_unit of the COLUMN_TARGET or COLUMN_STEP beside it;
			 * asked together with it */
	COLUMN_NOTIFY,	/* bits */
	COLUMN_DEMANDS, /* bits */
	/* bool */
	COLUMN_TICK,
};

struct table_column {
	const char *name;
	enum column_kind kind;
	bool condition; /* it says when a row matches; else what it gives */
	bool demanded;	/* a row without it is refused */
	size_t at;	/* in struct table_row */
};

enum { TABLE_MOST_COLUMNS = 32 };

struct table_shape {
	const char *name; /* "priority" */
	bool every;	  /* every row that matches applies, not the first alone */
	const struct table_column *columns[TABLE_MOST_COLUMNS]; /* then NULL */
};

/* The tables there are, in the order they are folded; NULL behind the last. */
const struct table_shape *table_shape_nth(int n);
const struct table_shape *table_shape_named(const char *name);

/* Its column of that name, or NULL. */
const struct table_column *table_shape_column(
	const struct table_shape *s, const char *name);

/* Asked, shown and read together with the column before it. */
bool table_shape_beside(const struct table_column *c);

/* The unit of a COLUMN_TARGET, COLUMN_LONGER or COLUMN_STEP. */
const struct table_column *table_shape_unit(
	const struct table_shape *s, const struct table_column *c);

/* A row that matches everything and gives nothing. */
struct table_row table_shape_blank(void);

/* A column's value as text, numbers in decimal; NULL where a condition matches anything
 * or there is no text. */
const char *table_shape_get(
	struct arena *a, const struct table_column *c, const struct table_row *row);

/* The other way round; NULL or "" is anything, or nothing. The text is not copied. */
void table_shape_set(
	const struct table_column *c, struct table_row *row, const char *text);

/* A text that a column holds; NULL: anything. */
const char *table_shape_text(const struct table_column *c, const struct table_row *row);

/* A number that a column holds, whatever its type in C. */
int64_t table_shape_number(const struct table_column *c, const struct table_row *row);

/* Do two rows agree in every column? Their positions do not count. */
bool table_shape_same(const struct table_shape *s, const struct table_row *a,
	const struct table_row *b);

#endif
