/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/open311/open311_attributes.h"

#include "rule/answer.h"

#include <string.h>

enum { MOST_VALUES = 200 };

static const char *const yes_or_no[] = {"yes", "no"};
static const char *const agreed[] = {"yes"};

static const char *
datatype_of(enum field_type t)
{
	switch (t) {
	case FIELD_LONG:
	case FIELD_ADDRESS: return "text";
	case FIELD_NUMBER:
	case FIELD_MONEY: return "number";
	case FIELD_DATE:
	case FIELD_DATETIME:
	case FIELD_DOB: return "datetime";
	case FIELD_CHOICE:
	case FIELD_YESNO:
	case FIELD_DECL: return "singlevaluelist";
	case FIELD_MULTI: return "multivaluelist";
	default: return "string";
	}
}

static bool
is_attribute(const struct field *f)
{
	return f->type != FIELD_POINT && f->type != FIELD_FILE;
}

struct open311_attributes
open311_attributes_of(struct arena *a, const struct form *form)
{
	struct open311_attributes list = {NULL, 0};

	if (!form)
		return list;
	list.at = arena_array(a, (size_t)form->count, sizeof *list.at);
	for (int i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];
		struct open311_attribute *t = &list.at[list.count];

		if (!is_attribute(f))
			continue;
		*t = (struct open311_attribute){
			.code = f->name,
			.label = form_label(a, f->name),
			.hint = NULL,
			.datatype = datatype_of(f->type),
			.required = f->required,
			.order = ++list.count,
			.values = f->choices,
			.value_count = f->choice_count,
			.field = f,
		};
		if (f->type == FIELD_YESNO) {
			t->values = yes_or_no;
			t->value_count = 2;
		} else if (f->type == FIELD_DECL) {
			t->values = agreed;
			t->value_count = 1;
		} else if (strcmp(t->datatype, "singlevaluelist") == 0 &&
			   t->value_count == 0) {
			t->datatype = "string"; /* the list is kept elsewhere */
		}
	}
	return list;
}

/* "2026-03-02", or the same with a time behind it, in the parts that a day has. */
static int
day_parts(struct arena *a, const char *text, const char **parts)
{
	struct date d;

	if (strlen(text) < 10 ||
		!times_parse_date((struct bytes){(const unsigned char *)text, 10}, &d))
		return 0;
	parts[0] = arena_printf(a, "%d", d.day);
	parts[1] = arena_printf(a, "%d", d.month);
	parts[2] = arena_printf(a, "%d", d.year);
	return 3;
}

static int
parts_of(struct arena *a, const struct field *f, const char *text, const char **parts)
{
	int n = 0;

	if (f->type == FIELD_DATE || f->type == FIELD_DOB || f->type == FIELD_DATETIME)
		n = day_parts(a, text, parts);
	if (n && f->type == FIELD_DATETIME)
		parts[n++] = strlen(text) >= 16 ? arena_text(a, text + 11, 5) : "00:00";
	if (n == 0)
		parts[n++] = text;
	return n;
}

/* All values that were sent under a code. */
static int
values_of(struct work *w, const struct field *f, const struct pairs *sent,
	const char **values)
{
	int n = 0;

	for (int i = 0; i < sent->count && n < MOST_VALUES; i++)
		if (strcmp(sent->at[i].name, f->name) == 0) {
			if (f->type != FIELD_MULTI)
				return parts_of(w->arena, f, sent->at[i].value, values);
			values[n++] = sent->at[i].value;
		}
	return n;
}

static enum outcome
read_one(struct work *w, const struct field *f, const struct pairs *sent,
	struct pairs *answers)
{
	const char **values = arena_array(w->arena, MOST_VALUES, sizeof *values);
	struct answer given = {values, values_of(w, f, sent, values)};
	struct date today = times_date(times_day(w->now));
	struct verdict v;

	if (given.count == 0) {
		if (f->required)
			return work_problem(w,
				arena_printf(w->arena, "attribute[%s]", f->name),
				"problem.open311.required");
		return DONE;
	}
	v = answer_check(w->arena, f, &given, today);
	if (!v.text)
		return work_problem(
			w, arena_printf(w->arena, "attribute[%s]", f->name), v.problem);
	if (*v.text)
		pairs_add(w->arena, answers, f->name, v.text);
	return DONE;
}

enum outcome
open311_attributes_read(struct work *w, const struct form *form, const struct pairs *sent,
	struct pairs *answers)
{
	enum outcome end = DONE;

	for (int i = 0; form && i < form->count; i++)
		if (is_attribute(&form->fields[i]) &&
			read_one(w, &form->fields[i], sent, answers) != DONE)
			end = INVALID;
	for (int i = 0; i < sent->count; i++)
		if (!form || !form_field(form, sent->at[i].name))
			pairs_add(w->arena, answers, sent->at[i].name, sent->at[i].value);
	return end;
}
