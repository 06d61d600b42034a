/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/rule_check.h"

#include "rule/field_rule.h"
#include "rule/lengths.h"
#include "rule/status_rule.h"
#include "rule/table_cover.h"
#include "store/contact.h"

#include <string.h>

enum { LONGEST_PHRASE = 100, LONGEST_NOTE = 1000, MOST_PERCENT = 1000 };

static bool
has_category(const struct rule_names *n, const char *category)
{
	for (int i = 0; i < n->category_count; i++)
		if (strcmp(n->categories[i], category) == 0)
			return true;
	return false;
}

void
rule_check_names(struct work *w, int64_t org, struct rule_names *n)
{
	*n = (struct rule_names){0};
	service_list(w, org, &n->services);
	team_list(w, org, &n->teams);
	calendar_row_list(w, org, &n->calendars);
	role_row_list(w, org, &n->roles);
	n->categories = arena_array(
		w->arena, (size_t)n->services.count, sizeof *n->categories);
	for (int i = 0; i < n->services.count; i++)
		if (!has_category(n, n->services.at[i].category))
			n->categories[n->category_count++] = n->services.at[i].category;
}

const struct service *
rule_check_service(const struct rule_names *n, const char *code)
{
	for (int i = 0; i < n->services.count; i++)
		if (strcmp(n->services.at[i].code, code) == 0)
			return &n->services.at[i];
	return NULL;
}

const struct team *
rule_check_team(const struct rule_names *n, int64_t id)
{
	for (int i = 0; i < n->teams.count; i++)
		if (n->teams.at[i].id == id)
			return &n->teams.at[i];
	return NULL;
}

const struct calendar_row *
rule_check_calendar(const struct rule_names *n, int64_t id)
{
	for (int i = 0; i < n->calendars.count; i++)
		if (n->calendars.at[i].id == id)
			return &n->calendars.at[i];
	return NULL;
}

const struct role_row *
rule_check_role(const struct rule_names *n, const char *name)
{
	for (int i = 0; i < n->roles.count; i++)
		if (strcmp(n->roles.at[i].name, name) == 0)
			return &n->roles.at[i];
	return NULL;
}

static bool
is_among(const char *nth(int n), const char *text)
{
	for (int i = 0; nth(i); i++)
		if (strcmp(nth(i), text) == 0)
			return true;
	return false;
}

static const char *
clock_fault(const char *text)
{
	static const char *const clocks[] = {
		"response", "resolution", "update", "team", "supplier"};

	for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
		if (strcmp(clocks[i], text) == 0)
			return NULL;
	return "problem.tables.clock";
}

static const char *
text_fault(const struct table_column *c, const struct rule_names *n, const char *text)
{
	switch (c->kind) {
	case COLUMN_SERVICE:
		return rule_check_service(n, text) ? NULL : "problem.tables.service";
	case COLUMN_CATEGORY:
		return has_category(n, text) ? NULL : "problem.tables.category";
	case COLUMN_CHANNEL:
		return contact_channel_named(text) != CHANNEL_COUNT
			       ? NULL
			       : "problem.tables.channel";
	case COLUMN_CLOCK: return clock_fault(text);
	case COLUMN_PHRASE:
		return strlen(text) <= LONGEST_PHRASE ? NULL : "problem.tables.phrase";
	case COLUMN_KIND:
		return is_among(status_rule_kind, text) ? NULL : "problem.tables.kind";
	case COLUMN_STATUS:
		return is_among(status_rule_status, text) ? NULL
							  : "problem.tables.status";
	case COLUMN_FIELD:
		return is_among(field_rule_name, text) ? NULL : "problem.tables.field";
	case COLUMN_ROLE: return rule_check_role(n, text) ? NULL : "problem.tables.role";
	case COLUMN_RIGHT:
		return access_right_named(text) != RIGHT_NONE ? NULL
							      : "problem.tables.right";
	default: return strlen(text) <= LONGEST_NOTE ? NULL : "problem.tables.note";
	}
}

/* No longer than what can be typed (rule/lengths). */
static const char *
length_fault(const struct table_shape *s, const struct table_column *c,
	const struct table_row *row)
{
	int64_t n = table_shape_number(c, row);
	int64_t unit = table_shape_number(table_shape_unit(s, c), row);

	return n >= 0 && n <= lengths_most((enum clock_unit)unit)
		       ? NULL
		       : "problem.tables.length";
}

/* A step stands at a share, or so many seconds or days before or after: no more than can
 * be typed. */
static const char *
step_fault(const struct table_row *row)
{
	int64_t most;

	if (row->threshold == TABLE_PERCENT)
		return row->amount >= 1 && row->amount <= MOST_PERCENT
			       ? NULL
			       : "problem.tables.percent";
	if (row->unit != CLOCK_SECONDS && row->unit != CLOCK_DAYS)
		return "problem.tables.step";
	most = lengths_most((enum clock_unit)row->unit);
	return row->amount >= -most && row->amount <= most ? NULL
							   : "problem.tables.step_far";
}

static const char *
number_fault(const struct table_shape *s, const struct table_column *c,
	const struct rule_names *n, const struct table_row *row)
{
	int64_t value = table_shape_number(c, row);

	if (c->condition && value == TABLE_ANY)
		return NULL;
	switch (c->kind) {
	case COLUMN_PRIORITY:
	case COLUMN_LEVEL:
		return value >= 1 && value <= 4 ? NULL : "problem.tables.level";
	case COLUMN_FLAG: return value == 0 || value == 1 ? NULL : "problem.tables.flag";
	case COLUMN_TEAM: return rule_check_team(n, value) ? NULL : "problem.tables.team";
	case COLUMN_CALENDAR:
		if (value == 0 && row->response == 0 && row->resolution == 0)
			return NULL;
		return rule_check_calendar(n, value) ? NULL : "problem.tables.calendar";
	case COLUMN_STEP: return step_fault(row);
	case COLUMN_TARGET: return length_fault(s, c, row);
	case COLUMN_LONGER:
		return value == 0 || (value > row->resolution && row->resolution > 0)
			       ? NULL
			       : "problem.tables.extended";
	case COLUMN_NOTIFY: return value > 0 ? NULL : "problem.tables.notify";
	default: return value >= 0 ? NULL : "problem.tables.number";
	}
}

static const char *
column_fault(const struct table_column *c, const struct table_shape *s,
	const struct rule_names *n, const struct table_row *row)
{
	const char *text;

	if (c->kind > COLUMN_NOTE) {
		if (c->kind == COLUMN_TARGET && strcmp(s->name, "leg") == 0 &&
			row->resolution == 0)
			return "problem.tables.target";
		return number_fault(s, c, n, row);
	}
	text = table_shape_text(c, row);
	if (c->kind == COLUMN_FIELD && !text)
		return "problem.tables.field";
	return text && *text ? text_fault(c, n, text) : NULL;
}

enum outcome
rule_check_row(struct work *w, const struct table_shape *s, const struct rule_names *n,
	const struct table_row *row)
{
	for (int i = 0; s->columns[i]; i++) {
		const char *fault = column_fault(s->columns[i], s, n, row);

		if (fault)
			(void)!work_problem(w,
				arena_printf(w->arena, "column-%s", s->columns[i]->name),
				fault);
	}
	return w->problems.count ? INVALID : DONE;
}

const char *
rule_check_fault(const struct table_shape *s, const struct rule_names *n,
	const struct table_row *row, enum rule_check_part part)
{
	for (int i = 0; s->columns[i]; i++) {
		const struct table_column *c = s->columns[i];
		const char *fault = column_fault(c, s, n, row);

		if (fault && (part == RULE_CHECK_ALL || !c->condition))
			return fault;
	}
	return NULL;
}

static const char *
category_of(const void *catalogue, const char *service)
{
	const struct service *s = rule_check_service(catalogue, service);

	return s ? s->category : NULL;
}

const int64_t *
rule_check_covered(struct work *w, const struct table_shape *s,
	const struct rule_names *n, const struct table *t)
{
	int64_t *by = arena_array(w->arena, (size_t)t->count + 1, sizeof *by);

	for (int i = 1; i < t->count && !s->every; i++)
		for (int k = 0; k < i && by[i] == 0; k++)
			if (table_cover(s, &t->rows[k], &t->rows[i], category_of, n))
				by[i] = k + 1;
	return by;
}
