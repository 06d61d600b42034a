/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/ledger.h"

#include "views.h"
#include "web/frame.h"
#include "web/say.h"

#include <assert.h>
#include <string.h>

enum {
	MOST_FACTS = 24,
	MOST_LINKS = 24,
	MOST_TABLES = 12,
	MOST_FORMS = 8,
	MOST_INPUTS = 24
};

void
ledger_begin(struct work *w, const struct request *q, struct ledger_view *v,
	enum word title, enum page_section section)
{
	*v = (struct ledger_view){.lead = NULL};
	frame_page(w, q, &v->page, title, section);
	v->heading = say(w, title);
	v->facts.at = arena_array(w->arena, MOST_FACTS, sizeof *v->facts.at);
	v->links.at = arena_array(w->arena, MOST_LINKS, sizeof *v->links.at);
	v->tables.at = arena_array(w->arena, MOST_TABLES, sizeof *v->tables.at);
	v->forms.at = arena_array(w->arena, MOST_FORMS, sizeof *v->forms.at);
}

void
ledger_fact(struct work *w, struct ledger_view *v, enum word key, const char *value)
{
	struct part_row *at = (struct part_row *)(uintptr_t)v->facts.at;

	assert(v->facts.count < MOST_FACTS);
	at[v->facts.count++] = (struct part_row){.key = say(w, key), .value = value};
}

void
ledger_link(struct work *w, struct ledger_view *v, const char *text, const char *href)
{
	struct page_link *at = (struct page_link *)(uintptr_t)v->links.at;

	(void)w;
	if (v->links.count < MOST_LINKS)
		at[v->links.count++] = (struct page_link){text, href};
}

struct ledger_table *
ledger_table(struct work *w, struct ledger_view *v, const struct ledger_columns *columns,
	int most)
{
	struct ledger_table *at = (struct ledger_table *)(uintptr_t)v->tables.at;

	assert(v->tables.count < MOST_TABLES);
	at += v->tables.count++;
	*at = (struct ledger_table){.columns = *columns};
	at->rows.at = arena_array(w->arena, (size_t)most + 1, sizeof *at->rows.at);
	return at;
}

struct ledger_row *
ledger_row(struct work *w, struct ledger_table *t, const char *name, const char *href)
{
	struct ledger_row *row = &t->rows.at[t->rows.count++];

	*row = (struct ledger_row){.name = {.text = name, .href = href}};
	row->cells.at = arena_array(
		w->arena, (size_t)t->columns.count, sizeof *row->cells.at);
	return row;
}

void
ledger_cell(struct ledger_row *row, const char *text)
{
	struct ledger_cell *at = (struct ledger_cell *)(uintptr_t)row->cells.at;

	at[row->cells.count++] = (struct ledger_cell){.text = text};
}

struct ledger_form *
ledger_form(struct work *w, struct ledger_view *v, const char *action, enum word button)
{
	struct ledger_form *f = (struct ledger_form *)(uintptr_t)v->forms.at;

	assert(v->forms.count < MOST_FORMS);
	f += v->forms.count++;
	*f = (struct ledger_form){
		.action = action,
		.token = v->page.token,
		.button = say(w, button),
	};
	f->inputs.at = arena_array(w->arena, MOST_INPUTS, sizeof *f->inputs.at);
	return f;
}

struct part_input *
ledger_input(struct work *w, struct ledger_form *f, const char *name, enum word label)
{
	struct part_input *at = (struct part_input *)(uintptr_t)f->inputs.at;

	assert(f->inputs.count < MOST_INPUTS);
	at += f->inputs.count++;
	*at = (struct part_input){
		.kind = PART_TEXT,
		.id = name,
		.name = name,
		.label = say(w, label),
		.error = frame_problem(w, name),
		.value = "",
	};
	return at;
}

struct part_choice *
ledger_choices(struct work *w, struct part_input *input, int count)
{
	struct part_choice *at = arena_array(w->arena, (size_t)count + 1, sizeof *at);

	input->choices = (struct part_choices){at, count};
	return at;
}

enum outcome
ledger_print(struct work *w, struct ledger_view *v, struct reply *r)
{
	struct part_problem *at = arena_array(
		w->arena, (size_t)w->problems.count + 1, sizeof *at);

	for (int i = 0; i < w->problems.count; i++)
		at[i] = (struct part_problem){
			.text = frame_problem(w, w->problems.at[i].field),
			.id = w->problems.at[i].field,
		};
	v->problems = (struct part_problems){at, w->problems.count};
	if (w->problems.count > 0 && r->status == 200)
		r->status = 422;
	view_ledger(&r->body, w->words, v);
	return DONE;
}
