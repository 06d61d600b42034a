/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/rulemaking.h"

#include "desk/reapply.h"
#include "desk/rule_check.h"
#include "store/audit.h"
#include "store/rule_apply.h"
#include "store/rulebook.h"
#include "store/shelf.h"

#include <inttypes.h>
#include <string.h>

enum { LONGEST_REASON = 1000 };

static enum outcome
may(struct work *w, int64_t org, const char *table)
{
	if (!access_may(w->actor, org, RIGHT_ADMIN))
		return DENIED;
	return table_shape_named(table) ? DONE : MISSING;
}

static enum outcome
take(struct work *w, const struct rulemaking *m, struct rule_draft *d)
{
	enum outcome end = may(w, m->org, m->table);

	return end == DONE ? rule_draft_take(w, m->org, m->table, m->revision, d) : end;
}

enum outcome
rulemaking_begin(struct work *w, int64_t org, const char *table)
{
	enum outcome end = may(w, org, table);

	if (end != DONE)
		return end;
	rule_draft_begin(w, org, table, shelf_table(w, org, table));
	return DONE;
}

enum outcome
rulemaking_save(struct work *w, const struct rulemaking *m, int64_t place,
	const struct table_row *row, int64_t *id)
{
	const struct table_shape *s = table_shape_named(m->table);
	struct rule_names names;
	struct rule_draft d;
	enum outcome end = take(w, m, &d);

	if (end != DONE)
		return end;
	if (*id && rule_draft_place(&d, *id) < 0)
		return MISSING;
	if (!*id && d.table.count >= RULE_DRAFT_MOST_ROWS)
		return work_problem(w, "rows", "problem.tables.many");
	rule_check_names(w, m->org, &names);
	if (rule_check_row(w, s, &names, row) != DONE)
		return INVALID;
	if (!*id) {
		*id = rule_draft_add(w, &d, place, row);
		return DONE;
	}
	rule_draft_put(w, &d, *id, row);
	if (place)
		rule_draft_move(w, &d, *id, place);
	return DONE;
}

enum outcome
rulemaking_move(struct work *w, const struct rulemaking *m, int64_t id, int by)
{
	struct rule_draft d;
	enum outcome end = take(w, m, &d);
	int64_t place;

	if (end != DONE)
		return end;
	if (rule_draft_place(&d, id) < 0)
		return MISSING;
	place = rule_draft_place(&d, id) + 1 + by;
	rule_draft_move(w, &d, id, place < 1 ? 1 : place);
	return DONE;
}

enum outcome
rulemaking_remove(struct work *w, const struct rulemaking *m, int64_t id)
{
	struct rule_draft d;
	enum outcome end = take(w, m, &d);

	return end == DONE ? rule_draft_remove(w, &d, id) : end;
}

enum outcome
rulemaking_put_back(struct work *w, const struct rulemaking *m, int64_t id)
{
	struct rule_draft d;
	enum outcome end = take(w, m, &d);

	return end == DONE ? rule_draft_put_back(w, &d, id) : end;
}

enum outcome
rulemaking_drop(struct work *w, const struct rulemaking *m)
{
	struct rule_draft d;
	enum outcome end = take(w, m, &d);

	if (end != DONE)
		return end;
	rule_draft_drop(w, &d);
	audit_add(w, "rules.discard", arena_printf(w->arena, "table %s", m->table), "");
	return DONE;
}

enum outcome
rulemaking_tried(struct work *w, const struct rulemaking *m)
{
	enum outcome end = may(w, m->org, m->table);

	if (end != DONE)
		return end;
	return rule_draft_tried(w, m->org, m->table, m->revision) ? DONE : CONFLICT;
}

static enum outcome
check_reason(
	struct work *w, const struct rulemaking *m, const struct rulemaking_reason *why)
{
	if (why->open_ones && !reapply_reaches(m->table))
		return work_problem(w, "open_tickets", "problem.tables.open_tickets");
	if (!why->reason || !why->reason[strspn(why->reason, " \t\r\n")])
		return work_problem(w, "reason", "problem.tables.reason");
	if (strlen(why->reason) > LONGEST_REASON)
		return work_problem(w, "reason", "problem.tables.reason_long");
	return DONE;
}

static enum outcome
check_rows(struct work *w, const struct rulemaking *m, const struct table *t)
{
	const struct table_shape *s = table_shape_named(m->table);
	struct rule_names names;

	if (t->count == 0)
		return work_problem(w, "rows", "problem.tables.empty");
	rule_check_names(w, m->org, &names);
	for (int i = 0; i < t->count; i++)
		if (rule_check_fault(s, &names, &t->rows[i], RULE_CHECK_GIVES))
			return work_problem_detail(w, "rows", "problem.tables.row",
				arena_printf(w->arena, "%d", i + 1));
	return DONE;
}

/* A new version of these rows, with all that goes with it. */
static enum outcome
issue(struct work *w, const struct rulemaking *m, const struct table *rows,
	const struct rulemaking_reason *why, int64_t restored)
{
	const struct rulebook_cause cause = {why->reason, restored};
	int64_t was = shelf_table(w, m->org, m->table)->version;
	int64_t version = rulebook_issue(w, m->org, m->table, rows, &cause);

	if (version == was)
		return work_problem(w, "rows", "problem.tables.same");
	audit_add(w, restored ? "rules.restore" : "rules.publish",
		arena_printf(w->arena, "table %s version %" PRId64, m->table, version),
		arena_printf(
			w->arena, "before=%" PRId64 "&restored=%" PRId64, was, restored));
	if (why->open_ones)
		rule_apply_begin(w, m->org, m->table, version);
	return DONE;
}

enum outcome
rulemaking_publish(struct work *w, const struct rulemaking *m,
	const struct rulemaking_reason *why, int64_t *version)
{
	struct rule_draft d;
	enum outcome end = take(w, m, &d);

	if (end != DONE)
		return end;
	if (check_reason(w, m, why) != DONE)
		end = INVALID;
	if (d.tried != m->revision && !why->untried)
		end = work_problem(w, "untried", "problem.tables.untried");
	if (check_rows(w, m, &d.table) != DONE || end != DONE)
		return INVALID;
	if (issue(w, m, &d.table, why, 0) != DONE)
		return INVALID;
	rule_draft_drop(w, &d);
	*version = shelf_table(w, m->org, m->table)->version;
	return DONE;
}

enum outcome
rulemaking_restore(struct work *w, const struct rulemaking *m,
	const struct rulemaking_reason *why, int64_t *version)
{
	enum outcome end = may(w, m->org, m->table);
	const struct table *rows;

	if (end != DONE)
		return end;
	rows = shelf_table_version(w, m->org, m->table, m->revision);
	if (rows->version == 0)
		return MISSING;
	if (check_reason(w, m, why) != DONE || check_rows(w, m, rows) != DONE ||
		issue(w, m, rows, why, m->revision) != DONE)
		return INVALID;
	*version = shelf_table(w, m->org, m->table)->version;
	return DONE;
}
