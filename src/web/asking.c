/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/asking.h"

#include "desk/recognise.h"
#include "rule/typed.h"
#include "store/shelf.h"
#include "web/fieldwords.h"
#include "web/moment.h"
#include "web/say.h"

#include <string.h>

static bool
is_optional(const struct field *f)
{
	return !f->required && f->type != FIELD_DECL;
}

static bool
is_step(const struct field *f)
{
	return f->required && f->type != FIELD_DECL;
}

int
asking_optional(const struct asking *a)
{
	int count = 0;

	for (int i = 0; i < a->form.count; i++)
		count += is_optional(&a->form.fields[i]);
	return count;
}

static void
lay_steps(struct work *w, struct asking *a)
{
	a->steps = arena_array(w->arena, (size_t)a->form.count + 3, sizeof *a->steps);
	for (int i = 0; i < a->form.count; i++)
		if (is_step(&a->form.fields[i]))
			a->steps[a->step_count++] = (struct step){
				STEP_FIELD, &a->form.fields[i]};
	if (asking_optional(a))
		a->steps[a->step_count++] = (struct step){STEP_MORE, NULL};
	a->steps[a->step_count++] = (struct step){STEP_CONTACT, NULL};
	a->steps[a->step_count++] = (struct step){STEP_CHECK, NULL};
}

/* The only list that the house has: the names of its own services. */
static void
fill_service_list(struct work *w, struct asking *a, struct field *f)
{
	struct service_list all;
	const char **names;

	service_list(w, a->service.org, &all);
	names = arena_array(w->arena, (size_t)all.count, sizeof *names);
	for (int i = 0; i < all.count && f->choice_count < FORM_CHOICES; i++)
		if (!all.at[i].restricted && !strchr(all.at[i].name, ';'))
			names[f->choice_count++] = all.at[i].name;
	f->choices = names;
}

/* A copy of the form, because the shelf's is for everybody. */
static void
copy_form(struct work *w, struct asking *a, const struct form *form)
{
	a->form.count = form->count;
	a->form.fields = arena_array(
		w->arena, (size_t)form->count, sizeof *a->form.fields);
	for (int i = 0; i < form->count; i++) {
		struct field *f = &a->form.fields[i];

		*f = form->fields[i];
		if (f->list && strcmp(f->list, "service list") == 0)
			fill_service_list(w, a, f);
	}
	a->mine = !form_field(form, "for_whom") && !form_field(form, "on_behalf");
}

static void
find_person(struct work *w, struct asking *a)
{
	struct scope own = access_scope(w->actor, a->service.org, RIGHT_SEE);

	if (w->actor->person == 0 ||
		person_get(w, &own, w->actor->person, &a->person) != DONE)
		a->person = (struct person){.id = 0};
}

enum outcome
asking_form(struct work *w, int64_t org, const char *code, struct asking *a)
{
	const struct form *form;

	*a = (struct asking){.begun = false};
	if (service_find(w, org, code, &a->service) != DONE)
		return MISSING;
	form = shelf_form(w, org, code, a->service.form_version);
	if (!form)
		return MISSING;
	copy_form(w, a, form);
	lay_steps(w, a);
	a->today = moment_date(moment_zone(w, org), w->now);
	return DONE;
}

enum outcome
asking_open(
	struct work *w, const struct request *q, enum asking_for what, struct asking *a)
{
	int64_t org = w->actor->org;
	enum outcome found;

	if (asking_form(w, org, path_part(q, "code"), a) != DONE)
		return MISSING;
	find_person(w, a);
	found = what == ASKING_TO_WRITE ? draft_hold(w, org, a->service.code, &a->draft)
					: draft_find(w, org, a->service.code, &a->draft);
	if (found != DONE)
		return DONE;
	a->begun = !*a->draft.sent;
	draft_files(w, &a->draft, DRAFT_NAMES, &a->files);
	return DONE;
}

bool
asking_needs_account(const struct work *w, const struct asking *a)
{
	return strcmp(a->service.who_may_ask, "account") == 0 && w->actor->person == 0;
}

bool
asking_may_be_anonymous(const struct asking *a)
{
	return strcmp(a->service.who_may_ask, "anonymous ok") == 0;
}

const char *
asking_address(
	struct arena *arena, const struct asking *a, const struct step *s, bool change)
{
	const char *end = change ? "?change=1" : "";

	switch (s->kind) {
	case STEP_FIELD:
		return arena_printf(arena, "/services/%s/q/%s%s", a->service.code,
			s->field->name, end);
	case STEP_MORE:
		return arena_printf(arena, "/services/%s/more%s", a->service.code, end);
	case STEP_CONTACT:
		return arena_printf(
			arena, "/services/%s/contact%s", a->service.code, end);
	case STEP_CHECK: break;
	}
	return arena_printf(arena, "/services/%s/check", a->service.code);
}

/* The names of the files of a field, one a line; NULL when there are none. */
static const char *
file_names(struct work *w, const struct asking *a, const struct field *f)
{
	struct buffer b = buffer_in(w->arena, 0);

	for (int i = 0; i < a->files.count; i++)
		if (strcmp(a->files.field[i], f->name) == 0)
			buffer_printf(
				&b, "%s%s", b.len ? "\n" : "", a->files.at[i].filename);
	return b.len ? buffer_text(&b) : NULL;
}

struct fieldtyped
asking_answer(struct work *w, const struct asking *a, const struct field *f)
{
	struct fieldtyped t;

	if (f->type != FIELD_FILE)
		return fieldtyped_read(w->arena, f, &a->draft.answers, a->today);
	t = (struct fieldtyped){.values = {file_names(w, a, f)}};
	t.count = t.values[0] != NULL;
	if (t.count == 0 && f->required) {
		t.problem = "problem.upload";
		t.input = f->name;
	}
	return t;
}

/* What is missing is called by its name: "Enter company". */
static const char *
by_name(const struct field *f, const char *problem)
{
	static const char *const named[][2] = {{"problem.enter", "problem.ask.enter"},
		{"problem.select", "problem.ask.select"},
		{"problem.upload", "problem.ask.upload"}};

	if (f->type == FIELD_YESNO && strcmp(problem, "problem.select") == 0)
		return "problem.yesno";
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (strcmp(named[i][0], problem) == 0)
			return named[i][1];
	return problem;
}

enum outcome
asking_check(struct work *w, const struct asking *a, const struct field *f)
{
	struct fieldtyped t = asking_answer(w, a, f);
	struct fieldwords words;

	if (!t.problem)
		return DONE;
	words = fieldwords_of(w->arena, w->words, a->service.code, f);
	return work_problem_detail(w, t.input, by_name(f, t.problem),
		fieldwords_inside(w->arena, words.label));
}

/* What was typed, else what the account knows, else what the form was told. */
static const char *
contact_input(struct work *w, const struct asking *a, const char *name,
	enum field_type type, const char *known)
{
	const char *typed = pairs_get(
		&a->draft.answers, arena_printf(w->arena, "contact-%s", name));
	const struct field *f = form_field(&a->form, name);
	struct fieldtyped t;

	if (typed || pairs_get(&a->draft.answers, "contact-asked"))
		return typed ? typed : "";
	if (known && *known)
		return known;
	if (!f || f->type != type)
		return "";
	t = asking_answer(w, a, f);
	return t.count ? t.values[0] : "";
}

struct asking_contact
asking_contact_of(struct work *w, const struct asking *a)
{
	const struct person *p = &a->person;

	return (struct asking_contact){
		.name = contact_input(w, a, "name", FIELD_NAME, p->id ? p->name : NULL),
		.email = contact_input(
			w, a, "email", FIELD_EMAIL, p->id ? p->email : NULL),
		.phone = contact_input(
			w, a, "phone", FIELD_PHONE, p->id ? p->phone : NULL),
	};
}

enum outcome
asking_check_contact(struct work *w, const struct asking *a)
{
	struct asking_contact c = asking_contact_of(w, a);
	bool may_leave_out = asking_may_be_anonymous(a);
	enum outcome end = DONE;

	if (!*typed_line(w->arena, c.name) && !may_leave_out)
		end = work_problem(w, "contact-name", "problem.contact.name");
	else if (typed_length(c.name) > ANSWER_TEXT)
		end = work_problem(w, "contact-name", "problem.text.long");
	if (!*typed_line(w->arena, c.email)) {
		if (!may_leave_out)
			end = work_problem(w, "contact-email", "problem.contact.email");
	} else if (!recognise_email(w->arena, c.email)) {
		end = work_problem(w, "contact-email", "problem.email");
	}
	if (*typed_line(w->arena, c.phone) && !recognise_phone(w->arena, c.phone))
		end = work_problem(w, "contact-phone", "problem.phone");
	return end;
}

static bool
is_answered(struct work *w, const struct asking *a, const struct step *s)
{
	switch (s->kind) {
	case STEP_FIELD: return asking_check(w, a, s->field) == DONE;
	case STEP_MORE:
		for (int i = 0; i < a->form.count; i++)
			if (is_optional(&a->form.fields[i]) &&
				asking_check(w, a, &a->form.fields[i]) != DONE)
				return false;
		return true;
	case STEP_CONTACT:
		return asking_check_contact(w, a) == DONE &&
		       (a->person.id || asking_may_be_anonymous(a) ||
			       pairs_get(&a->draft.answers, "contact-asked"));
	case STEP_CHECK: break;
	}
	return false;
}

const struct step *
asking_next_open(struct work *w, const struct asking *a)
{
	int noted = w->problems.count;
	int i = 0;

	while (i < a->step_count - 1 && is_answered(w, a, &a->steps[i]))
		i++;
	w->problems.count = noted;
	return &a->steps[i];
}

const char *
asking_step_title(struct work *w, const struct asking *a, const struct step *s)
{
	switch (s->kind) {
	case STEP_FIELD:
		return fieldwords_of(w->arena, w->words, a->service.code, s->field)
			.question;
	case STEP_MORE: return say(w, WORD_ask_more);
	case STEP_CONTACT: return say(w, WORD_ask_contact);
	case STEP_CHECK: break;
	}
	return say(w, WORD_ask_check);
}
