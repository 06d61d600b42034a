/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_ROW_H
#define CHANNEL_API_ROW_H

/* Rows of rule tables as JSON: a member for each column of the table (rule/table_shape).
 * A condition that matches anything is null or absent. Ids are texts, flags true or
 * false, lengths seconds, the mode, the threshold and whom to notify words. */

#include "format/json.h"
#include "format/jsonout.h"
#include "rule/table_diff.h"
#include "store/work.h"

/* The members of a row, into a record that is open. */
void api_row_show(
	struct jsonout *j, const struct table_shape *s, const struct table_row *row);

/* Reads a row. False when a member is no column of the table, or not of its kind: noted
 * as a problem of that field. `more` are names of members that are no columns, then NULL.
 */
bool api_row_read(struct work *w, const struct table_shape *s, const struct json *body,
	const char *const *more, struct table_row *row);

/* Problems of rows are called "column-NAME" by the desk; here they are NAME. */
void api_row_name_problems(struct work *w);

/* The differences of two versions as the member "changes", with their counts. */
void api_row_diff(
	struct jsonout *j, const struct table_shape *s, const struct table_diff *d);

#endif
