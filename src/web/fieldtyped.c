/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/fieldtyped.h"

#include "base/arena.h"
#include "rule/postcode.h"
#include "rule/typed.h"

#include <string.h>

enum { MOST_PARTS = 4, MOST_LINES = 50 };

static const char *const no_parts[] = {"", NULL};
static const char *const date_parts[] = {"-day", "-month", "-year", NULL};
static const char *const time_parts[] = {"-day", "-month", "-year", "-time", NULL};
static const char *const address_parts[] = {
	"-line1", "-line2", "-town", "-postcode", NULL};
static const char *const point_parts[] = {"-place", "", NULL};
static const char *const property_parts[] = {
	"-line1", "-line2", "-town", "-postcode", "", NULL};
static const char *const lines_parts[] = {"-lines", NULL};

static bool
is_open_list(const struct field *f)
{
	return f->type == FIELD_MULTI && f->choice_count == 0;
}

static const char *const *
parts_of(const struct field *f)
{
	switch (f->type) {
	case FIELD_DATE:
	case FIELD_DOB: return date_parts;
	case FIELD_DATETIME: return time_parts;
	case FIELD_ADDRESS: return address_parts;
	case FIELD_POINT: return point_parts;
	case FIELD_UPRN: return property_parts;
	case FIELD_MULTI: return is_open_list(f) ? lines_parts : no_parts;
	default: return no_parts;
	}
}

/* Whether this is the name of one of the field's inputs. */
static bool
is_input(const struct field *f, const char *name)
{
	size_t n = strlen(f->name);
	const char *const *part = parts_of(f);

	if (strncmp(name, f->name, n) != 0)
		return false;
	while (*part && strcmp(name + n, *part) != 0)
		part++;
	return *part != NULL;
}

/* Without those that `is` names: pairs only grow, so the others are copied. */
static void
drop(struct arena *a, struct pairs *typed, bool (*is)(const void *what, const char *name),
	const void *what)
{
	struct pairs kept = {NULL, 0};

	for (int i = 0; i < typed->count; i++)
		if (!is(what, typed->at[i].name))
			pairs_add(a, &kept, typed->at[i].name, typed->at[i].value);
	*typed = kept;
}

static bool
of_field(const void *what, const char *name)
{
	return is_input(what, name);
}

static bool
is_name(const void *what, const char *name)
{
	return strcmp(what, name) == 0;
}

void
fieldtyped_take(struct arena *a, const struct field *f, const struct pairs *form,
	struct pairs *typed)
{
	if (f->type == FIELD_FILE)
		return;
	drop(a, typed, of_field, f);
	for (int i = 0; i < form->count; i++)
		if (is_input(f, form->at[i].name) && *form->at[i].value)
			pairs_add(a, typed, form->at[i].name, form->at[i].value);
}

void
fieldtyped_put(struct arena *a, struct pairs *typed, const char *name, const char *value)
{
	drop(a, typed, is_name, name);
	if (*value)
		pairs_add(a, typed, name, value);
}

const char *
fieldtyped_input(struct arena *a, const struct pairs *typed, const struct field *f,
	const char *part)
{
	const char *value = pairs_get(typed, arena_printf(a, "%s%s", f->name, part));

	return value ? value : "";
}

bool
fieldtyped_has(const struct pairs *typed, const struct field *f, const char *choice)
{
	for (int i = 0; i < typed->count; i++)
		if (strcmp(typed->at[i].name, f->name) == 0 &&
			strcmp(typed->at[i].value, choice) == 0)
			return true;
	return false;
}

struct reading {
	struct arena *arena;
	const struct field *field;
	const struct pairs *typed;
	struct date today;
};

static const char *
input_id(const struct reading *r, const char *part)
{
	return arena_printf(r->arena, "%s%s", r->field->name, part);
}

static struct fieldtyped
wrong(const struct reading *r, const char *problem, const char *part)
{
	return (struct fieldtyped){.problem = problem, .input = input_id(r, part)};
}

/* Checks parts as an answer to a field of this type. */
static struct verdict
check(const struct reading *r, enum field_type type, const char *const *parts, int count)
{
	struct field f = *r->field;
	const struct answer answer = {parts, count};

	f.type = type;
	return answer_check(r->arena, &f, &answer, r->today);
}

static void
add_value(struct fieldtyped *t, const char *value)
{
	if (value && *value)
		t->values[t->count++] = value;
}

/* The first part that a verdict blames, else the first of all. */
static const char *
blamed(const struct verdict *v, const char *const *parts)
{
	for (int i = 0; parts[i]; i++)
		if (v->parts >> i & 1)
			return parts[i];
	return parts[0];
}

/* Fields of one answer in one or more parts. */
static struct fieldtyped
read_parts(const struct reading *r)
{
	const char *const *names = parts_of(r->field);
	const char *parts[MOST_PARTS];
	struct fieldtyped t = {.count = 0};
	struct verdict v;
	int count = 0;

	for (; names[count]; count++)
		parts[count] = fieldtyped_input(
			r->arena, r->typed, r->field, names[count]);
	v = check(r, r->field->type, parts, count);
	if (v.problem)
		return wrong(r, v.problem, blamed(&v, names));
	add_value(&t, v.text);
	return t;
}

/* Each of the values with the field's name is a part. */
static struct fieldtyped
read_choices(const struct reading *r)
{
	const char **parts = arena_array(
		r->arena, (size_t)r->typed->count + 1, sizeof *parts);
	struct fieldtyped t = {.count = 0};
	struct verdict v;
	int count = 0;

	for (int i = 0; i < r->typed->count; i++)
		if (strcmp(r->typed->at[i].name, r->field->name) == 0)
			parts[count++] = r->typed->at[i].value;
	v = check(r, FIELD_MULTI, parts, count);
	if (v.problem)
		return wrong(r, v.problem, "");
	add_value(&t, v.text);
	return t;
}

/* Each line is a part; a ';' would part it once more, so it is a comma here. */
static struct fieldtyped
read_lines(const struct reading *r)
{
	const char *parts[MOST_LINES];
	char *lines = arena_copy(
		r->arena, fieldtyped_input(r->arena, r->typed, r->field, "-lines"));
	struct fieldtyped t = {.count = 0};
	struct bytes rest;
	struct verdict v;
	int count = 0;

	for (char *c = lines; *c; c++)
		if (*c == ';')
			*c = ',';
	rest = bytes_of(lines);
	while (rest.len && count < MOST_LINES) {
		struct bytes line = bytes_trim(bytes_cut(&rest, '\n'));

		if (line.len)
			parts[count++] = arena_text(r->arena, line.at, line.len);
	}
	v = check(r, FIELD_MULTI, parts, count);
	if (v.problem)
		return wrong(r, v.problem, "-lines");
	add_value(&t, v.text);
	return t;
}

/* A place in words, or none. */
static struct fieldtyped
read_place(const struct reading *r)
{
	const char *words = fieldtyped_input(r->arena, r->typed, r->field, "-place");
	struct fieldtyped t = {.count = 0};
	struct verdict v;

	words = typed_line(r->arena, words);
	if (*words) {
		v = check(r, FIELD_TEXT, &words, 1);
		if (v.problem)
			return wrong(r, v.problem, "-place");
		add_value(&t, v.text);
	}
	return t;
}

/* Here the first line stands alone, so it can be asked for by name. */
static bool
only_postcode(const char *problem)
{
	return strcmp(problem, "problem.address.line") == 0;
}

/* The lines and the postcode, or none. */
static struct fieldtyped
read_address(const struct reading *r)
{
	const char *parts[MOST_PARTS];
	struct field f = *r->field;
	const struct answer answer = {parts, MOST_PARTS};
	struct fieldtyped t = {.count = 0};
	struct verdict v;

	for (int i = 0; i < MOST_PARTS; i++)
		parts[i] = typed_line(r->arena,
			fieldtyped_input(r->arena, r->typed, r->field, address_parts[i]));
	if (*parts[3]) {
		parts[3] = postcode_read(r->arena, parts[3]);
		if (!parts[3])
			return wrong(r, "problem.ask.postcode", "-postcode");
	}
	f.type = FIELD_ADDRESS;
	f.required = false;
	v = answer_check(r->arena, &f, &answer, r->today);
	if (v.problem)
		return wrong(r, only_postcode(v.problem) ? "problem.ask.line" : v.problem,
			"-line1");
	add_value(&t, v.text);
	return t;
}

/* The exact place, if one was given, and behind it the place in words. */
static struct fieldtyped
read_exact(const struct reading *r, struct fieldtyped (*words)(const struct reading *r),
	const char *missing, const char *first)
{
	const char *exact = fieldtyped_input(r->arena, r->typed, r->field, "");
	struct fieldtyped told = words(r);
	struct fieldtyped t = {.count = 0};

	if (told.problem)
		return told;
	if (*typed_line(r->arena, exact)) {
		struct verdict v = check(r, r->field->type, &exact, 1);

		if (v.problem)
			return wrong(r, v.problem, "");
		add_value(&t, v.text);
	}
	add_value(&t, told.count ? told.values[0] : NULL);
	if (t.count == 0 && r->field->required)
		return wrong(r, missing, first);
	return t;
}

static struct fieldtyped
read_whole_address(const struct reading *r)
{
	struct fieldtyped t = read_address(r);

	if (!t.problem && t.count == 0 && r->field->required)
		return wrong(r, "problem.ask.line", "-line1");
	return t;
}

struct fieldtyped
fieldtyped_read(struct arena *a, const struct field *f, const struct pairs *typed,
	struct date today)
{
	struct reading r = {a, f, typed, today};

	switch (f->type) {
	case FIELD_FILE: return (struct fieldtyped){.count = 0};
	case FIELD_POINT:
		return read_exact(&r, read_place, "problem.ask.place", "-place");
	case FIELD_UPRN:
		return read_exact(&r, read_address, "problem.ask.line", "-line1");
	case FIELD_ADDRESS: return read_whole_address(&r);
	case FIELD_MULTI: return is_open_list(f) ? read_lines(&r) : read_choices(&r);
	default: return read_parts(&r);
	}
}
