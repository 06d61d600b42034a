/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/answer.h"

#include "base/arena.h"
#include "rule/address.h"
#include "rule/dayanswer.h"
#include "rule/decimal.h"
#include "rule/emailaddress.h"
#include "rule/identifier.h"
#include "rule/point.h"
#include "rule/telephone.h"
#include "rule/typed.h"

#include <assert.h>
#include <string.h>

enum {
	HANDLE = 64,
	NUMBER_PLACES = 6,
};

/* 999,999,999,999 in millionths, and 999,999,999.99 in pence. */
static const int64_t largest_number = 999999999999000000, largest_money = 99999999999;

struct check {
	struct arena *arena;
	const struct field *field;
	const struct answer *answer;
	struct date today;
};

static struct verdict
stored(const char *text)
{
	return (struct verdict){.text = text};
}

static struct verdict
problem(const char *key)
{
	return (struct verdict){.problem = key};
}

/* The text when there is one, otherwise the problem. */
static struct verdict
stored_or(const char *text, const char *key)
{
	return text ? stored(text) : problem(key);
}

/* The one part of an answer that has only one. */
static const char *
only_part(const struct check *c)
{
	return c->answer->parts[0];
}

static struct verdict
check_point(const struct check *c)
{
	struct point p;

	switch (point_read(c->arena, only_part(c), &p)) {
	case POINT_ILL: return problem("problem.point.shape");
	case POINT_OUTSIDE: return problem("problem.point.outside");
	case POINT_READ: break;
	}
	return stored(point_text(c->arena, p));
}

static struct verdict
check_address(const struct check *c)
{
	struct address found;

	switch (address_read(c->arena, c->answer->parts, c->answer->count, &found)) {
	case ADDRESS_LONG: return problem("problem.address.long");
	case ADDRESS_ONLY_POSTCODE: return problem("problem.address.line");
	case ADDRESS_EMPTY:
	case ADDRESS_READ: break;
	}
	return stored(found.text);
}

static struct verdict
check_line(const struct check *c)
{
	const char *line = typed_line(c->arena, only_part(c));

	if (typed_length(line) > ANSWER_TEXT)
		return problem("problem.text.long");
	return stored(line);
}

static struct verdict
check_long(const struct check *c)
{
	const char *lines = typed_lines(c->arena, only_part(c));

	if (typed_length(lines) > ANSWER_LONG)
		return problem("problem.long.long");
	return stored(lines);
}

/* Codes and addresses that a rule of their own reads. */
static struct verdict
check_shape(const struct check *c)
{
	static const struct {
		const char *(*read)(struct arena *a, const char *text);
		const char *problem;
	} shapes[FIELD_TYPES] = {
		[FIELD_UPRN] = {identifier_uprn, "problem.uprn"},
		[FIELD_REG] = {identifier_registration, "problem.registration"},
		[FIELD_NINO] = {identifier_nino, "problem.nino"},
		[FIELD_PHONE] = {telephone_read, "problem.phone"},
		[FIELD_EMAIL] = {emailaddress_read, "problem.email"},
	};
	enum field_type type = c->field->type;

	assert(shapes[type].read);
	return stored_or(shapes[type].read(c->arena, only_part(c)), shapes[type].problem);
}

/* The choice as the form has it, by its letters without regard to case. Where the list
 * is kept elsewhere and nobody filled it in, what was typed is taken. */
static const char *
find_choice(const struct check *c, const char *typed)
{
	const struct field *f = c->field;
	const char *line = typed_line(c->arena, typed);

	for (int i = 0; i < f->choice_count; i++)
		if (bytes_equal_nocase(bytes_of(f->choices[i]), bytes_of(line)))
			return f->choices[i];
	if (f->list && f->choice_count == 0 && !strchr(line, ';') &&
		typed_length(line) <= FORM_CHOICE)
		return line;
	return NULL;
}

static struct verdict
check_choice(const struct check *c)
{
	return stored_or(find_choice(c, only_part(c)), "problem.choice");
}

static bool
among(const char *const *texts, int count, const char *text)
{
	for (int i = 0; i < count; i++)
		if (strcmp(texts[i], text) == 0)
			return true;
	return false;
}

static struct verdict
joined(const struct check *c, const char *const *texts, int count)
{
	struct buffer b = buffer_in(c->arena, 0);

	for (int i = 0; i < count; i++)
		buffer_printf(&b, "%s%s", i ? ";" : "", texts[i]);
	return stored(buffer_text(&b));
}

/* Each choice once. The order is that of the form, so that equal answers are equal
 * texts; of a list kept elsewhere that of the answer. */
static struct verdict
check_multi(const struct check *c)
{
	const struct field *f = c->field;
	const char **found, **ordered;
	int count = 0, placed = 0;

	found = arena_array(c->arena, (size_t)c->answer->count, sizeof *found);
	for (int i = 0; i < c->answer->count; i++) {
		const char *choice = find_choice(c, c->answer->parts[i]);

		if (!*typed_line(c->arena, c->answer->parts[i]))
			continue;
		if (!choice)
			return problem("problem.choice");
		if (!among(found, count, choice))
			found[count++] = choice;
	}
	if (f->choice_count == 0)
		return joined(c, found, count);

	ordered = arena_array(c->arena, (size_t)f->choice_count, sizeof *ordered);
	for (int i = 0; i < f->choice_count; i++)
		if (among(found, count, f->choices[i]))
			ordered[placed++] = f->choices[i];
	return joined(c, ordered, placed);
}

/* The handles that uploads were given; who stores files knows whether they exist. */
static struct verdict
check_file(const struct check *c)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_-";
	const char *found[ANSWER_FILES];
	int count = 0;

	for (int i = 0; i < c->answer->count; i++) {
		const char *handle = typed_line(c->arena, c->answer->parts[i]);
		size_t n = strlen(handle);

		if (n == 0 || among(found, count, handle))
			continue;
		if (n > HANDLE || strspn(handle, allowed) != n)
			return problem("problem.file");
		if (count == ANSWER_FILES)
			return problem("problem.file.many");
		found[count++] = handle;
	}
	return joined(c, found, count);
}

static struct verdict
check_number(const struct check *c)
{
	const char *line = typed_line(c->arena, only_part(c));
	int64_t value;

	if (strncmp(line, "\u2212", 3) == 0)
		line = arena_printf(c->arena, "-%s", line + 3);
	switch (decimal_read(line, NUMBER_PLACES, &value)) {
	case DECIMAL_ILL:
	case DECIMAL_FINER: return problem("problem.number");
	case DECIMAL_LARGE: return problem("problem.number.large");
	case DECIMAL_READ: break;
	}
	if (value > largest_number || value < -largest_number)
		return problem("problem.number.large");
	return stored(decimal_text(c->arena, value, NUMBER_PLACES, 0));
}

static struct verdict
check_money(const struct check *c)
{
	const char *line = typed_line(c->arena, only_part(c));
	int64_t pence;

	if (strncmp(line, "£", strlen("£")) == 0)
		line = typed_line(c->arena, line + strlen("£"));
	switch (decimal_read(line, 2, &pence)) {
	case DECIMAL_ILL: return problem("problem.money");
	case DECIMAL_FINER: return problem("problem.money.pence");
	case DECIMAL_LARGE: return problem("problem.money.large");
	case DECIMAL_READ: break;
	}
	if (pence < 0)
		return problem("problem.money");
	if (pence > largest_money)
		return problem("problem.money.large");
	return stored(decimal_text(c->arena, pence, 0, 0));
}

/* 1 yes, 0 no, -1 neither: what forms post, programs send and people type. */
static int
read_yesno(const struct check *c)
{
	static const char *const yes[] = {"YES", "Y", "TRUE", "ON", "1", "IE"};
	static const char *const no[] = {"NO", "N", "FALSE", "OFF", "0", "NA", "NAGE"};
	const char *code = typed_code(c->arena, only_part(c), "");

	if (among(yes, sizeof yes / sizeof *yes, code))
		return 1;
	return among(no, sizeof no / sizeof *no, code) ? 0 : -1;
}

static struct verdict
check_yesno(const struct check *c)
{
	switch (read_yesno(c)) {
	case 1: return stored("yes");
	case 0: return stored("no");
	default: return problem("problem.yesno");
	}
}

/* A declaration that is not made is no answer. */
static struct verdict
check_decl(const struct check *c)
{
	switch (read_yesno(c)) {
	case 1: return stored("yes");
	case 0: return stored("");
	default: return problem("problem.tick");
	}
}

static struct verdict
check_day(const struct check *c)
{
	return dayanswer_check(c->arena, c->field->type, c->answer, c->today);
}

static struct verdict (*const checks[FIELD_TYPES])(const struct check *c) = {
	[FIELD_POINT] = check_point,
	[FIELD_ADDRESS] = check_address,
	[FIELD_UPRN] = check_shape,
	[FIELD_TEXT] = check_line,
	[FIELD_LONG] = check_long,
	[FIELD_CHOICE] = check_choice,
	[FIELD_MULTI] = check_multi,
	[FIELD_DATE] = check_day,
	[FIELD_DATETIME] = check_day,
	[FIELD_NUMBER] = check_number,
	[FIELD_MONEY] = check_money,
	[FIELD_FILE] = check_file,
	[FIELD_PHONE] = check_shape,
	[FIELD_EMAIL] = check_shape,
	[FIELD_NAME] = check_line,
	[FIELD_YESNO] = check_yesno,
	[FIELD_REG] = check_shape,
	[FIELD_NINO] = check_shape,
	[FIELD_DOB] = check_day,
	[FIELD_DECL] = check_decl,
};

/* What to tell who left out an answer that is required. */
static struct verdict
missing(const struct field *f)
{
	switch (f->type) {
	case FIELD_CHOICE:
	case FIELD_MULTI:
	case FIELD_YESNO: return problem("problem.select");
	case FIELD_FILE: return problem("problem.upload");
	case FIELD_DECL: return problem("problem.tick");
	default: return problem("problem.enter");
	}
}

/* Only these look further than the first part. */
static bool
has_parts(enum field_type type)
{
	return type == FIELD_MULTI || type == FIELD_FILE || type == FIELD_ADDRESS ||
	       type == FIELD_DATE || type == FIELD_DOB || type == FIELD_DATETIME;
}

static bool
is_answered(const struct check *c)
{
	int count = has_parts(c->field->type) ? c->answer->count : c->answer->count > 0;

	for (int i = 0; i < count; i++)
		if (*typed_line(c->arena, c->answer->parts[i]))
			return true;
	return false;
}

struct verdict
answer_check(struct arena *a, const struct field *f, const struct answer *answer,
	struct date today)
{
	struct check c = {a, f, answer, today};
	struct verdict v = is_answered(&c) ? checks[f->type](&c) : stored("");

	if (v.text && !*v.text && f->required)
		return missing(f);
	return v;
}
