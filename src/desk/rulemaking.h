/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_RULEMAKING_H
#define DESK_RULEMAKING_H

/*
 * How an organisation's rule tables are changed: a draft is written row by row, tried on
 * the tickets of last month (desk/rehearsal), and published as a new version that never
 * changes again. Tickets keep the version and row that decided, and clocks in flight keep
 * their terms, unless the version is applied to open tickets too (desk/reapply).
 *
 * Every verb needs RIGHT_ADMIN in the organisation. Outcomes: DONE; INVALID with
 * problems; MISSING; DENIED; CONFLICT: somebody else changed the draft since.
 */

#include "store/rule_draft.h"

struct rulemaking {
	int64_t org;
	const char *table;
	int64_t revision; /* of the draft, as it was shown */
};

/* Begins a draft from the live version, unless there is one. */
enum outcome rulemaking_begin(struct work *w, int64_t org, const char *table) must_check;

/* Writes a row: id 0 adds one at `place` (from 1; 0: the last), another id moves it there
 * (0: it stays). *id is the row's. */
enum outcome rulemaking_save(struct work *w, const struct rulemaking *m, int64_t place,
	const struct table_row *row, int64_t *id) must_check;

/* Moves a row by so many places, up when negative. At the end it stays. */
enum outcome rulemaking_move(
	struct work *w, const struct rulemaking *m, int64_t id, int by) must_check;

enum outcome rulemaking_remove(
	struct work *w, const struct rulemaking *m, int64_t id) must_check;
enum outcome rulemaking_put_back(
	struct work *w, const struct rulemaking *m, int64_t id) must_check;

/* Throws the draft away. */
enum outcome rulemaking_drop(struct work *w, const struct rulemaking *m) must_check;

/* Notes that somebody looked at what the draft would have done last month. */
enum outcome rulemaking_tried(struct work *w, const struct rulemaking *m) must_check;

struct rulemaking_reason {
	const char *reason;
	bool untried;	/* publish although no dry run of it was looked at */
	bool open_ones; /* apply it to open tickets too */
};

/* Makes the draft the live version; *version is its number. INVALID without a reason,
 * without a dry run, when it is empty, when a row names what is not there, when nothing
 * is different, and for open tickets where they cannot be reached (desk/reapply). */
enum outcome rulemaking_publish(struct work *w, const struct rulemaking *m,
	const struct rulemaking_reason *why, int64_t *version) must_check;

/* Publishes the rows of an older version anew. m->revision: that version. */
enum outcome rulemaking_restore(struct work *w, const struct rulemaking *m,
	const struct rulemaking_reason *why, int64_t *version) must_check;

#endif
