/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/sheet.h"

#include "format/words.h"
#include "store/team.h"
#include "views.h"
#include "web/admin/admin_page.h"
#include "web/frame.h"
#include "web/say.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

struct sheet *
sheet_begin(struct work *w, const struct request *q, enum word title)
{
	struct sheet *s = arena_alloc(w->arena, sizeof *s);

	*s = (struct sheet){.w = w, .q = q, .form = q->method == POST ? q->path : NULL};
	frame_page(w, q, &s->view.page, title, SECTION_ADMIN);
	s->view.ways = admin_page_ways(w, title);
	if (*query_text(q, "done"))
		s->view.page.notice = (struct page_notice){
			.kind = NOTICE_SUCCESS, .text = say(w, WORD_sheet_saved)};
	return s;
}

struct sheet_section *
sheet_section(
	struct sheet *s, enum word title, const struct admin_columns *columns, int rows)
{
	struct sheet_section *section = &s->sections[s->section_count++];

	assert(s->section_count <= SHEET_SECTIONS);
	*section = (struct sheet_section){
		.title = title,
		.columns = *columns,
		.rows.at = arena_array(
			s->w->arena, (size_t)rows, sizeof(struct sheet_row)),
	};
	return section;
}

static struct sheet_section *
newest(struct sheet *s)
{
	return &s->sections[s->section_count - 1];
}

void
sheet_row(struct sheet *s, const char *const *texts, struct sheet_fields removal)
{
	struct sheet_section *section = newest(s);
	int count = section->columns.count - 1;
	struct admin_cell *at = arena_array(s->w->arena, (size_t)count, sizeof *at);

	for (int i = 0; i < count; i++)
		at[i] = (struct admin_cell){
			texts[i + 1], section->columns.at[i + 1].number};
	section->rows.at[section->rows.count++] = (struct sheet_row){
		.name = texts[0], .cells = {at, count}, .removal = removal};
	section->removing = section->removing || removal.count > 0;
}

void
sheet_form(struct sheet *s, const char *action, enum word button)
{
	struct sheet_section *section = newest(s);

	section->action = action;
	section->button = button;
	section->inputs.at = s->inputs[s->section_count - 1];
}

static bool
was_sent(struct sheet *s)
{
	return s->form && strcmp(s->form, newest(s)->action) == 0;
}

static struct part_input *
input(struct sheet *s, const char *name, enum word label, enum part_kind kind)
{
	struct sheet_section *section = newest(s);
	struct part_input *all = s->inputs[s->section_count - 1];
	struct part_input *in = &all[section->inputs.count++];

	assert(section->inputs.count <= SHEET_INPUTS);
	*in = (struct part_input){
		.kind = kind,
		.id = arena_printf(s->w->arena, "s%d-%s", s->section_count, name),
		.name = name,
		.label = say(s->w, label),
		.error = was_sent(s) ? frame_problem(s->w, name) : NULL,
	};
	return in;
}

void
sheet_text(struct sheet *s, const char *name, enum word label, const char *value)
{
	struct part_input *in = input(s, name, label, PART_TEXT);

	in->value = was_sent(s) ? form_text(s->q, name) : value;
}

void
sheet_date(struct sheet *s, const char *name, enum word label, const char *value)
{
	sheet_text(s, name, label, value);
	s->inputs[s->section_count - 1][newest(s)->inputs.count - 1].type = "date";
}

struct part_choice *
sheet_choices(struct sheet *s, int count)
{
	return arena_array(s->w->arena, (size_t)count + 1, sizeof(struct part_choice));
}

void
sheet_select(
	struct sheet *s, const char *name, enum word label, struct part_choices choices)
{
	struct part_input *in = input(s, name, label, PART_SELECT);
	struct part_choice *at = sheet_choices(s, choices.count);

	for (int i = 0; i < choices.count; i++) {
		at[i] = choices.at[i];
		if (was_sent(s))
			at[i].chosen = strcmp(at[i].value, form_text(s->q, name)) == 0;
	}
	in->choices = (struct part_choices){at, choices.count};
}

/* The problems, with links to the inputs of the form that was sent. */
static struct part_problems
problems(const struct sheet *s)
{
	struct work *w = s->w;
	struct part_problem *at = arena_array(
		w->arena, (size_t)w->problems.count, sizeof *at);

	for (int i = 0; i < w->problems.count; i++) {
		const char *field = w->problems.at[i].field;

		at[i].text = frame_problem(w, field);
		for (int k = 0; k < s->section_count; k++)
			for (int n = 0; n < s->sections[k].inputs.count; n++)
				if (s->inputs[k][n].error &&
					strcmp(s->inputs[k][n].name, field) == 0)
					at[i].id = s->inputs[k][n].id;
	}
	return (struct part_problems){at, w->problems.count};
}

struct sheet_fields
sheet_fields(struct work *w, const struct sheet_field *from, int count)
{
	struct sheet_field *at = arena_array(w->arena, (size_t)count, sizeof *at);

	memcpy(at, from, (size_t)count * sizeof *at);
	return (struct sheet_fields){at, count};
}

struct part_choices
sheet_people(struct sheet *s)
{
	struct team_member_list all;
	struct part_choice *at;
	int count = 0;

	team_everybody(s->w, s->w->actor->org, &all);
	at = sheet_choices(s, all.count);
	for (int i = 0; i < all.count; i++) {
		const char *value = arena_printf(
			s->w->arena, "%" PRId64, all.at[i].person);
		bool known = !all.at[i].name;

		for (int k = 0; k < count && !known; k++)
			known = strcmp(at[k].value, value) == 0;
		if (!known)
			at[count++] = (struct part_choice){
				.value = value, .label = all.at[i].name};
	}
	return (struct part_choices){at, count};
}

enum outcome
sheet_print(struct sheet *s, struct reply *r)
{
	s->view.problems = problems(s);
	s->view.sections = (struct sheet_sections){s->sections, s->section_count};
	view_admin_sheet(&r->body, s->w->words, &s->view);
	return DONE;
}

enum outcome
sheet_end(struct work *w, const struct request *q, enum outcome end, const char *page,
	enum outcome show(struct work *, const struct request *, struct reply *),
	struct reply *r)
{
	if (end == DONE)
		return reply_see_other(r, "/admin/%s?done=1", page);
	if (end != INVALID)
		return end;
	/* Nothing was written: what is refused is refused first. */
	r->status = 422;
	return show(w, q, r);
}
