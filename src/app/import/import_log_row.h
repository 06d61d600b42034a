/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_IMPORT_LOG_ROW_H
#define APP_IMPORT_LOG_ROW_H

/* One row of the audit log, read. */

#include "app/import/import_table.h"
#include "format/pairs.h"
#include "rule/zone.h"

enum log_column {
	LOG_NUMBER,
	LOG_STATE,
	LOG_MOD_COUNT,
	LOG_MADE_SLA,
	LOG_CALLER,
	LOG_OPENED_AT,
	LOG_UPDATED_BY,
	LOG_UPDATED_AT,
	LOG_CONTACT_TYPE,
	LOG_CATEGORY,
	LOG_SUBCATEGORY,
	LOG_SYMPTOM,
	LOG_IMPACT,
	LOG_URGENCY,
	LOG_PRIORITY,
	LOG_GROUP,
	LOG_ASSIGNED_TO,
	LOG_RESOLVED_BY,
	LOG_COLUMNS
};

enum log_state {
	LOG_IS_NEW,
	LOG_IS_ACTIVE,
	LOG_AWAITS_USER,
	LOG_AWAITS_OTHERS, /* problem, vendor, evidence */
	LOG_IS_RESOLVED,
	LOG_IS_CLOSED,
	LOG_STATE_UNKNOWN,
};

/* How the columns of this file lie. */
struct import_log_shape {
	const struct import_table *table;
	const struct zone *zone;
	int columns[LOG_COLUMNS];
	int width;
	const char **facts; /* "log.HEADING", what a column is called in an event */
};

struct import_log_row {
	int64_t line;
	const char *const *text; /* every column of the file; "?" is a missing value */
	const char *digest;
	int64_t opened, updated, mod_count;
	enum log_state state;
};

/* False after saying which column is missing. */
bool import_log_row_shape(
	struct arena *a, struct import_table *t, struct import_log_shape *s);

/* NULL, or what is wrong with the row. */
const char *import_log_row_read(struct arena *a, const struct import_log_shape *s,
	const struct csv_row *from, struct import_log_row *row);

/* A row as it was kept: pairs of heading and value, what was missing left out. */
struct pairs import_log_row_pairs(struct arena *a, const struct import_log_shape *s,
	const struct import_log_row *r);
void import_log_row_from_pairs(struct arena *a, const struct import_log_shape *s,
	const struct pairs *p, struct import_log_row *row);

/* The value of a known column; NULL when it is missing. */
const char *import_log_row_value(const struct import_log_shape *s,
	const struct import_log_row *r, enum log_column c);

/* The number a value begins with ("3 - Moderate"); 0: none. */
int64_t import_log_row_level(const char *value);

/* For qsort: by sys_updated_at, then sys_mod_count, then line. */
int import_log_row_order(const void *a, const void *b);

#endif
