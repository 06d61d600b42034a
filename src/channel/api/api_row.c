/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_row.h"

#include "channel/api/api_door.h"

#include <inttypes.h>
#include <string.h>

/* The bits of a column by their names, from the lowest. */
static const char *const notified[] = {"assignee", "leader", "owner", NULL};
static const char *const demanded[] = {"words", "assignee", "customer", "place", NULL};

static const char *const *
bit_names(const struct table_column *c)
{
	return c->kind == COLUMN_DEMANDS ? demanded : notified;
}

/* --- out ---------------------------------------------------------------------------- */

static void
show_bits(struct jsonout *j, const struct table_column *c, int64_t bits)
{
	const char *const *names = bit_names(c);

	jsonout_list(j);
	for (int i = 0; names[i]; i++)
		if (bits >> i & 1)
			jsonout_text(j, names[i]);
	jsonout_end(j);
}

static void
show_number(struct jsonout *j, const struct table_column *c, int64_t n)
{
	if (c->condition && n == TABLE_ANY) {
		jsonout_null(j);
		return;
	}
	switch (c->kind) {
	case COLUMN_TEAM: jsonout_id(j, n); break;
	case COLUMN_CALENDAR:
		if (n)
			jsonout_id(j, n);
		else
			jsonout_null(j);
		break;
	case COLUMN_FLAG:
	case COLUMN_TICK: jsonout_truth(j, n == 1); break;
	case COLUMN_UNIT: jsonout_text(j, clock_unit_text((enum clock_unit)n)); break;
	case COLUMN_MODE: jsonout_text(j, table_mode_name((enum table_mode)n)); break;
	case COLUMN_THRESHOLD:
		jsonout_text(j, table_threshold_name((enum table_threshold)n));
		break;
	case COLUMN_DEMANDS:
	case COLUMN_NOTIFY: show_bits(j, c, n); break;
	default: jsonout_whole(j, n); break;
	}
}

void
api_row_show(struct jsonout *j, const struct table_shape *s, const struct table_row *row)
{
	for (int i = 0; s->columns[i]; i++) {
		const struct table_column *c = s->columns[i];

		jsonout_name(j, c->name);
		if (c->kind <= COLUMN_NOTE)
			jsonout_text(j, table_shape_text(c, row));
		else
			show_number(j, c, table_shape_number(c, row));
	}
}

static void
show_side(struct jsonout *j, const char *name, const struct table_shape *s,
	const struct table_row *row)
{
	jsonout_name(j, name);
	if (!row) {
		jsonout_null(j);
		return;
	}
	jsonout_record(j);
	jsonout_member_whole(j, "position", row->position);
	api_row_show(j, s, row);
	jsonout_end(j);
}

void
api_row_diff(struct jsonout *j, const struct table_shape *s, const struct table_diff *d)
{
	static const char *const kinds[] = {
		[TABLE_ADDED] = "added",
		[TABLE_REMOVED] = "removed",
		[TABLE_CHANGED] = "changed",
		[TABLE_MOVED] = "moved",
	};

	for (int k = 0; k <= TABLE_MOVED; k++)
		jsonout_member_whole(j, kinds[k], d->of[k]);
	api_door_open_list(j, "changes");
	for (int i = 0; i < d->count; i++) {
		jsonout_record(j);
		jsonout_member(j, "kind", kinds[d->at[i].kind]);
		show_side(j, "was", s, d->at[i].was);
		show_side(j, "is", s, d->at[i].is);
		jsonout_end(j);
	}
	jsonout_end(j);
}

/* --- in ----------------------------------------------------------------------------- */

/* -1 for what is none; text may be NULL. */
static int
mode_of(const char *text)
{
	for (enum table_mode m = TABLE_CARRY; text && m <= TABLE_RESTART; m++)
		if (strcmp(table_mode_name(m), text) == 0)
			return (int)m;
	return -1;
}

static int
threshold_of(const char *text)
{
	for (enum table_threshold t = TABLE_PERCENT; text && t <= TABLE_OFFSET; t++)
		if (strcmp(table_threshold_name(t), text) == 0)
			return (int)t;
	return -1;
}

static int
unit_of(const char *text)
{
	enum clock_unit u = clock_unit_read(text);

	return text && strcmp(clock_unit_text(u), text) == 0 ? (int)u : -1;
}

/* -1 when it is no list of names of bits. */
static int
read_bits(const struct table_column *c, const struct json *v)
{
	const char *const *names = bit_names(c);
	int bits = 0;

	if (v->kind != JSON_KIND_LIST)
		return -1;
	for (int i = 0; i < v->count; i++) {
		const char *word = json_words(&v->items[i]);
		int bit = 0;

		while (word && names[bit] && strcmp(names[bit], word) != 0)
			bit++;
		if (!word || !names[bit])
			return -1;
		bits |= 1 << bit;
	}
	return bits;
}

/* The value as the column keeps it, as text; NULL when it is not of its kind. */
static const char *
value_text(struct arena *a, const struct table_column *c, const struct json *v)
{
	const char *text = json_words(v);
	int64_t n = -1;

	switch (c->kind) {
	case COLUMN_FLAG:
	case COLUMN_TICK: return v->kind != JSON_KIND_TRUTH ? NULL : v->truth ? "1" : "0";
	case COLUMN_TEAM:
	case COLUMN_CALENDAR:
		return text && *text && text[strspn(text, "0123456789")] == 0 &&
				       strlen(text) < 19
			       ? text
			       : NULL;
	case COLUMN_MODE: n = mode_of(text); break;
	case COLUMN_THRESHOLD: n = threshold_of(text); break;
	case COLUMN_UNIT: n = unit_of(text); break;
	case COLUMN_DEMANDS:
	case COLUMN_NOTIFY: n = read_bits(c, v); break;
	default:
		if (c->kind <= COLUMN_NOTE)
			return text;
		return json_number(v, &n) ? arena_printf(a, "%" PRId64, n) : NULL;
	}
	return n < 0 ? NULL : arena_printf(a, "%" PRId64, n);
}

static bool
stands_in(const char *const *more, const char *name)
{
	while (*more)
		if (strcmp(*more++, name) == 0)
			return true;
	return false;
}

bool
api_row_read(struct work *w, const struct table_shape *s, const struct json *body,
	const char *const *more, struct table_row *row)
{
	*row = table_shape_blank();
	for (int i = 0; i < body->count; i++) {
		const struct json_member *m = &body->members[i];
		const struct table_column *c = table_shape_column(s, m->name);
		const char *text;

		if (!c && !stands_in(more, m->name))
			(void)!work_problem(w, m->name, "problem.tables.column");
		if (!c || json_none(&m->value))
			continue;
		text = value_text(w->arena, c, &m->value);
		if (text)
			table_shape_set(c, row, text);
		else
			(void)!work_problem(w, m->name, "problem.tables.value");
	}
	return w->problems.count == 0;
}

void
api_row_name_problems(struct work *w)
{
	static const char front[] = "column-";

	for (int i = 0; i < w->problems.count; i++)
		if (strncmp(w->problems.at[i].field, front, sizeof front - 1) == 0)
			w->problems.at[i].field += sizeof front - 1;
}
