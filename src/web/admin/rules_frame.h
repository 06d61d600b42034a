/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_FRAME_H
#define WEB_RULES_FRAME_H

/* What the pages about rule tables share. */

#include "http/reply.h"
#include "rule/table_diff.h"
#include "store/rule_draft.h"
#include "web/admin/rules_view.h"
#include "web/admin/rules_words.h"

/* The table that the address names, and what its rows may name; MISSING: no such. */
enum outcome rules_frame_table(
	struct work *w, const struct request *q, struct rules_words *words) must_check;

/* Which of a table's pages this is. */
enum rules_place { RULES_LIVE, RULES_DRAFT, RULES_VERSIONS, RULES_TRY, RULES_ELSEWHERE };

/* Frame, trail and ways. `title` is the page's own. */
void rules_frame(const struct rules_words *r, const struct request *q, struct page *p,
	struct rules_head *head, enum rules_place place);

/* The rows of a table as shown. */
struct rules_rows rules_frame_rows(
	const struct rules_words *r, const struct table *t, int64_t marked);

/* What became of rows, and how much of each kind: "2 added, 1 changed". */
struct rules_change_rows rules_frame_changes(
	const struct rules_words *r, const struct table_diff *d, const char **counts);

/* The whole number that a part of the address is; 0 when it is none. */
int64_t rules_frame_number(const struct request *q, const char *part);

/* "Version 3" */
const char *rules_frame_version(struct work *w, int64_t version);

#endif
