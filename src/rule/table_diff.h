/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_TABLE_DIFF_H
#define RULE_TABLE_DIFF_H

/* What became of the rows of a table from one version to another. */

#include "rule/table_shape.h"

enum table_change_kind { TABLE_ADDED, TABLE_REMOVED, TABLE_CHANGED, TABLE_MOVED };

struct table_change {
	enum table_change_kind kind;
	const struct table_row *was, *is; /* NULL where there is none */
};

/* In the order of the new version, removed rows where they stood; rows that stayed as
 * they were are left out. */
struct table_diff {
	const struct table_change *at;
	int count;
	int of[TABLE_MOVED + 1]; /* how many of each kind */
};

struct table_diff table_diff(struct arena *a, const struct table_shape *s,
	const struct table *was, const struct table *is);

#endif
