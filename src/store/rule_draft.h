/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_RULE_DRAFT_H
#define STORE_RULE_DRAFT_H

/*
 * The next version of a rule table while it is written. Every change names the revision
 * it was based on: rule_draft_take raises it, and fails for whoever saw an older one.
 */

#include "rule/table_shape.h"
#include "store/work.h"

enum { RULE_DRAFT_MOST_ROWS = 2000 };

struct rule_draft {
	int64_t org;
	const char *name;
	int64_t base; /* the version it was begun from */
	int64_t revision;
	int64_t tried; /* the revision whose dry run was looked at; 0: none */
	int64_t author;
	const char *author_name;
	int64_t updated;
	struct table table;  /* its rows, positions from 1 */
	const int64_t *ids;  /* of the rows, in the same order */
	const int64_t *kept; /* the positions as they are stored, with gaps */
};

/* DONE or MISSING. */
enum outcome rule_draft_get(
	struct work *w, int64_t org, const char *name, struct rule_draft *d) must_check;

/* Begins one with these rows; nothing when there is one already. */
void rule_draft_begin(
	struct work *w, int64_t org, const char *name, const struct table *rows);

/* Takes the draft for a change that was based on `revision`: DONE, MISSING, or CONFLICT
 * when somebody else has changed it since. */
enum outcome rule_draft_take(struct work *w, int64_t org, const char *name,
	int64_t revision, struct rule_draft *d) must_check;

/* On a draft that was taken. A row's place is the position it shall have, from 1; 0, or
 * more than there are: the last. */
int64_t rule_draft_add(struct work *w, const struct rule_draft *d, int64_t place,
	const struct table_row *row);
void rule_draft_put(struct work *w, const struct rule_draft *d, int64_t id,
	const struct table_row *row);
void rule_draft_move(
	struct work *w, const struct rule_draft *d, int64_t id, int64_t place);

/* Takes a row out; it can be put back while the draft lives. MISSING: no such row. */
enum outcome rule_draft_remove(
	struct work *w, const struct rule_draft *d, int64_t id) must_check;
enum outcome rule_draft_put_back(
	struct work *w, const struct rule_draft *d, int64_t id) must_check;

/* Notes that the dry run of this revision was looked at; false when it is another by
 * now. */
bool rule_draft_tried(struct work *w, int64_t org, const char *name, int64_t revision);

void rule_draft_drop(struct work *w, const struct rule_draft *d);

/* The place of a row in the table, from 0; -1: it is not there. */
int rule_draft_place(const struct rule_draft *d, int64_t id);

#endif
