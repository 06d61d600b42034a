/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/new_contact.h"

#include "desk/recognise.h"
#include "rule/typed.h"
#include "store/secret.h"
#include "views.h"
#include "web/fieldwords.h"
#include "web/frame.h"
#include "web/problemlist.h"
#include "web/say.h"
#include "web/sending.h"
#include "web/sentfiles.h"
#include "web/staff/new_contact_view.h"
#include "web/staff/staff_words.h"
#include "web/staff/ticket_page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The customer that the address or the form names, if they may be looked up. */
static struct person
chosen_person(struct work *w, const char *id)
{
	struct scope look = access_people(w->actor, w->actor->org);
	struct person p = {.id = 0};

	if (!*id || !look.all || person_get(w, &look, strtoll(id, NULL, 10), &p) != DONE)
		p.id = 0;
	return p;
}

static const char *
person_text(struct work *w, const struct person *p)
{
	return p->id ? arena_printf(w->arena, "%" PRId64, p->id) : "";
}

/* --- choosing the service ----------------------------------------------------------- */

static bool
holds(const char *text, const char *words)
{
	return strcasestr(text, words) != NULL;
}

static struct new_services
services(struct work *w, const char *find, const char *person)
{
	struct service_list all;
	struct new_services found;
	struct new_service *at;
	const char *category = "";

	service_list(w, w->actor->org, &all);
	at = arena_array(w->arena, (size_t)all.count, sizeof *at);
	found = (struct new_services){at, 0};
	for (int i = 0; i < all.count; i++) {
		const struct service *s = &all.at[i];

		if (!holds(s->name, find) && !holds(s->category, find) &&
			!holds(s->code, find))
			continue;
		at[found.count++] = (struct new_service){
			.category = strcmp(s->category, category) == 0 ? NULL
								       : s->category,
			.name = s->name,
			.code = s->code,
			.href = arena_printf(w->arena, "/staff/new?service=%s%s%s",
				s->code, *person ? "&person=" : "", person),
		};
		category = s->category;
	}
	return found;
}

static enum outcome
show_choice(struct work *w, const struct request *q, struct reply *r)
{
	struct person p = chosen_person(w, query_text(q, "person"));
	struct new_choice_view v = {
		.find = query_text(q, "find"),
		.person = person_text(w, &p),
		.person_name = p.id ? p.name : NULL,
		.logged = query_text(q, "logged"),
	};

	frame_page(w, q, &v.page, WORD_new_title, SECTION_NEW);
	v.services = services(w, v.find, v.person);
	view_new_choice(&r->body, w->words, &v);
	return DONE;
}

/* --- the form ----------------------------------------------------------------------- */

static const enum channel channels[] = {
	CHANNEL_CALL, CHANNEL_VISIT, CHANNEL_LETTER, CHANNEL_EMAIL};
enum { CHANNELS = sizeof channels / sizeof *channels };

static struct part_input
channel_input(struct work *w, const char *typed)
{
	struct part_choice *at = arena_array(w->arena, CHANNELS, sizeof *at);

	for (int i = 0; i < CHANNELS; i++)
		at[i] = (struct part_choice){
			.value = contact_channel_name(channels[i]),
			.label = say(w, staff_words_channel(channels[i])),
			.chosen = strcmp(contact_channel_name(channels[i]), typed) == 0,
		};
	return (struct part_input){
		.kind = PART_RADIOS,
		.id = "contact-channel",
		.label = say(w, WORD_new_channel),
		.label_class = "govuk-fieldset__legend--s",
		.error = frame_problem(w, "contact-channel"),
		.choices = {at, CHANNELS},
		.inline_choices = true,
		.small = true,
	};
}

static struct part_input
text_input(struct work *w, const struct asking *a, const char *id, enum word label)
{
	const char *typed = pairs_get(&a->draft.answers, id);

	return (struct part_input){
		.kind = PART_TEXT,
		.id = id,
		.label = say(w, label),
		.value = typed ? typed : "",
		.error = frame_problem(w, id),
		.no_spelling = true,
		.autocomplete = "off",
	};
}

/* How much it affects, how urgent it is: the table of priorities decides by both. */
static struct part_input
level_input(struct work *w, const struct asking *a, const char *id, enum word label)
{
	static const enum word levels[] = {WORD_new_level_none, WORD_tables_level_1,
		WORD_tables_level_2, WORD_tables_level_3, WORD_tables_level_4};
	enum { LEVELS = sizeof levels / sizeof *levels };
	struct part_choice *at = arena_array(w->arena, LEVELS, sizeof *at);
	struct part_input in = text_input(w, a, id, label);

	for (int i = 0; i < LEVELS; i++) {
		at[i].value = i ? arena_printf(w->arena, "%d", i) : "";
		at[i].label = say(w, levels[i]);
		at[i].chosen = strcmp(at[i].value, in.value) == 0;
	}
	in.kind = PART_SELECT;
	in.choices = (struct part_choices){at, LEVELS};
	return in;
}

static bool
asks_for_words(const struct asking *a)
{
	for (int i = 0; i < a->form.count; i++)
		if (a->form.fields[i].type == FIELD_LONG)
			return true;
	return false;
}

static void
fill_contact(struct work *w, const struct asking *a, struct new_contact_view *v)
{
	struct part_input *words = arena_alloc(w->arena, sizeof *words);
	const char *channel = pairs_get(&a->draft.answers, "contact-channel");

	v->channel = channel_input(w, channel ? channel : "call");
	v->name = text_input(w, a, "contact-name", WORD_new_name);
	v->email = text_input(w, a, "contact-email", WORD_new_email);
	v->email.type = "email";
	v->phone = text_input(w, a, "contact-phone", WORD_new_phone);
	v->phone.type = "tel";
	*words = text_input(w, a, "contact-words", WORD_new_words);
	words->kind = PART_AREA;
	words->no_spelling = false;
	words->autocomplete = NULL;
	v->words = (struct part_inputs){words, !asks_for_words(a)};
}

static void
fill_fields(struct work *w, const struct asking *a, struct new_contact_view *v)
{
	static const struct draft_file_list no_files = {.count = 0};

	v->blocks.at = arena_array(w->arena, (size_t)a->form.count, sizeof *v->blocks.at);
	for (int i = 0; i < a->form.count; i++) {
		struct fieldblock b = {
			.service = a->service.code,
			.field = &a->form.fields[i],
			.typed = &a->draft.answers,
			.files = &no_files,
		};

		v->blocks.at[v->blocks.count++] = fieldblock_of(w, &b);
	}
}

static enum outcome
show_form(struct work *w, const struct request *q, const struct asking *a,
	const char *once, struct reply *r)
{
	const char *person = person_text(w, &a->person);
	struct new_contact_view v = {
		.problems = problemlist_of(w),
		.service = a->service.name,
		.code = a->service.code,
		.emergency = a->service.emergency,
		.note = a->service.note,
		.person = person,
		.once = once,
		.other = *person ? arena_printf(w->arena, "/staff/new?person=%s", person)
				 : "/staff/new",
	};

	frame_page(w, q, &v.page, WORD_new_title, SECTION_NEW);
	v.page.title_text = a->service.name;
	if (a->person.id) {
		v.person_name = a->person.name;
		v.person_href = arena_printf(w->arena, "/staff/people/%s", person);
	}
	fill_contact(w, a, &v);
	fill_fields(w, a, &v);
	v.impact = level_input(w, a, "contact-impact", WORD_new_impact);
	v.urgency = level_input(w, a, "contact-urgency", WORD_new_urgency);
	view_new_contact(&r->body, w->words, &v);
	return DONE;
}

enum outcome
new_contact_show(struct work *w, const struct request *q, struct reply *r)
{
	struct asking a;

	if (!access_may(w->actor, w->actor->org, RIGHT_CREATE))
		return DENIED;
	if (!*query_text(q, "service"))
		return show_choice(w, q, r);
	if (asking_form(w, w->actor->org, query_text(q, "service"), &a) != DONE)
		return MISSING;
	a.person = chosen_person(w, query_text(q, "person"));
	return show_form(w, q, &a, secret_token(w->arena), r);
}

/* --- sending ------------------------------------------------------------------------ */

enum outcome
new_contact_prepare(struct work *w, struct request *q, struct reply *r)
{
	struct sentfiles *sent = arena_alloc(w->arena, sizeof *sent);

	(void)r;
	*sent = sentfiles_read(w, q);
	w->prepared = sent;
	return DONE;
}

/* The files that came, as if they were those of a draft. */
static void
take_files(struct work *w, struct asking *a)
{
	const struct sentfiles *sent = w->prepared;
	int most = sent ? sent->count : 0;

	a->files.at = arena_array(w->arena, (size_t)most, sizeof *a->files.at);
	a->files.field = arena_array(w->arena, (size_t)most, sizeof *a->files.field);
	for (int i = 0; i < most; i++) {
		if (sent->at[i].problem) {
			(void)!work_problem_detail(w, sent->at[i].field,
				sent->at[i].problem, sent->at[i].file.filename);
			continue;
		}
		a->files.at[a->files.count] = sent->at[i].file;
		a->files.field[a->files.count++] = sent->at[i].field;
	}
}

static void
take(struct work *w, const struct request *q, struct asking *a)
{
	static const char *const inputs[] = {"contact-channel", "contact-name",
		"contact-email", "contact-phone", "contact-words", "contact-impact",
		"contact-urgency"};

	for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
		fieldtyped_put(
			w->arena, &a->draft.answers, inputs[i], form_text(q, inputs[i]));
	fieldtyped_put(w->arena, &a->draft.answers, "contact-asked", "1");
	for (int i = 0; i < a->form.count; i++)
		fieldtyped_take(
			w->arena, &a->form.fields[i], &q->form, &a->draft.answers);
	take_files(w, a);
}

static enum channel
channel_of(const struct request *q)
{
	enum channel c = contact_channel_named(form_text(q, "contact-channel"));

	for (int i = 0; i < CHANNELS; i++)
		if (channels[i] == c)
			return c;
	return CHANNEL_COUNT;
}

/* Who rings may have no e-mail address; a name there must be unless the service is asked
 * for without one. */
static enum outcome
check(struct work *w, const struct request *q, const struct asking *a)
{
	const char *email = form_text(q, "contact-email");
	const char *phone = form_text(q, "contact-phone");

	if (channel_of(q) == CHANNEL_COUNT)
		(void)!work_problem(w, "contact-channel", "problem.new.channel");
	if (!a->person.id && !*form_text(q, "contact-name") &&
		!asking_may_be_anonymous(a))
		(void)!work_problem(w, "contact-name", "problem.new.name");
	if (*email && !recognise_email(w->arena, email))
		(void)!work_problem(w, "contact-email", "problem.email");
	if (*phone && !recognise_phone(w->arena, phone))
		(void)!work_problem(w, "contact-phone", "problem.phone");
	if (typed_length(form_text(q, "contact-words")) > ANSWER_LONG)
		(void)!work_problem(w, "contact-words", "problem.words.long");
	for (int i = 0; i < a->form.count; i++)
		(void)!asking_check(w, a, &a->form.fields[i]);
	return w->problems.count ? INVALID : DONE;
}

static enum outcome
send(struct work *w, const struct request *q, const struct asking *a, struct receipt *got)
{
	struct contact c = sending_contact(w, a);

	c.channel = channel_of(q);
	c.key = form_text(q, "once");
	c.person = a->person.id;
	c.taken_by = w->actor->name;
	c.impact = form_int(q, "contact-impact");
	c.urgency = form_int(q, "contact-urgency");
	c.files = a->files.at;
	c.file_count = a->files.count;
	if (!asks_for_words(a))
		c.words = typed_lines(w->arena, form_text(q, "contact-words"));
	return intake(w, &c, got);
}

static enum outcome
show_sent(struct work *w, const struct receipt *got, struct reply *r)
{
	struct ticket t;

	if (ticket_page_find(w, got->reference, &t) == DONE)
		return reply_see_other(r, "/staff/tickets/%s?done=new", got->reference);
	return reply_see_other(r, "/staff/new?logged=%s", got->reference);
}

enum outcome
new_contact_send(struct work *w, const struct request *q, struct reply *r)
{
	struct receipt got;
	struct asking a;
	enum outcome end;

	if (!access_may(w->actor, w->actor->org, RIGHT_CREATE))
		return DENIED;
	if (asking_form(w, w->actor->org, form_text(q, "service"), &a) != DONE)
		return MISSING;
	a.person = chosen_person(w, form_text(q, "person"));
	take(w, q, &a);
	end = check(w, q, &a);
	if (end == DONE)
		end = send(w, q, &a, &got);
	if (end == DONE)
		return show_sent(w, &got, r);
	if (end == CONFLICT) { /* sent before, and changed since */
		(void)!work_problem(w, "contact-channel", "problem.new.again");
		r->status = 409;
		return show_form(w, q, &a, secret_token(w->arena), r);
	}
	if (end != INVALID)
		return end;
	r->status = 422;
	return show_form(w, q, &a, form_text(q, "once"), r);
}
