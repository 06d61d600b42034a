/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/question.h"

#include "desk/throttle.h"
#include "store/account.h"
#include "views.h"
#include "web/asking.h"
#include "web/frame.h"
#include "web/problemlist.h"
#include "web/resident/question_view.h"
#include "web/say.h"
#include "web/sentfiles.h"

#include <stdlib.h>
#include <string.h>

/* What one network may leave in drafts that nobody may ever send, files an hour: enough
 * for the computers of a library, too few to fill a disk. */
enum { FILES_OF_NETWORK = 120, HOUR = 3600 };

static bool
is_on_step(const struct step *s, const struct field *f)
{
	if (s->kind == STEP_FIELD)
		return s->field == f;
	return s->kind == STEP_MORE && !f->required && f->type != FIELD_DECL;
}

static const struct step *
find_step(const struct asking *a, enum step_kind kind, const char *field)
{
	for (int i = 0; i < a->step_count; i++) {
		const struct step *s = &a->steps[i];

		if (s->kind == kind &&
			(kind != STEP_FIELD || strcmp(s->field->name, field) == 0))
			return s;
	}
	return NULL;
}

static bool
is_change(const struct request *q)
{
	return *query_text(q, "change") != 0;
}

static const char *
way_back(struct work *w, const struct request *q, const struct asking *a,
	const struct step *s)
{
	if (is_change(q))
		return asking_address(w->arena, a, &a->steps[a->step_count - 1], false);
	if (s == a->steps)
		return arena_printf(w->arena, "/services/%s", a->service.code);
	return asking_address(w->arena, a, s - 1, false);
}

/* --- showing ----------------------------------------------------------------------- */

static void
add_field(struct work *w, const struct asking *a, const struct field *f,
	struct question_view *v)
{
	struct fieldblock b = {
		.service = a->service.code,
		.field = f,
		.typed = &a->draft.answers,
		.files = &a->files,
		.heading = v->heading == NULL,
		.language = v->page.catalogue,
		.mine = a->mine,
	};

	v->blocks.at[v->blocks.count++] = fieldblock_of(w, &b);
	v->files |= f->type == FIELD_FILE;
}

static struct part_input *
add_contact(struct work *w, struct question_view *v, const char *id, enum word label,
	const char *value)
{
	struct field_block *b = &v->blocks.at[v->blocks.count++];
	struct part_input *i = arena_alloc(w->arena, sizeof *i);

	*i = (struct part_input){
		.id = id,
		.label = say(w, label),
		.label_class = "govuk-label--s",
		.value = value,
		.error = frame_problem(w, id),
	};
	*b = (struct field_block){.id = id, .inputs = {i, 1}};
	return i;
}

static void
add_contacts(struct work *w, const struct asking *a, struct question_view *v)
{
	struct asking_contact c = asking_contact_of(w, a);
	bool anonymous = asking_may_be_anonymous(a);
	struct part_input *i;

	i = add_contact(w, v, "contact-name",
		anonymous ? WORD_ask_name_optional : WORD_ask_name, c.name);
	i->autocomplete = "name";
	i->no_spelling = true;
	i = add_contact(w, v, "contact-email",
		anonymous ? WORD_ask_email_optional : WORD_ask_email, c.email);
	i->type = "email";
	i->autocomplete = "email";
	i->no_spelling = true;
	i->hint = say(w, WORD_ask_email_hint);
	i = add_contact(w, v, "contact-phone", WORD_ask_phone, c.phone);
	i->type = "tel";
	i->autocomplete = "tel";
	i->class = "govuk-input--width-20";
	i->hint = say(w, WORD_ask_phone_hint);
}

static void
add_blocks(struct work *w, const struct asking *a, const struct step *s,
	struct question_view *v)
{
	v->blocks.at = arena_array(
		w->arena, (size_t)a->form.count + 3, sizeof *v->blocks.at);
	if (s->kind == STEP_CONTACT)
		add_contacts(w, a, v);
	for (int i = 0; i < a->form.count; i++)
		if (is_on_step(s, &a->form.fields[i]))
			add_field(w, a, &a->form.fields[i], v);
}

static enum outcome
show(struct work *w, const struct request *q, const struct asking *a,
	const struct step *s, struct reply *r)
{
	struct question_view v = {
		.service = a->service.name,
		.action = asking_address(w->arena, a, s, is_change(q)),
		.problems = problemlist_of(w),
		.go.text = say(w, WORD_page_continue),
	};
	const char *title = asking_step_title(w, a, s);

	frame_page(w, q, &v.page, WORD_NONE, SECTION_SERVICES);
	v.page.title_text = arena_printf(w->arena, "%s – %s", title, a->service.name);
	v.page.back = way_back(w, q, a, s);
	if (s->kind == STEP_CONTACT || (s->kind == STEP_MORE && asking_optional(a) > 1))
		v.heading = title;
	if (s->kind == STEP_CONTACT)
		v.lead = words_text(w->arena, w->words,
			asking_may_be_anonymous(a) ? WORD_ask_contact_anonymous
						   : WORD_ask_contact_lead,
			NULL);
	if (s->kind == STEP_MORE && v.heading)
		v.lead = say(w, WORD_ask_more_lead);
	add_blocks(w, a, s, &v);
	if (w->problems.count)
		r->status = 422;
	view_question(&r->body, w->words, &v);
	return DONE;
}

/* --- taking ------------------------------------------------------------------------ */

static bool
is_ticked(const struct request *q, const char *name, int64_t position)
{
	for (int i = 0; i < q->form.count; i++)
		if (strcmp(q->form.at[i].name, name) == 0 &&
			strtoll(q->form.at[i].value, NULL, 10) == position)
			return true;
	return false;
}

static void
remove_files(
	struct work *w, const struct request *q, struct asking *a, const struct field *f)
{
	const char *ticks = fieldblock_remove(w->arena, f);

	for (int i = 0; i < a->files.count; i++)
		if (strcmp(a->files.field[i], f->name) == 0 &&
			is_ticked(q, ticks, a->files.position[i]))
			draft_remove_file(w, &a->draft, f->name, a->files.position[i]);
	draft_files(w, &a->draft, DRAFT_NAMES, &a->files);
}

static size_t
bytes_of_files(const struct asking *a)
{
	size_t all = 0;

	for (int i = 0; i < a->files.count; i++)
		all += a->files.at[i].data.len;
	return all;
}

static bool
network_may_leave(struct work *w, const struct request *q)
{
	return account_attempt(w,
		arena_printf(
			w->arena, "draft-file:peer:%s", throttle_network(w, q->peer)),
		HOUR, FILES_OF_NETWORK);
}

static enum outcome
add_file(struct work *w, const struct request *q, struct asking *a, const struct field *f,
	const struct sentfile *sent)
{
	const char *problem = sent->problem;

	if (!problem && a->files.count >= DRAFT_FILES)
		problem = "problem.file.many";
	if (!problem && bytes_of_files(a) + sent->file.data.len > SENTFILES_ALL)
		problem = "problem.file.total";
	if (!problem && !network_may_leave(w, q))
		problem = "problem.file.often";
	if (problem)
		return work_problem_detail(w, f->name, problem, sent->file.filename);
	draft_add_file(w, &a->draft, f->name, &sent->file);
	draft_files(w, &a->draft, DRAFT_NAMES, &a->files);
	return DONE;
}

static enum outcome
take_files(
	struct work *w, const struct request *q, struct asking *a, const struct field *f)
{
	const struct sentfiles *sent = w->prepared;
	enum outcome end = DONE;

	remove_files(w, q, a, f);
	for (int i = 0; sent && i < sent->count; i++)
		if (strcmp(sent->at[i].field, f->name) == 0 &&
			add_file(w, q, a, f, &sent->at[i]) != DONE)
			end = INVALID;
	return end;
}

static enum outcome
take_field(
	struct work *w, const struct request *q, struct asking *a, const struct field *f)
{
	fieldtyped_take(w->arena, f, &q->form, &a->draft.answers);
	if (f->type == FIELD_FILE && take_files(w, q, a, f) != DONE)
		return INVALID;
	return asking_check(w, a, f);
}

static enum outcome
take_contact(struct work *w, const struct request *q, struct asking *a)
{
	static const char *const inputs[] = {
		"contact-name", "contact-email", "contact-phone"};

	for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
		fieldtyped_put(
			w->arena, &a->draft.answers, inputs[i], form_text(q, inputs[i]));
	fieldtyped_put(w->arena, &a->draft.answers, "contact-asked", "yes");
	return asking_check_contact(w, a);
}

static enum outcome
take(struct work *w, const struct request *q, struct asking *a, const struct step *s)
{
	enum outcome end = DONE;

	if (s->kind == STEP_CONTACT)
		return take_contact(w, q, a);
	for (int i = 0; i < a->form.count; i++)
		if (is_on_step(s, &a->form.fields[i]) &&
			take_field(w, q, a, &a->form.fields[i]) != DONE)
			end = INVALID;
	return end;
}

/* --- pages ------------------------------------------------------------------------- */

/* Opens the form at one of its steps. When nothing was begun (the session has ended, or
 * the address was typed) the callers lead to the start page. */
static enum outcome
open_at(struct work *w, const struct request *q, enum asking_for what,
	enum step_kind kind, struct asking *a)
{
	enum outcome end = asking_open(w, q, what, a);

	if (end == DONE && !find_step(a, kind, path_part(q, "field")))
		return MISSING;
	return end;
}

static enum outcome
show_step(struct work *w, const struct request *q, enum step_kind kind, struct reply *r)
{
	struct asking a;
	enum outcome end = open_at(w, q, ASKING_TO_READ, kind, &a);

	if (end != DONE)
		return end;
	if (!a.begun || asking_needs_account(w, &a))
		return reply_see_other(r, "services/%s", a.service.code);
	return show(w, q, &a, find_step(&a, kind, path_part(q, "field")), r);
}

static enum outcome
save_step(struct work *w, const struct request *q, enum step_kind kind, struct reply *r)
{
	struct asking a;
	enum outcome end = open_at(w, q, ASKING_TO_WRITE, kind, &a);
	const struct step *s;
	bool right;

	if (end != DONE)
		return end;
	if (!a.begun || asking_needs_account(w, &a))
		return reply_see_other(r, "services/%s", a.service.code);
	s = find_step(&a, kind, path_part(q, "field"));
	right = take(w, q, &a, s) == DONE;
	draft_save(w, &a.draft);
	if (!right)
		return show(w, q, &a, s, r);
	if (is_change(q))
		s = asking_next_open(w, &a);
	else
		s++;
	return reply_return_to(r, asking_address(w->arena, &a, s, false), "/services");
}

enum outcome
question_show(struct work *w, const struct request *q, struct reply *r)
{
	return show_step(w, q, STEP_FIELD, r);
}

enum outcome
question_save(struct work *w, const struct request *q, struct reply *r)
{
	return save_step(w, q, STEP_FIELD, r);
}

enum outcome
question_more(struct work *w, const struct request *q, struct reply *r)
{
	return show_step(w, q, STEP_MORE, r);
}

enum outcome
question_save_more(struct work *w, const struct request *q, struct reply *r)
{
	return save_step(w, q, STEP_MORE, r);
}

enum outcome
question_contact(struct work *w, const struct request *q, struct reply *r)
{
	return show_step(w, q, STEP_CONTACT, r);
}

enum outcome
question_save_contact(struct work *w, const struct request *q, struct reply *r)
{
	return save_step(w, q, STEP_CONTACT, r);
}

enum outcome
question_prepare(struct work *w, struct request *q, struct reply *r)
{
	struct sentfiles *sent = arena_alloc(w->arena, sizeof *sent);

	(void)r;
	*sent = sentfiles_read(w, q);
	w->prepared = sent;
	return DONE;
}
