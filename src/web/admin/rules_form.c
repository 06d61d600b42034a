/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/rules_form.h"

#include "rule/field_rule.h"
#include "rule/lengths.h"
#include "rule/status_rule.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHOICES = 1000 };

static const char *
input_id(struct work *w, const struct table_column *c)
{
	return arena_printf(w->arena, "column-%s", c->name);
}

/* --- from a row and back ------------------------------------------------------------ */

static const char *
shown(struct work *w, const struct table_shape *s, const struct table_column *c,
	const struct table_row *row)
{
	struct length l;

	switch (c->kind) {
	case COLUMN_TARGET:
	case COLUMN_LONGER:
		l = (struct length){table_shape_number(c, row),
			(enum clock_unit)table_shape_number(table_shape_unit(s, c), row)};
		return lengths_text(w->arena, &l);
	case COLUMN_STEP: return rules_words_step(w, row);
	case COLUMN_NOTIFY:
	case COLUMN_DEMANDS: return "";
	default: return table_shape_get(w->arena, c, row);
	}
}

/* Asked with a tick for each bit. */
static bool
of_bits(const struct table_column *c)
{
	return c->kind == COLUMN_NOTIFY || c->kind == COLUMN_DEMANDS;
}

struct pairs
rules_form_of(struct work *w, const struct table_shape *s, const struct table_row *row)
{
	struct pairs p = {NULL, 0};

	for (int i = 0; s->columns[i]; i++) {
		const struct table_column *c = s->columns[i];
		const char *text = table_shape_beside(c) ? NULL : shown(w, s, c, row);

		if (text && *text)
			pairs_add(w->arena, &p, input_id(w, c), text);
		for (int n = 0; of_bits(c) && rules_words_bit(c, n) != WORD_NONE; n++)
			if (table_shape_number(c, row) >> n & 1)
				pairs_add_int(w->arena, &p, input_id(w, c), 1 << n);
	}
	return p;
}

static void
take_step(struct work *w, const struct table_column *c, const char *text,
	struct table_row *row)
{
	char *end;
	long long percent = strtoll(text, &end, 10);
	const char *way = strrchr(text, ' ');
	struct length l = {0};

	row->threshold = TABLE_PERCENT;
	row->amount = 0;
	if (end != text && strcmp(end, "%") == 0) {
		row->amount = percent;
		return;
	}
	row->threshold = TABLE_OFFSET;
	if (!way || (strcmp(way, " before") != 0 && strcmp(way, " after") != 0) ||
		!lengths_read(arena_text(w->arena, text, (size_t)(way - text)), &l) ||
		l.unit == CLOCK_MONTHS) {
		(void)!work_problem(w, input_id(w, c), "problem.tables.step");
		row->threshold = TABLE_PERCENT;
		row->amount = 100; /* so that it is not complained of twice */
		return;
	}
	row->amount = strcmp(way, " before") == 0 ? -l.n : l.n;
	row->unit = l.unit == CLOCK_SECONDS ? CLOCK_SECONDS : CLOCK_DAYS;
}

static void
take_length(struct work *w, const struct table_shape *s, const struct table_column *c,
	const char *text, struct table_row *row)
{
	struct length l;

	if (!lengths_read(text, &l)) {
		(void)!work_problem(w, input_id(w, c), "problem.tables.length");
		l = (struct length){.n = 1};
	}
	table_shape_set(c, row, arena_printf(w->arena, "%" PRId64, l.n));
	table_shape_set(
		table_shape_unit(s, c), row, arena_printf(w->arena, "%d", (int)l.unit));
}

/* In the unit of the length before it. */
static void
take_longer(struct work *w, const struct table_column *c, const char *text,
	struct table_row *row)
{
	struct length l;

	if (!lengths_read(text, &l) || (l.n > 0 && l.unit != row->unit)) {
		(void)!work_problem(w, input_id(w, c), "problem.tables.extended");
		l = (struct length){.n = 0};
	}
	table_shape_set(c, row, arena_printf(w->arena, "%" PRId64, l.n));
}

static void
take_bits(struct work *w, const struct table_column *c, const struct pairs *typed,
	struct table_row *row)
{
	const char *id = input_id(w, c);
	long bits = 0;

	for (int i = 0; i < typed->count; i++)
		if (strcmp(typed->at[i].name, id) == 0)
			bits |= strtol(typed->at[i].value, NULL, 10) &
				(c->kind == COLUMN_NOTIFY ? 7 : 15);
	table_shape_set(c, row, arena_printf(w->arena, "%ld", bits));
}

/* Without blanks at its ends. */
static const char *
trimmed(struct work *w, const char *text)
{
	static const char blanks[] = " \t\r\n";
	size_t n;

	text += strspn(text, blanks);
	n = strlen(text);
	while (n > 0 && strchr(blanks, text[n - 1]))
		n--;
	return arena_text(w->arena, text, n);
}

struct table_row
rules_form_take(struct work *w, const struct table_shape *s, const struct pairs *typed)
{
	struct table_row row = table_shape_blank();

	for (int i = 0; s->columns[i]; i++) {
		const struct table_column *c = s->columns[i];
		const char *id = input_id(w, c), *text = pairs_get(typed, id);

		text = text ? trimmed(w, text) : "";
		if (table_shape_beside(c))
			continue;
		if (c->kind == COLUMN_TARGET)
			take_length(w, s, c, text, &row);
		else if (c->kind == COLUMN_LONGER)
			take_longer(w, c, text, &row);
		else if (c->kind == COLUMN_STEP)
			take_step(w, c, text, &row);
		else if (of_bits(c))
			take_bits(w, c, typed, &row);
		else if (c->kind == COLUMN_MODE)
			table_shape_set(c, &row,
				strcmp(text, "2") == 0	 ? "2"
				: strcmp(text, "1") == 0 ? "1"
							 : "0");
		else
			table_shape_set(c, &row, text);
	}
	return row;
}

/* --- questions ---------------------------------------------------------------------- */

struct choices {
	struct work *work;
	const char *chosen;
	struct part_choice *at;
	int count;
};

static struct choices
choices_in(struct work *w, const char *chosen)
{
	return (struct choices){w, chosen ? chosen : "",
		arena_array(w->arena, MOST_CHOICES, sizeof(struct part_choice)), 0};
}

static void
offer(struct choices *c, const char *value, const char *label)
{
	if (c->count < MOST_CHOICES)
		c->at[c->count++] = (struct part_choice){
			.value = value,
			.label = label,
			.chosen = strcmp(value, c->chosen) == 0,
		};
}

static void
offer_number(struct choices *c, int64_t n, const char *label)
{
	offer(c, arena_printf(c->work->arena, "%" PRId64, n), label);
}

static void
offer_levels(struct choices *c)
{
	static const enum word levels[] = {WORD_tables_level_1, WORD_tables_level_2,
		WORD_tables_level_3, WORD_tables_level_4};

	for (int i = 0; i < 4; i++)
		offer_number(c, i + 1, say(c->work, levels[i]));
}

static void
offer_priorities(struct choices *c)
{
	for (int i = 1; i <= 4; i++)
		offer_number(c, i,
			words_text(c->work->arena, c->work->words, WORD_why_priority_is,
				words_values(word_value("n", i),
					word_value("word", staff_words_priority(i)))));
}

static void
offer_clocks(struct choices *c)
{
	static const char *const clocks[] = {
		"response", "resolution", "update", "team", "supplier"};

	for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
		offer(c, clocks[i],
			say(c->work, words_find(arena_printf(c->work->arena,
					     "tables.clock.%s", clocks[i]))));
}

static void
offer_words(struct choices *c, const char *nth(int n), const char *key)
{
	for (int i = 0; nth(i); i++)
		offer(c, nth(i),
			say(c->work, words_find(arena_printf(
					     c->work->arena, "%s.%s", key, nth(i)))));
}

/* Rights that a change of status may take besides the one of its verb. */
static const char *
right_nth(int n)
{
	static const enum right rights[] = {
		RIGHT_ASSIGN, RIGHT_PRIORITY, RIGHT_AMEND, RIGHT_ADMIN, RIGHT_AUDIT};

	return n < (int)(sizeof rights / sizeof *rights) ? access_right_name(rights[n])
							 : NULL;
}

static void
offer_names(struct choices *c, enum column_kind kind, const struct rule_names *n)
{
	for (int i = 0; kind == COLUMN_SERVICE && i < n->services.count; i++)
		offer(c, n->services.at[i].code, n->services.at[i].name);
	for (int i = 0; kind == COLUMN_CATEGORY && i < n->category_count; i++)
		offer(c, n->categories[i], n->categories[i]);
	for (int i = 0; kind == COLUMN_TEAM && i < n->teams.count; i++)
		offer_number(c, n->teams.at[i].id, n->teams.at[i].name);
	for (int i = 0; kind == COLUMN_CALENDAR && i < n->calendars.count; i++)
		offer_number(c, n->calendars.at[i].id, n->calendars.at[i].name);
	for (int i = 0; kind == COLUMN_ROLE && i < n->roles.count; i++)
		offer(c, n->roles.at[i].name,
			staff_words_role_text(
				c->work, n->roles.at[i].role, n->roles.at[i].label));
	for (enum channel k = 0; kind == COLUMN_CHANNEL && k < CHANNEL_COUNT; k++)
		offer(c, contact_channel_name(k), say(c->work, staff_words_channel(k)));
}

static void
offer_modes(struct choices *c)
{
	for (enum table_mode m = TABLE_CARRY; m <= TABLE_RESTART; m++)
		offer_number(c, m,
			say(c->work, words_find(arena_printf(c->work->arena,
					     "tables.mode.%s", table_mode_name(m)))));
}

static struct part_choices
select_choices(const struct rules_words *r, const struct table_column *column,
	const char *chosen)
{
	struct work *w = r->work;
	struct choices c = choices_in(w, chosen);

	if (column->kind == COLUMN_RIGHT)
		offer(&c, "", say(w, WORD_tables_right_none));
	else if (column->kind != COLUMN_MODE)
		offer(&c, "",
			say(w, column->condition && !column->demanded
					? WORD_tables_any
					: WORD_tables_choose));
	switch (column->kind) {
	case COLUMN_PRIORITY: offer_priorities(&c); break;
	case COLUMN_LEVEL: offer_levels(&c); break;
	case COLUMN_CLOCK: offer_clocks(&c); break;
	case COLUMN_MODE: offer_modes(&c); break;
	case COLUMN_KIND: offer_words(&c, status_rule_kind, "tables.kind"); break;
	case COLUMN_STATUS: offer_words(&c, status_rule_status, "staff.status"); break;
	case COLUMN_FIELD: offer_words(&c, field_rule_name, "field.name"); break;
	case COLUMN_RIGHT: offer_words(&c, right_nth, "tables.right"); break;
	case COLUMN_FLAG:
		offer(&c, "1", say(w, WORD_tables_yes));
		offer(&c, "0", say(w, WORD_tables_no));
		break;
	default: offer_names(&c, column->kind, r->names); break;
	}
	return (struct part_choices){c.at, c.count};
}

static struct part_choices
bit_choices(struct work *w, const struct table_column *column, const struct pairs *typed)
{
	const char *id = input_id(w, column);
	struct choices c = choices_in(w, "");

	for (int i = 0; rules_words_bit(column, i) != WORD_NONE; i++) {
		offer_number(&c, 1 << i, say(w, rules_words_bit(column, i)));
		for (int k = 0; k < typed->count; k++)
			if (strcmp(typed->at[k].name, id) == 0 &&
				strcmp(typed->at[k].value, c.at[i].value) == 0)
				c.at[i].chosen = true;
	}
	return (struct part_choices){c.at, c.count};
}

static struct part_choices
tick(const struct rules_words *r, const struct table_column *column, const char *typed)
{
	struct choices c = choices_in(r->work, typed);

	offer(&c, "1", say(r->work, rules_words_column(r->shape, column)));
	return (struct part_choices){c.at, 1};
}

struct part_input
rules_form_input(const struct rules_words *r, const struct table_column *c,
	const struct pairs *typed)
{
	struct work *w = r->work;
	const char *id = input_id(w, c), *value = pairs_get(typed, id);
	enum word hint = rules_words_hint(r->shape, c);
	struct part_input in = {
		.kind = PART_SELECT,
		.id = id,
		.label = say(w, rules_words_column(r->shape, c)),
		.hint = hint == WORD_NONE ? NULL : say(w, hint),
		.error = frame_problem(w, id),
		.value = value ? value : "",
	};

	switch (c->kind) {
	case COLUMN_PHRASE:
	case COLUMN_TARGET:
	case COLUMN_LONGER:
	case COLUMN_STEP:
		in.kind = PART_TEXT;
		in.autocomplete = "off";
		break;
	case COLUMN_NOTE:
		in.kind = PART_AREA;
		in.rows = 2;
		break;
	case COLUMN_NOTIFY:
	case COLUMN_DEMANDS:
		in.kind = PART_CHECKBOXES;
		in.small = true;
		in.choices = bit_choices(w, c, typed);
		break;
	case COLUMN_TICK:
		in.kind = PART_CHECKBOXES;
		in.small = true;
		in.label = NULL;
		in.choices = tick(r, c, value);
		break;
	default: in.choices = select_choices(r, c, value); break;
	}
	return in;
}

struct part_inputs
rules_form_inputs(const struct rules_words *r, const struct pairs *typed, bool conditions)
{
	struct part_input *at = arena_array(
		r->work->arena, TABLE_MOST_COLUMNS, sizeof *at);
	struct part_inputs all = {at, 0};

	for (int i = 0; r->shape->columns[i]; i++) {
		const struct table_column *c = r->shape->columns[i];

		if (c->condition == conditions && !table_shape_beside(c))
			at[all.count++] = rules_form_input(r, c, typed);
	}
	return all;
}
