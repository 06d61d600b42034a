/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_FOLD_H
#define RULE_FOLD_H

/*
 * Where a ticket goes and what it is promised, as a fold over ordered tables: priority,
 * then route, then target; each sees what the one before it gave (clock.md section 8).
 *
 * A value set by hand is a source of rows with its own precedence: it stands behind the
 * rows that say `over_hand` and before all others. So no rule is blocked for ever
 * because a person once set the field, and no rule undoes what a person decided unless
 * it says that it does.
 */

#include "rule/table.h"

enum fold_step { FOLD_PRIORITY, FOLD_ROUTE, FOLD_TARGET, FOLD_STEPS };

enum { FOLD_LOWEST_PRIORITY = 4 };

/* "priority", "route", "target". */
const char *fold_step_name(enum fold_step s);

struct fold_tables {
	const struct table *at[FOLD_STEPS];
};

/* Of the service, which decide when no row does; or set by hand (0: not set). */
struct fold_values {
	int64_t priority, team;
};

struct fold_input {
	struct table_facts facts; /* its priority is that of the service */
	struct fold_values own, hand;
};

enum fold_by { FOLD_BY_ROW, FOLD_BY_HAND, FOLD_BY_SERVICE };

struct fold_choice {
	enum fold_by by;
	const struct table_row *row; /* FOLD_BY_ROW; else NULL */
	struct table_facts saw;
};

struct folded {
	int64_t priority; /* 1..FOLD_LOWEST_PRIORITY */
	int64_t team;
	/* The row with the terms promised is that of at[FOLD_TARGET]; without one nothing
	 * is promised. */
	struct fold_choice at[FOLD_STEPS];
};

void fold_run(const struct fold_tables *tables, const struct fold_input *in,
	struct folded *out);

/* The last step alone, for a ticket whose priority is known. */
void fold_target(
	const struct table *t, const struct table_facts *facts, struct fold_choice *out);

/* Do both promise the same? NULL promises nothing. How a clock is brought to a new target
 * (`mode`) is no promise. */
bool fold_same_terms(const struct table_row *a, const struct table_row *b);

#endif
