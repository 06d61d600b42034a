/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/roles_form.h"

#include "web/frame.h"
#include "web/say.h"

#include <string.h>

static const char *
last_step(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

struct roles_form
roles_form(struct work *w, const struct request *q, struct ledger_view *v,
	const char *front, const char *deed)
{
	struct roles_form f = {.w = w, .q = q, .deed = deed};

	f.sent = q->method == POST && strcmp(last_step(q->path), deed) == 0;
	f.form = ledger_form(
		w, v, arena_printf(w->arena, "%s/%s", front, deed), WORD_roles_reason);
	f.form->folded = !f.sent;
	return f;
}

void
roles_form_say(struct roles_form *f, enum word title, enum word lead, enum word button)
{
	f->form->title = say(f->w, title);
	f->form->lead = lead == WORD_NONE ? NULL : say(f->w, lead);
	f->form->button = say(f->w, button);
}

struct part_input *
roles_form_ask(struct roles_form *f, const char *name, enum word label, const char *value)
{
	struct part_input *input = ledger_input(f->w, f->form, name, label);

	input->value = f->sent ? form_text(f->q, name) : value;
	if (!f->sent) {
		input->id = arena_printf(f->w->arena, "%s-%s", f->deed, name);
		input->error = NULL;
	}
	return input;
}

struct part_choice *
roles_form_select(struct roles_form *f, const char *name, enum word label, int count,
	struct part_input **input)
{
	*input = roles_form_ask(f, name, label, "");
	(*input)->kind = PART_SELECT;
	return ledger_choices(f->w, *input, count);
}

void
roles_form_reason(struct roles_form *f)
{
	roles_form_ask(f, "reason", WORD_roles_reason, "")->hint = say(
		f->w, WORD_roles_reason_hint);
}

static const char *
word_of(struct work *w, enum right r)
{
	return say(w, words_find(arena_printf(
			      w->arena, "roles.right.%s", access_right_name(r))));
}

void
roles_form_rights(struct roles_form *f, const char *name, enum word label, uint64_t shown,
	uint64_t ticked)
{
	struct part_input *input = roles_form_ask(f, name, label, "");
	struct part_choice *at = ledger_choices(f->w, input, RIGHT_COUNT);
	uint64_t chosen = f->sent ? roles_form_ticked(f->q, name) : ticked;

	input->kind = PART_CHECKBOXES;
	input->small = true;
	input->choices.count = 0;
	for (enum right r = RIGHT_NONE + 1; r < RIGHT_COUNT; r++)
		if (shown & RIGHT_BIT(r))
			at[input->choices.count++] = (struct part_choice){
				.value = access_right_name(r),
				.label = word_of(f->w, r),
				.chosen = (chosen & RIGHT_BIT(r)) != 0,
			};
}

uint64_t
roles_form_ticked(const struct request *q, const char *name)
{
	uint64_t rights = 0;

	for (int i = 0; i < q->form.count; i++)
		if (strcmp(q->form.at[i].name, name) == 0)
			rights |= RIGHT_BIT(access_right_named(q->form.at[i].value));
	return rights & ~RIGHT_BIT(RIGHT_NONE);
}

const char *
roles_form_words(struct work *w, uint64_t rights)
{
	struct buffer b = buffer_in(w->arena, 256);

	for (enum right r = RIGHT_NONE + 1; r < RIGHT_COUNT; r++)
		if (rights & RIGHT_BIT(r)) {
			buffer_text_add(&b, b.len ? "\n" : "");
			buffer_text_add(&b, word_of(w, r));
		}
	return b.len ? buffer_text(&b) : say(w, WORD_roles_nothing);
}
