/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/form.h"

#include "base/arena.h"

#include <string.h>

static const char *const type_words[FIELD_TYPES] = {
	[FIELD_POINT] = "point",
	[FIELD_ADDRESS] = "address",
	[FIELD_UPRN] = "uprn",
	[FIELD_TEXT] = "text",
	[FIELD_LONG] = "long",
	[FIELD_CHOICE] = "choice",
	[FIELD_MULTI] = "multi",
	[FIELD_DATE] = "date",
	[FIELD_DATETIME] = "datetime",
	[FIELD_NUMBER] = "number",
	[FIELD_MONEY] = "money",
	[FIELD_FILE] = "file",
	[FIELD_PHONE] = "phone",
	[FIELD_EMAIL] = "email",
	[FIELD_NAME] = "name",
	[FIELD_YESNO] = "yesno",
	[FIELD_REG] = "reg",
	[FIELD_NINO] = "nino",
	[FIELD_DOB] = "dob",
	[FIELD_DECL] = "decl",
};

struct reader {
	struct arena *arena;
	const char *text;
	const char *at;
	struct form_error *error;
};

static bool
wrong(struct reader *r, const char *at, const char *what)
{
	*r->error = (struct form_error){(int)(at - r->text) + 1, what};
	return false;
}

static bool
is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

static size_t
name_length(const char *at)
{
	size_t n = 0;

	if (!is_small(at[0]))
		return 0;
	while (is_small(at[n]) || (at[n] >= '0' && at[n] <= '9') || at[n] == '_')
		n++;
	return n;
}

static bool
read_name(struct reader *r, struct field *f)
{
	size_t n = name_length(r->at);

	if (n == 0)
		return wrong(r, r->at, "a field name begins with a small letter");
	if (n > FORM_NAME)
		return wrong(r, r->at, "a field name is too long");
	if (r->at[n] != ':')
		return wrong(r, r->at + n, "expected ':' behind the field name");
	f->name = arena_text(r->arena, r->at, n);
	r->at += n + 1;
	return true;
}

static bool
read_type(struct reader *r, struct field *f)
{
	size_t n = name_length(r->at);

	for (int type = 0; type < FIELD_TYPES; type++) {
		if (strlen(type_words[type]) == n &&
			memcmp(type_words[type], r->at, n) == 0) {
			f->type = (enum field_type)type;
			r->at += n;
			return true;
		}
	}
	return wrong(r, r->at, "unknown type of field");
}

static bool
has_choice(const char *const *choices, int count, const char *choice)
{
	for (int i = 0; i < count; i++)
		if (strcmp(choices[i], choice) == 0)
			return true;
	return false;
}

static bool
read_choice(struct reader *r, const char **choices, int count)
{
	size_t n = strcspn(r->at, "();|\r\n\t");

	if (n == 0 || r->at[0] == ' ' || r->at[n - 1] == ' ')
		return wrong(r, r->at, "a choice is empty or has blanks at an end");
	if (n > FORM_CHOICE)
		return wrong(r, r->at, "a choice is too long");
	if (count == FORM_CHOICES)
		return wrong(r, r->at, "too many choices");
	choices[count] = arena_text(r->arena, r->at, n);
	if (has_choice(choices, count, choices[count]))
		return wrong(r, r->at, "a choice comes twice");
	r->at += n;
	return true;
}

static int
choice_bound(const char *at)
{
	int n = 1;

	for (; *at && *at != ')' && n < FORM_CHOICES; at++)
		n += *at == ';';
	return n;
}

static bool
read_choices(struct reader *r, struct field *f)
{
	bool may = f->type == FIELD_CHOICE || f->type == FIELD_MULTI;
	const char **choices;
	int count = 0;

	if (r->at[0] != '(')
		return may ? wrong(r, r->at, "expected '(' and choices") : true;
	if (!may)
		return wrong(r, r->at, "this type has no choices");
	choices = arena_array(r->arena, (size_t)choice_bound(r->at), sizeof *choices);
	do {
		r->at++;
		if (!read_choice(r, choices, count))
			return false;
		count++;
	} while (r->at[0] == ';');
	if (r->at[0] != ')')
		return wrong(r, r->at, "expected ';' or ')' behind a choice");
	r->at++;

	if (count == 1) {
		f->list = choices[0];
	} else {
		f->choices = choices;
		f->choice_count = count;
	}
	return true;
}

static bool
read_field(struct reader *r, struct form *out)
{
	const char *begin = r->at;
	struct field f = {0};

	if (out->count == FORM_FIELDS)
		return wrong(r, r->at, "too many fields");
	if (!read_name(r, &f))
		return false;
	if (form_field(out, f.name))
		return wrong(r, begin, "a field name comes twice");
	if (!read_type(r, &f) || !read_choices(r, &f))
		return false;
	if (r->at[0] == '!') {
		f.required = true;
		r->at++;
	}
	if (r->at[0] != '|' && r->at[0] != 0)
		return wrong(r, r->at, "expected '|' or the end behind a field");
	out->fields[out->count++] = f;
	return true;
}

static int
field_bound(const char *text)
{
	int n = 1;

	for (; *text && n < FORM_FIELDS; text++)
		n += *text == '|';
	return n;
}

bool
form_parse(struct arena *a, const char *text, struct form *out, struct form_error *error)
{
	struct reader r = {a, text, text, error};

	*out = (struct form){0};
	if (!*text)
		return true;
	out->fields = arena_array(a, (size_t)field_bound(text), sizeof *out->fields);
	while (read_field(&r, out)) {
		if (!*r.at)
			return true;
		r.at++;
	}
	*out = (struct form){0};
	return false;
}

static void
write_choices(struct buffer *b, const struct field *f)
{
	buffer_char(b, '(');
	if (f->list)
		buffer_text_add(b, f->list);
	for (int i = 0; !f->list && i < f->choice_count; i++) {
		if (i > 0)
			buffer_char(b, ';');
		buffer_text_add(b, f->choices[i]);
	}
	buffer_char(b, ')');
}

void
form_write(struct buffer *b, const struct form *form)
{
	for (int i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];

		if (i > 0)
			buffer_char(b, '|');
		buffer_text_add(b, f->name);
		buffer_char(b, ':');
		buffer_text_add(b, type_words[f->type]);
		if (f->type == FIELD_CHOICE || f->type == FIELD_MULTI)
			write_choices(b, f);
		if (f->required)
			buffer_char(b, '!');
	}
}

const char *
form_type_word(enum field_type type)
{
	return type_words[type];
}

const struct field *
form_field(const struct form *f, const char *name)
{
	for (int i = 0; i < f->count; i++)
		if (strcmp(f->fields[i].name, name) == 0)
			return &f->fields[i];
	return NULL;
}

int
form_place(const struct form *f, const char *name, const char *answer)
{
	const struct field *field = form_field(f, name);

	for (int i = 0; field && i < field->choice_count; i++)
		if (strcmp(field->choices[i], answer) == 0)
			return i + 1;
	return 0;
}

/* What a word of a field's name stands for, where it is not the word itself. */
static const char *
spelled_out(const char *word, size_t n)
{
	static const char *const words[][2] = {
		{"cert", "certificate"},
		{"dbs", "DBS"},
		{"decl", "declaration"},
		{"dob", "date of birth"},
		{"dvla", "DVLA"},
		{"id", "ID"},
		{"nino", "National Insurance number"},
		{"pcn", "PCN"},
		{"ref", "reference"},
		{"reg", "registration"},
		{"uprn", "UPRN"},
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i][0]) == n && memcmp(words[i][0], word, n) == 0)
			return words[i][1];
	return NULL;
}

static void
capitalise(char *text)
{
	if (is_small(*text))
		*text -= 'a' - 'A';
}

const char *
form_label(struct arena *a, const char *name)
{
	struct buffer b = buffer_in(a, 0);

	while (*name) {
		size_t n = strcspn(name, "_");
		const char *word = spelled_out(name, n);

		if (b.len > 0 && n > 0)
			buffer_char(&b, ' ');
		if (word)
			buffer_text_add(&b, word);
		else
			buffer_add(&b, name, n);
		name += n + (name[n] == '_');
	}
	capitalise(b.at);
	return buffer_text(&b);
}

const char *
form_choice_label(struct arena *a, const char *choice)
{
	char *label = arena_copy(a, choice);

	/* "am" and "pm" are times of day, not words. */
	if (strcmp(label, "am") != 0 && strcmp(label, "pm") != 0)
		capitalise(label);
	return label;
}
