/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/table_shape.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof(struct table_row, member)
#define CONDITION(member, kind)                        \
	{                                              \
#member, kind, true, false, AT(member) \
	}
#define GIVES(member, kind)                             \
	{                                               \
#member, kind, false, false, AT(member) \
	}
#define MUST_GIVE(member, kind)                        \
	{                                              \
#member, kind, false, true, AT(member) \
	}

static const struct table_column service = CONDITION(service, COLUMN_SERVICE);
static const struct table_column category = CONDITION(category, COLUMN_CATEGORY);
static const struct table_column channel = CONDITION(channel, COLUMN_CHANNEL);
static const struct table_column priority = CONDITION(priority, COLUMN_PRIORITY);
static const struct table_column impact = CONDITION(impact, COLUMN_LEVEL);
static const struct table_column urgency = CONDITION(urgency, COLUMN_LEVEL);
static const struct table_column vip = CONDITION(vip, COLUMN_FLAG);
static const struct table_column vulnerable = CONDITION(vulnerable, COLUMN_FLAG);
static const struct table_column words = CONDITION(words, COLUMN_PHRASE);
static const struct table_column set_priority = MUST_GIVE(set_priority, COLUMN_PRIORITY);
static const struct table_column set_team = MUST_GIVE(set_team, COLUMN_TEAM);
static const struct table_column over_hand = GIVES(over_hand, COLUMN_TICK);
static const struct table_column response = GIVES(response, COLUMN_TARGET);
static const struct table_column response_unit = GIVES(response_unit, COLUMN_UNIT);
static const struct table_column resolution = GIVES(resolution, COLUMN_TARGET);
static const struct table_column extended = GIVES(extended, COLUMN_LONGER);
static const struct table_column unit = GIVES(unit, COLUMN_UNIT);
static const struct table_column calendar = GIVES(calendar, COLUMN_CALENDAR);
static const struct table_column mode = GIVES(mode, COLUMN_MODE);
static const struct table_column midnight = GIVES(midnight, COLUMN_TICK);
static const struct table_column no_pause = GIVES(no_pause, COLUMN_TICK);
static const struct table_column team = CONDITION(team, COLUMN_TEAM);
static const struct table_column clock_ = {"clock", COLUMN_CLOCK, true, false, AT(clock)};
static const struct table_column threshold = GIVES(threshold, COLUMN_THRESHOLD);
static const struct table_column amount = MUST_GIVE(amount, COLUMN_STEP);
static const struct table_column notify = MUST_GIVE(notify, COLUMN_NOTIFY);
static const struct table_column any_hour = GIVES(any_hour, COLUMN_TICK);
static const struct table_column kind = CONDITION(kind, COLUMN_KIND);
static const struct table_column from_status = CONDITION(from_status, COLUMN_STATUS);
static const struct table_column to_status = CONDITION(to_status, COLUMN_STATUS);
static const struct table_column field = {"field", COLUMN_FIELD, true, true, AT(field)};
static const struct table_column role = CONDITION(role, COLUMN_ROLE);
static const struct table_column refused = GIVES(refused, COLUMN_TICK);
static const struct table_column needs_right = GIVES(needs_right, COLUMN_RIGHT);
static const struct table_column demands = GIVES(demands, COLUMN_DEMANDS);
static const struct table_column note = GIVES(note, COLUMN_NOTE);

#define FACTS                                                                           \
	&service, &category, &channel, &priority, &impact, &urgency, &vip, &vulnerable, \
		&words
#define TERMS &unit, &calendar, &mode, &midnight, &no_pause

static const struct table_shape shapes[] = {
	{"priority", false, {FACTS, &set_priority, &over_hand, &note}},
	{"route", false, {FACTS, &set_team, &over_hand, &note}},
	{"target", false,
		{FACTS, &response, &response_unit, &resolution, &extended, TERMS, &note}},
	{"leg", false,
		{&team, &service, &category, &priority, &resolution, TERMS, &note}},
	{"escalation", true,
		{&clock_, &team, &service, &category, &priority, &vip, &vulnerable,
			&amount, &threshold, &unit, &notify, &any_hour, &note}},
	{"status", false,
		{&kind, &service, &category, &from_status, &to_status, &refused,
			&needs_right, &demands, &note}},
	{"field", false,
		{&field, &role, &from_status, &kind, &service, &category, &refused,
			&needs_right, &note}},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

const struct table_shape *
table_shape_nth(int n)
{
	return n >= 0 && n < SHAPES ? &shapes[n] : NULL;
}

const struct table_shape *
table_shape_named(const char *name)
{
	for (int i = 0; i < SHAPES; i++)
		if (strcmp(shapes[i].name, name) == 0)
			return &shapes[i];
	return NULL;
}

const struct table_column *
table_shape_column(const struct table_shape *s, const char *name)
{
	for (int i = 0; s->columns[i]; i++)
		if (strcmp(s->columns[i]->name, name) == 0)
			return s->columns[i];
	return NULL;
}

bool
table_shape_beside(const struct table_column *c)
{
	return c->kind == COLUMN_UNIT || c->kind == COLUMN_THRESHOLD;
}

const struct table_column *
table_shape_unit(const struct table_shape *s, const struct table_column *c)
{
	int i = 0;

	while (s->columns[i] != c)
		i++;
	while (s->columns[i]->kind != COLUMN_UNIT)
		i++;
	return s->columns[i];
}

enum type { TEXT, NUMBER, SMALL, TRUTH };

static enum type
type_of(const struct table_column *c)
{
	if (c->kind <= COLUMN_NOTE)
		return TEXT;
	if (c->kind >= COLUMN_TICK)
		return TRUTH;
	return c->kind >= COLUMN_MODE ? SMALL : NUMBER;
}

static const void *
place(const struct table_column *c, const struct table_row *row)
{
	return (const char *)row + c->at;
}

static void *
place_in(const struct table_column *c, struct table_row *row)
{
	return (char *)row + c->at;
}

struct table_row
table_shape_blank(void)
{
	struct table_row row = {.note = ""};

	for (int i = 0; i < SHAPES; i++)
		for (int k = 0; shapes[i].columns[k]; k++) {
			const struct table_column *c = shapes[i].columns[k];

			if (c->condition && type_of(c) == NUMBER)
				*(int64_t *)place_in(c, &row) = TABLE_ANY;
		}
	return row;
}

int64_t
table_shape_number(const struct table_column *c, const struct table_row *row)
{
	int64_t n;

	assert(type_of(c) != TEXT);
	if (type_of(c) == TRUTH)
		return *(const bool *)place(c, row);
	if (type_of(c) == SMALL)
		return *(const int *)place(c, row);
	n = *(const int64_t *)place(c, row);
	return c->condition && c->kind == COLUMN_TEAM && n == 0 ? TABLE_ANY : n;
}

const char *
table_shape_text(const struct table_column *c, const struct table_row *row)
{
	assert(type_of(c) == TEXT);
	return *(const char *const *)place(c, row);
}

const char *
table_shape_get(
	struct arena *a, const struct table_column *c, const struct table_row *row)
{
	int64_t n;

	if (type_of(c) == TEXT)
		return table_shape_text(c, row);
	n = table_shape_number(c, row);
	if (c->condition && n == TABLE_ANY)
		return NULL;
	return arena_printf(a, "%" PRId64, n);
}

void
table_shape_set(const struct table_column *c, struct table_row *row, const char *text)
{
	bool said = text && *text;
	int64_t otherwise = c->condition ? TABLE_ANY : 0;
	int64_t n = said ? strtoll(text, NULL, 10) : otherwise;

	switch (type_of(c)) {
	case TEXT:
		*(const char **)place_in(c, row) = said ? text : c->condition ? NULL : "";
		break;
	case NUMBER: *(int64_t *)place_in(c, row) = n; break;
	case SMALL: *(int *)place_in(c, row) = (int)n; break;
	case TRUTH: *(bool *)place_in(c, row) = n == 1; break;
	}
}

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

bool
table_shape_same(
	const struct table_shape *s, const struct table_row *a, const struct table_row *b)
{
	for (int i = 0; s->columns[i]; i++) {
		const struct table_column *c = s->columns[i];
		bool same = type_of(c) == TEXT ? same_text(table_shape_text(c, a),
							 table_shape_text(c, b))
					       : table_shape_number(c, a) ==
							 table_shape_number(c, b);

		if (!same)
			return false;
	}
	return true;
}
