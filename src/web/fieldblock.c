/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/fieldblock.h"

#include "rule/filetype.h"
#include "web/frame.h"

#include <string.h>

enum { MOST_INPUTS = 6, FEW_CHOICES = 12 };

/* What the builders below share. */
struct builder {
	struct work *w;
	const struct fieldblock *b;
	struct fieldwords words;
	struct part_input *inputs;
	int count;
};

static const char *
say(const struct builder *c, enum word word)
{
	return words_text(c->w->arena, c->w->words, word, NULL);
}

static const char *
typed(const struct builder *c, const char *part)
{
	return fieldtyped_input(c->w->arena, c->b->typed, c->b->field, part);
}

static const char *
input_id(const struct builder *c, const char *part)
{
	return arena_printf(c->w->arena, "%s%s", c->b->field->name, part);
}

/* An input of the field with what was typed and what is wrong with it. */
static struct part_input *
add(struct builder *c, enum part_kind kind, const char *part)
{
	struct part_input *i = &c->inputs[c->count++];

	*i = (struct part_input){
		.kind = kind,
		.id = input_id(c, part),
		.value = typed(c, part),
		.error = frame_problem(c->w, input_id(c, part)),
	};
	return i;
}

/* The only input of its field: its label is the question. */
static struct part_input *
add_alone(struct builder *c, enum part_kind kind)
{
	struct part_input *i = add(c, kind, "");
	bool fieldset = kind == PART_RADIOS || kind == PART_CHECKBOXES ||
			kind == PART_DATE;

	i->label = c->words.question;
	i->hint = c->words.hint;
	i->heading = c->b->heading;
	if (!c->b->heading)
		i->label_class = fieldset ? "govuk-fieldset__legend--s"
					  : "govuk-label--s";
	return i;
}

static struct part_input *
add_part(struct builder *c, const char *part, enum word label)
{
	struct part_input *i = add(c, PART_TEXT, part);

	i->label = say(c, label);
	return i;
}

static void
add_choices(struct builder *c, struct part_input *i, bool ticked)
{
	const struct field *f = c->b->field;
	int first = i->kind == PART_SELECT ? 1 : 0;
	struct part_choice *at = arena_array(
		c->w->arena, (size_t)(f->choice_count + first), sizeof *at);

	if (first)
		at[0] = (struct part_choice){
			.value = "", .label = say(c, WORD_ask_choose)};
	for (int k = 0; k < f->choice_count; k++)
		at[k + first] = (struct part_choice){
			.value = f->choices[k],
			.label = form_choice_label(c->w->arena, f->choices[k]),
			.chosen = ticked ? fieldtyped_has(c->b->typed, f, f->choices[k])
					 : strcmp(i->value, f->choices[k]) == 0,
		};
	i->choices = (struct part_choices){at, f->choice_count + first};
	i->choices_language = c->b->language;
}

static void
ask_choice(struct builder *c)
{
	const struct field *f = c->b->field;

	if (f->choice_count == 0) {
		add_alone(c, PART_TEXT);
		return;
	}
	add_choices(c,
		add_alone(c, f->choice_count > FEW_CHOICES ? PART_SELECT : PART_RADIOS),
		false);
}

static void
ask_multi(struct builder *c)
{
	struct part_input *i;

	if (c->b->field->choice_count) {
		i = add_alone(c, PART_CHECKBOXES);
		if (!i->hint)
			i->hint = say(c, WORD_ask_all_that_apply);
		add_choices(c, i, true);
		return;
	}
	i = add_alone(c, PART_AREA);
	i->id = input_id(c, "-lines");
	i->value = typed(c, "-lines");
	i->error = frame_problem(c->w, i->id);
	if (!i->hint)
		i->hint = say(c, WORD_ask_lines);
}

static void
ask_yesno(struct builder *c)
{
	struct part_choice *at = arena_array(c->w->arena, 2, sizeof *at);
	struct part_input *i = add_alone(c, PART_RADIOS);

	at[0] = (struct part_choice){.value = "yes", .label = say(c, WORD_ask_yes)};
	at[1] = (struct part_choice){.value = "no", .label = say(c, WORD_ask_no)};
	for (int k = 0; k < 2; k++)
		at[k].chosen = strcmp(i->value, at[k].value) == 0;
	i->choices = (struct part_choices){at, 2};
	i->inline_choices = true;
}

/* A date's error lies with one of its boxes, or with all. */
static void
find_date_error(struct builder *c, struct part_input *i)
{
	static const struct {
		const char *part;
		enum part_wrong wrong;
	} boxes[] = {{"-day", PART_WRONG_DAY}, {"-month", PART_WRONG_MONTH},
		{"-year", PART_WRONG_YEAR}};

	for (int k = 0; k < 3 && !i->error; k++) {
		i->error = frame_problem(c->w, input_id(c, boxes[k].part));
		if (i->error && k > 0)
			i->wrong = boxes[k].wrong;
	}
}

static struct part_input *
ask_date(struct builder *c)
{
	struct part_input *i = add_alone(c, PART_DATE);

	i->day = typed(c, "-day");
	i->month = typed(c, "-month");
	i->year = typed(c, "-year");
	i->birthday = c->b->field->type == FIELD_DOB && c->b->mine && !c->words.own;
	if (!i->hint)
		i->hint = say(c, WORD_ask_date_hint);
	find_date_error(c, i);
	return i;
}

static void
ask_datetime(struct builder *c)
{
	struct part_input *i;

	ask_date(c);
	i = add_part(c, "-time", WORD_ask_time);
	i->hint = say(c, WORD_ask_time_hint);
	i->class = "govuk-input--width-5";
}

static void
group(struct builder *c, struct field_block *block)
{
	block->legend = c->words.question;
	block->legend_class = c->b->heading ? "govuk-fieldset__legend--l"
					    : "govuk-fieldset__legend--s";
	block->heading = c->b->heading;
	block->hint = c->words.hint;
}

static void
ask_address(struct builder *c, struct field_block *block)
{
	bool help = c->b->mine && !c->words.own;
	struct part_input *i = add_part(c, "-line1", WORD_ask_line1);

	i->autocomplete = help ? "address-line1" : NULL;
	i = add_part(c, "-line2", WORD_ask_line2);
	i->autocomplete = help ? "address-line2" : NULL;
	i = add_part(c, "-town", WORD_ask_town);
	i->class = "govuk-!-width-two-thirds";
	i->autocomplete = help ? "address-level2" : NULL;
	i = add_part(c, "-postcode", WORD_ask_postcode);
	i->class = "govuk-input--width-10";
	i->autocomplete = help ? "postal-code" : NULL;
	i->no_spelling = true;
	group(c, block);
}

static void
ask_property(struct builder *c, struct field_block *block)
{
	struct part_input *i;

	ask_address(c, block);
	i = add_part(c, "", WORD_ask_uprn);
	i->hint = say(c, WORD_ask_uprn_hint);
	i->class = "govuk-input--width-10";
	i->inputmode = "numeric";
	i->no_spelling = true;
}

static void
ask_place(struct builder *c, struct field_block *block)
{
	struct part_input *i = add_part(c, "-place", WORD_ask_place);

	i->hint = say(c, WORD_ask_place_hint);
	i = add_part(c, "", WORD_ask_point);
	i->hint = say(c, WORD_ask_point_hint);
	i->class = "govuk-input--width-20";
	i->no_spelling = true;
	group(c, block);
}

const char *
fieldblock_remove(struct arena *a, const struct field *f)
{
	return arena_printf(a, "%s-remove", f->name);
}

/* The files that are there already; a tick takes one away. */
static void
list_files(struct builder *c)
{
	const struct draft_file_list *files = c->b->files;
	struct part_choice *at = arena_array(c->w->arena, DRAFT_FILES, sizeof *at);
	struct part_input *i;
	int count = 0;

	for (int k = 0; files && k < files->count; k++)
		if (strcmp(files->field[k], c->b->field->name) == 0)
			at[count++] = (struct part_choice){
				.value = arena_printf(c->w->arena, "%lld",
					(long long)files->position[k]),
				.label = files->at[k].filename,
			};
	if (count == 0)
		return;
	i = add(c, PART_CHECKBOXES, "-remove");
	i->label = say(c, WORD_ask_files_there);
	i->hint = say(c, WORD_ask_files_remove);
	i->small = true;
	i->choices = (struct part_choices){at, count};
}

static void
ask_file(struct builder *c, struct field_block *block)
{
	struct part_input *i;

	list_files(c);
	i = add(c, PART_FILE, "");
	i->label = say(c, c->count > 1 ? WORD_ask_files_more : WORD_ask_files);
	i->hint = say(c, WORD_ask_files_hint);
	i->multiple = true;
	i->accept = FILETYPE_ACCEPT;
	group(c, block);
}

static void
ask_text(struct builder *c)
{
	struct part_input *i = add_alone(c, PART_TEXT);
	bool mine = c->b->mine && !c->words.own;

	switch (c->b->field->type) {
	case FIELD_NUMBER:
		i->inputmode = "numeric";
		i->class = "govuk-input--width-5";
		break;
	case FIELD_MONEY:
		i->prefix = "£";
		i->inputmode = "decimal";
		i->class = "govuk-input--width-5";
		break;
	case FIELD_PHONE:
		i->type = "tel";
		i->autocomplete = mine ? "tel" : NULL;
		i->class = "govuk-input--width-20";
		break;
	case FIELD_EMAIL:
		i->type = "email";
		i->autocomplete = mine ? "email" : NULL;
		i->no_spelling = true;
		break;
	case FIELD_NAME:
		i->no_spelling = true;
		if (strcmp(c->b->field->name, "name") == 0 && mine)
			i->autocomplete = "name";
		break;
	case FIELD_REG:
	case FIELD_NINO:
		i->class = "govuk-input--width-10";
		i->no_spelling = true;
		break;
	default: break;
	}
}

static void
ask_long(struct builder *c)
{
	add_alone(c, PART_AREA)->most = ANSWER_LONG;
}

static void
ask_decl(struct builder *c)
{
	struct part_choice *at = arena_array(c->w->arena, 1, sizeof *at);
	struct part_input *i = add_alone(c, PART_CHECKBOXES);

	at[0] = (struct part_choice){
		.value = "yes",
		.label = say(c, WORD_ask_declare),
		.chosen = strcmp(i->value, "yes") == 0,
	};
	i->choices = (struct part_choices){at, 1};
}

static void
ask(struct builder *c, struct field_block *block)
{
	switch (c->b->field->type) {
	case FIELD_POINT: ask_place(c, block); break;
	case FIELD_ADDRESS: ask_address(c, block); break;
	case FIELD_UPRN: ask_property(c, block); break;
	case FIELD_CHOICE: ask_choice(c); break;
	case FIELD_MULTI: ask_multi(c); break;
	case FIELD_YESNO: ask_yesno(c); break;
	case FIELD_DATE:
	case FIELD_DOB: ask_date(c); break;
	case FIELD_DATETIME: ask_datetime(c); break;
	case FIELD_FILE: ask_file(c, block); break;
	case FIELD_LONG: ask_long(c); break;
	case FIELD_DECL: ask_decl(c); break;
	default: ask_text(c);
	}
}

struct field_block
fieldblock_of(struct work *w, const struct fieldblock *b)
{
	struct builder c = {
		.w = w,
		.b = b,
		.words = fieldwords_of(w->arena, w->words, b->service, b->field),
		.inputs = arena_array(w->arena, MOST_INPUTS, sizeof *c.inputs),
	};
	struct field_block block = {.id = b->field->name};

	if (!b->field->required)
		c.words.question = words_text(w->arena, w->words, WORD_ask_optional,
			words_values(word_value("question", c.words.question)));
	ask(&c, &block);
	block.inputs = (struct part_inputs){c.inputs, c.count};
	return block;
}
