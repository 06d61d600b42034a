/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/check_answers.h"

#include "desk/promises.h"
#include "rule/reference.h"
#include "store/ticket.h"
#include "views.h"
#include "web/asking.h"
#include "web/fieldwords.h"
#include "web/frame.h"
#include "web/problemlist.h"
#include "web/resident/check_answers_view.h"
#include "web/resident/service_page.h"
#include "web/say.h"
#include "web/sending.h"

#include <string.h>

enum { RELATED = 3 };

/* --- the summary -------------------------------------------------------------------- */

static const struct step *
step_of(const struct asking *a, const struct field *f)
{
	const struct step *more = NULL;

	for (int i = 0; i < a->step_count; i++) {
		if (a->steps[i].field == f)
			return &a->steps[i];
		if (a->steps[i].kind == STEP_MORE)
			more = &a->steps[i];
	}
	return more;
}

static const char *
answer_of(struct work *w, const struct asking *a, const struct field *f)
{
	struct fieldtyped t = asking_answer(w, a, f);
	const char *all = NULL;

	for (int i = 0; i < t.count; i++) {
		const char *one = fieldwords_answer(w->arena, w->words, f, t.values[i]);

		all = all ? arena_printf(w->arena, "%s\n%s", all, one) : one;
	}
	return all ? all : say(w, WORD_check_nothing);
}

static struct part_summary
answers(struct work *w, const struct asking *a)
{
	struct part_row *at = arena_array(w->arena, (size_t)a->form.count, sizeof *at);
	struct part_summary all = {.at = at};

	for (int i = 0; i < a->form.count; i++) {
		const struct field *f = &a->form.fields[i];
		struct fieldwords words = fieldwords_of(
			w->arena, w->words, a->service.code, f);

		if (f->type == FIELD_DECL)
			continue;
		at[all.count++] = (struct part_row){
			.key = words.label,
			.value = answer_of(w, a, f),
			.href = asking_address(w->arena, a, step_of(a, f), true),
			.hidden = fieldwords_inside(w->arena, words.label),
		};
	}
	return all;
}

static struct part_row
contact_row(struct work *w, const char *href, enum word key, const char *value)
{
	return (struct part_row){
		.key = say(w, key),
		.value = *value ? value : say(w, WORD_check_nothing),
		.href = href,
		.hidden = fieldwords_inside(w->arena, say(w, key)),
	};
}

static struct part_summary
contact(struct work *w, const struct asking *a)
{
	struct part_row *at = arena_array(w->arena, 3, sizeof *at);
	struct asking_contact c = asking_contact_of(w, a);
	const char *href = asking_address(
		w->arena, a, &a->steps[a->step_count - 2], true);

	at[0] = contact_row(w, href, WORD_ask_name, c.name);
	at[1] = contact_row(w, href, WORD_ask_email, c.email);
	at[2] = contact_row(w, href, WORD_check_phone, c.phone);
	return (struct part_summary){.at = at, .count = 3};
}

static struct field_blocks
declarations(struct work *w, const struct asking *a)
{
	struct field_blocks all = {
		.at = arena_array(w->arena, (size_t)a->form.count, sizeof *all.at),
	};

	for (int i = 0; i < a->form.count; i++) {
		struct fieldblock b = {
			.service = a->service.code,
			.field = &a->form.fields[i],
			.typed = &a->draft.answers,
		};

		if (b.field->type == FIELD_DECL)
			all.at[all.count++] = fieldblock_of(w, &b);
	}
	return all;
}

static enum outcome
show(struct work *w, const struct request *q, const struct asking *a, struct reply *r)
{
	struct check_view v = {
		.service = a->service.name,
		.action = arena_printf(w->arena, "/services/%s/check", a->service.code),
		.problems = problemlist_of(w),
		.answers = answers(w, a),
		.contact = contact(w, a),
		.declarations = declarations(w, a),
		.go.text = say(w, WORD_check_send),
	};

	frame_page(w, q, &v.page, WORD_NONE, SECTION_SERVICES);
	v.page.title_text = arena_printf(
		w->arena, "%s – %s", say(w, WORD_ask_check), a->service.name);
	v.page.back = asking_address(w->arena, a, &a->steps[a->step_count - 2], false);
	if (w->problems.count)
		r->status = 422;
	view_check(&r->body, w->words, &v);
	return DONE;
}

/* --- pages -------------------------------------------------------------------------- */

/* Leads elsewhere when there is nothing to check: not begun, sent already, or not yet
 * complete. True: the reply is made. */
static bool
led_away(struct work *w, const struct asking *a, struct reply *r)
{
	const struct step *open;

	if (!a->begun && a->draft.once && *a->draft.sent) {
		(void)!reply_see_other(
			r, "services/%s/sent/%s", a->service.code, a->draft.sent);
		return true;
	}
	if (!a->begun || asking_needs_account(w, a)) {
		(void)!reply_see_other(r, "services/%s", a->service.code);
		return true;
	}
	open = asking_next_open(w, a);
	if (open->kind == STEP_CHECK)
		return false;
	(void)!reply_return_to(r,
		asking_address(w->arena, a, open, open->kind != STEP_CONTACT),
		"/services");
	return true;
}

enum outcome
check_answers_show(struct work *w, const struct request *q, struct reply *r)
{
	struct asking a;
	enum outcome end = asking_open(w, q, ASKING_TO_READ, &a);

	if (end != DONE || led_away(w, &a, r))
		return end;
	return show(w, q, &a, r);
}

static enum outcome
take_declarations(struct work *w, const struct request *q, struct asking *a)
{
	enum outcome end = DONE;

	for (int i = 0; i < a->form.count; i++) {
		const struct field *f = &a->form.fields[i];

		if (f->type != FIELD_DECL)
			continue;
		fieldtyped_take(w->arena, f, &q->form, &a->draft.answers);
		if (asking_check(w, a, f) != DONE)
			end = INVALID;
	}
	return end;
}

enum outcome
check_answers_send(struct work *w, const struct request *q, struct reply *r)
{
	struct asking a;
	struct receipt got;
	enum outcome end = asking_open(w, q, ASKING_TO_WRITE, &a);

	if (end != DONE || led_away(w, &a, r))
		return end;
	if (take_declarations(w, q, &a) != DONE) {
		draft_save(w, &a.draft);
		return show(w, q, &a, r);
	}
	end = sending_send(w, &a, &got);
	if (end == INVALID)
		return show(w, q, &a, r);
	if (end != DONE)
		return end;
	return reply_see_other(r, "services/%s/sent/%s", a.service.code, got.reference);
}

/* The next ones of the same category, round about. */
static struct page_links
related(struct work *w, const struct service *s)
{
	struct page_link *at = arena_array(w->arena, RELATED, sizeof *at);
	struct page_links links = {at, 0};
	struct service_list all;
	int here = 0;

	service_list(w, s->org, &all);
	while (here < all.count && strcmp(all.at[here].code, s->code) != 0)
		here++;
	for (int i = 1; i < all.count && links.count < RELATED; i++) {
		const struct service *other = &all.at[(here + i) % all.count];

		if (strcmp(other->category, s->category) == 0)
			at[links.count++] = service_page_link(
				w, other->code, other->name);
	}
	return links;
}

/* Following it needs an address to send the code to. */
static bool
can_be_written_to(struct work *w, const struct ticket *t)
{
	struct scope all = access_house(t->org);
	struct person p;

	return t->customer && person_get(w, &all, t->customer, &p) == DONE && *p.email;
}

enum outcome
check_answers_sent(struct work *w, const struct request *q, struct reply *r)
{
	struct scope all = access_house(w->actor->org);
	const char *reference = path_part(q, "ref");
	char normal[REFERENCE_ROOM];
	struct asking a;
	struct ticket t;
	struct sent_view v;
	enum outcome end = asking_open(w, q, ASKING_TO_READ, &a);

	if (end != DONE)
		return end;
	if (reference_read(reference, normal) != REFERENCE_READ)
		return MISSING;
	/* Only who sent it: the draft of this session says so. */
	if (!a.draft.sent || strcmp(a.draft.sent, normal) != 0 ||
		ticket_find(w, &all, normal, &t) != DONE)
		return reply_see_other(r, "track/%s", normal);
	v = (struct sent_view){
		.service = a.service.name,
		.reference = t.reference,
		.team = t.team_name,
		.due = promises_due_date(w, &t, w->words),
		.track = can_be_written_to(w, &t)
				 ? arena_printf(w->arena, "/track/%s", t.reference)
				 : NULL,
		.related = related(w, &a.service),
	};
	frame_page(w, q, &v.page, WORD_NONE, SECTION_SERVICES);
	v.page.title_text = arena_printf(
		w->arena, "%s – %s", say(w, WORD_sent_title), a.service.name);
	view_sent(&r->body, w->words, &v);
	return DONE;
}
